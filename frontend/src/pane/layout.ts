/** What the page is made of: the parts of a note, and whatever is written between them, as blocks. */
import type { Offsets } from "../text/offsets";
import type { Part } from "../wire/note";

/** All offsets of the pane count UTF-16 units, those of the browser: `Offsets` converts at its border. */
export interface Block {
  kind: "heading" | "paragraph" | "list_item" | "cell" | "footnote" | "between";
  /** All that is shown: what opens or closes its line (« # », « 1. », « | ») included. */
  start: number;
  end: number;
  /** The part itself. */
  from: number;
  to: number;
  level: number;
  /** A line of the head of the note, such as « Visite : V03 ». */
  field: boolean;
  /** Where the label of a speaker ends, when one starts the block; else -1. */
  labelled: number;
  speaking: boolean;
  /** Who says it, in a turn. */
  speaker: string;
  /** Seconds at which it starts to be said. */
  begins: number | null;
  /** Whether it starts a line: false for a cell after another of its row. */
  opens: boolean;
  table: string;
  column: number;
}

const BLOCKS: ReadonlySet<string> = new Set(["heading", "paragraph", "list_item", "cell", "footnote"]);
const WRITTEN = /\S/;

/** Return the blocks of a note, in order; everything written in its text is in one of them, once. */
export function blocksOf(parts: readonly Part[], offsets: Offsets): Block[] {
  const { text } = offsets;
  const blocks: Block[] = [];
  let at = 0;
  for (const part of parts) {
    if (!BLOCKS.has(part.kind)) continue;
    const from = offsets.unit(part.start);
    const to = offsets.unit(part.end);
    if (from < at || (from === to && part.kind !== "cell")) continue;
    const opens = between(text, at, from, blocks);
    const block = blockOf(part, from, to);
    block.opens = opens.newLine || blocks.length === 0;
    block.start = opens.start;
    blocks.push(block);
    at = to;
  }
  between(text, at, text.length, blocks, true);
  lay(parts, offsets, blocks);
  return blocks;
}

function blockOf(part: Part, from: number, to: number): Block {
  const place = /^table (\d+).*column (\d+)/.exec(part.place ?? "");
  return {
    kind: part.kind as Block["kind"],
    ...{ start: from, end: to, from, to },
    ...{ level: part.level ?? 0, field: false, labelled: -1, speaking: false, speaker: "", begins: null, opens: true },
    table: place?.[1] ?? "",
    column: place === null ? 0 : Number(place[2]),
  };
}

/** Give what is written between two parts to the lines it stands on; lines of their own are blocks. */
function between(
  text: string, at: number, next: number, blocks: Block[], last = false,
): { start: number; newLine: boolean } {
  const gap = text.slice(at, next);
  const first = gap.indexOf("\n");
  if (first < 0 && !last) return { start: at + firstWritten(gap), newLine: false };
  const tail = first < 0 ? gap : gap.slice(0, first);
  const before = blocks.at(-1);
  if (WRITTEN.test(tail) && before !== undefined) before.end = at + tail.trimEnd().length;
  else if (WRITTEN.test(tail)) blocks.push(line(at, tail));
  let start = at + tail.length + 1;
  const lines = first < 0 ? [] : gap.slice(first + 1).split("\n");
  const head = last ? "" : (lines.pop() ?? "");
  for (const words of lines) {
    if (WRITTEN.test(words)) blocks.push(line(start, words));
    start += words.length + 1;
  }
  return { start: next - head.length + firstWritten(head), newLine: true };
}

function firstWritten(words: string): number {
  const found = words.search(WRITTEN);
  return found < 0 ? words.length : found;
}

function line(at: number, words: string): Block {
  const start = at + firstWritten(words);
  const end = at + words.trimEnd().length;
  return { ...blockOf({ kind: "paragraph", start, end }, start, end), kind: "between" };
}

/** Lay over blocks what lies over them: fields of the head, turns with their labels, cues. */
function lay(parts: readonly Part[], offsets: Offsets, blocks: readonly Block[]): void {
  for (const part of parts) {
    if (part.kind !== "turn" && part.kind !== "header_field" && part.kind !== "cue") continue;
    const start = offsets.unit(part.start);
    const end = offsets.unit(part.end);
    const speech = part.kind === "turn" && (part.speech_start ?? -1) >= 0 ? offsets.unit(part.speech_start!) : -1;
    for (let i = blockFrom(blocks, start); i < blocks.length && blocks[i]!.from < end; i++) {
      const block = blocks[i]!;
      if (part.kind === "header_field") block.field = true;
      if (part.kind === "turn") [block.speaking, block.speaker] = [true, part.speaker ?? ""];
      if (speech > block.from) block.labelled = Math.min(speech, block.to);
      if (block.begins === null && part.begins !== undefined && start >= block.start) block.begins = part.begins;
      if (part.kind === "cue") break;
    }
  }
}

/** Return the rank of the first block that ends after an offset (their number if none does). */
export function blockFrom(blocks: readonly { end: number }[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Blocks that are set together: the rows of a table, the items of a list, or one block alone. */
export interface Group {
  first: number;
  last: number;
  as: "table" | "list" | "alone";
}

/** Return the blocks as they are set. */
export function groupsOf(blocks: readonly Block[]): Group[] {
  const groups: Group[] = [];
  blocks.forEach((block, rank) => {
    const as = block.kind === "cell" ? "table" : block.kind === "list_item" ? "list" : "alone";
    const before = groups.at(-1);
    const same = as !== "alone" && before?.as === as && blocks[before.last]!.table === block.table;
    if (same) before.last = rank;
    else if (as === "table" && ruled(blocks, groups, block)) {
      groups.splice(-2, 2, { first: groups.at(-2)!.first, last: rank, as });
    } else groups.push({ first: rank, last: rank, as });
  });
  return groups;
}

/** Whether a cell goes on with the table above the rule (« |---|---| ») that precedes it. */
function ruled(blocks: readonly Block[], groups: readonly Group[], block: Block): boolean {
  const [table, rule] = [groups.at(-2), groups.at(-1)];
  if (table?.as !== "table" || rule?.as !== "alone") return false;
  return blocks[rule.first]!.kind === "between" && blocks[table.last]!.table === block.table;
}

/** Groups built at once, and skipped by the browser as long as they are far: about two screens. */
export interface Sheet {
  groups: readonly Group[];
  start: number;
  end: number;
  /** Lines of text that it should take. */
  lines: number;
}

const LINE = 68;

/** Return the sheets of a note, together all its groups. */
export function sheetsOf(blocks: readonly Block[], tall = 45): Sheet[] {
  const sheets: Sheet[] = [];
  let groups: Group[] = [];
  let lines = 0;
  const close = (): void => {
    if (groups.length === 0) return;
    const [first, last] = [blocks[groups[0]!.first]!, blocks[groups.at(-1)!.last]!];
    sheets.push({ groups, start: first.start, end: last.end, lines });
    [groups, lines] = [[], 0];
  };
  for (const group of groupsOf(blocks)) {
    groups.push(group);
    for (const block of blocks.slice(group.first, group.last + 1)) {
      lines += (Math.ceil((block.end - block.start) / LINE) || 1) + (block.field ? 0 : 0.5);
    }
    if (lines >= tall) close();
  }
  close();
  return sheets;
}
