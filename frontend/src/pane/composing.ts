/** How blocks are set: headings, paragraphs, lists, tables, the times at which they are said. */
import { clock } from "../audio/clock";
import { _, fill } from "../words";
import type { Block, Group } from "./layout";

export interface Said {
  text: string;
  blocks: readonly Block[];
  /** Play what is said at a time, when there is a recording. */
  play: ((seconds: number) => void) | null;
}

/** Make the words of a block and the place of its chips, in this order. */
type Words = (tag: string, rank: number) => readonly [words: HTMLElement, marks: HTMLElement];

const HEADINGS = ["h2", "h2", "h3", "h4", "h5", "h6"] as const;

/** Return a group of blocks as it is set. */
export function composed(group: Group, said: Said, words: Words): Node {
  if (group.as === "table") return tableOf(group, said, words);
  return group.as === "list" ? listOf(group, said, words) : alone(said.blocks[group.first]!, group.first, said, words);
}

/** Whether the time at which a block is said stands beside it: not when its own words say it, unless it can be played. */
export function isTimed(block: Block, { text, play }: Said): boolean {
  if (block.begins === null || block.field) return false;
  if (play !== null || block.labelled < 0) return true;
  return !/\d[ \u00a0]?:[ \u00a0]?\d\d/.test(text.slice(block.start, block.labelled));
}

export function make(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  if (element instanceof HTMLButtonElement) element.type = "button";
  return element;
}

function listOf({ first, last }: Group, { blocks }: Said, words: Words): Node {
  const list = make("div", "pane-list");
  list.setAttribute("role", "list");
  for (let rank = first; rank <= last; rank++) {
    const block = blocks[rank]!;
    const item = make("div", "pane-item");
    item.setAttribute("role", "listitem");
    item.dataset["level"] = String(Math.min(Math.max(block.level, 1), 6));
    if (block.start < block.from) item.dataset["mark"] = String(block.from - block.start);
    item.append(...words("p", rank));
    list.append(item);
  }
  return list;
}

function alone(block: Block, rank: number, said: Said, words: Words): Node {
  const tag = block.kind === "heading" ? (HEADINGS[block.level] ?? "h6") : "p";
  const parts = words(tag, rank);
  parts[0].classList.add(block.field ? "field" : block.speaking ? "turn" : block.kind);
  if (block.labelled >= 0) parts[0].classList.add("opens");
  if (block.labelled >= block.end) parts[0].classList.add("only");
  const fragment = document.createDocumentFragment();
  if (isTimed(block, said)) fragment.append(timeOf(block.begins!, said.play));
  fragment.append(...parts);
  return fragment;
}

function timeOf(seconds: number, play: Said["play"]): HTMLElement {
  const time = make(play === null ? "span" : "button", "pane-time");
  const said = clock(seconds);
  time.dataset["time"] = said;
  time.setAttribute("aria-label", fill(play === null ? _("At {time}") : _("Listen from {time}"), { time: said }));
  if (play === null) time.setAttribute("role", "note");
  else time.addEventListener("click", () => play(seconds));
  return time;
}

function tableOf({ first, last }: Group, { blocks }: Said, words: Words): Node {
  const table = make("table", "pane-table");
  const body = table.appendChild(document.createElement("tbody"));
  const marks = make("div", "pane-table-marks");
  let row: HTMLTableRowElement | null = null;
  for (let rank = first; rank <= last; rank++) {
    const block = blocks[rank]!;
    if (row === null || block.opens || block.kind === "between") row = body.appendChild(document.createElement("tr"));
    const cell = row.appendChild(document.createElement("td"));
    if (block.kind === "between") cell.colSpan = 20;
    widen(cell, block.opens ? block.column - 1 : block.column - (blocks[rank - 1]?.column ?? 0) - 1);
    const [said, list] = words("div", rank);
    cell.append(said);
    marks.append(list);
  }
  const frame = document.createDocumentFragment();
  frame.append(table, marks);
  return frame;
}

/** Let the cell before take the columns that are skipped. */
function widen(cell: HTMLTableCellElement, skipped: number): void {
  const before = cell.previousElementSibling;
  if (skipped > 0 && before instanceof HTMLTableCellElement) before.colSpan = skipped + 1;
}
