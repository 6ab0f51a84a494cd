/** The page itself: blocks as elements, each text node of which is known to stand for a range of the text. */
import { composed, isTimed, make, type Said } from "./composing";
import { blockFrom, sheetsOf, type Sheet } from "./layout";
import { runsOf, type Run } from "./runs";
import type { Span } from "./spans";

/** Where something stands in the page: a text node and an offset in it, both in UTF-16 units. */
export interface Spot {
  node: Text;
  offset: number;
}

interface Set {
  words: HTMLElement;
  /** Where its chips go. */
  marks: HTMLElement;
  runs: Run[];
  nodes: Node[];
  key: readonly string[];
}

export interface Drawing extends Said {
  /** What stands on a block now. */
  spansOf: (rank: number) => readonly Span[];
  /** Draw the bars of one run. */
  ink: (element: HTMLElement, run: Run) => void;
  /** What tells two drawings of one run apart. */
  key: (run: Run) => string;
}

const LINE_HEIGHT = 34;

export class Page {
  readonly sheets: readonly Sheet[];
  readonly elements: readonly HTMLElement[];
  readonly #sets = new Map<number, Set>();
  readonly #starts = new WeakMap<Node, number>();
  readonly #runs = new WeakMap<Node, Run>();
  readonly #built = new Set<number>();
  /** One range for every measure: the browser keeps each of them up to date at every change of the page. */
  readonly #ruler = document.createRange();
  #speaker = "";

  constructor(readonly root: HTMLElement, readonly drawing: Drawing) {
    this.sheets = sheetsOf(drawing.blocks);
    this.elements = this.sheets.map((sheet) => {
      const element = make("div", "pane-sheet");
      element.style.containIntrinsicBlockSize = `auto ${Math.round(sheet.lines * LINE_HEIGHT)}px`;
      return element;
    });
    root.replaceChildren(...this.elements);
    root.classList.toggle("timed", drawing.blocks.some((block) => isTimed(block, drawing)));
  }

  /** Build a sheet if it is not yet built; return whether there was something to do. */
  build(rank: number): boolean {
    if (this.#built.has(rank) || this.sheets[rank] === undefined) return false;
    this.#built.add(rank);
    const parts = document.createDocumentFragment();
    for (const group of this.sheets[rank].groups) parts.append(composed(group, this.drawing, (tag, rank) => this.#words(tag, rank)));
    this.elements[rank]!.replaceChildren(parts);
    this.dim(this.#speaker);
    return true;
  }

  /** Build the next sheet that waits; return false when all stand. */
  buildOne(): boolean {
    return this.sheets.some((_sheet, rank) => this.build(rank));
  }

  sheetAt(offset: number): number {
    return Math.min(blockFrom(this.sheets, offset), this.sheets.length - 1);
  }

  sheetOf(block: number): number {
    return this.sheetAt(this.drawing.blocks[block]!.start);
  }

  isSheetBuilt(sheet: number): boolean {
    return this.#built.has(sheet);
  }

  /** Dim the turns of everyone else than a speaker; with none, dim nothing. */
  dim(speaker: string): void {
    if (speaker === "" && this.#speaker === "") return;
    this.#speaker = speaker;
    for (const [rank, { words }] of this.#sets) {
      const said = this.drawing.blocks[rank]!.speaker;
      words.classList.toggle("dimmed", speaker !== "" && said !== "" && said !== speaker);
    }
  }

  marks(block: number): HTMLElement | undefined {
    return this.#sets.get(block)?.marks;
  }

  /** Draw a block again: only the runs that changed; return whether some did. */
  redraw(rank: number): boolean {
    const set = this.#sets.get(rank);
    return set !== undefined && this.#draw(set, runsOf(this.drawing.blocks[rank]!, this.drawing.spansOf(rank)));
  }

  /** The run that an element of the page belongs to. */
  runAt(node: Node | null): Run | undefined {
    for (let at = node; at !== null && at !== this.root; at = at.parentNode) {
      const run = this.#runs.get(at);
      if (run !== undefined) return run;
    }
    return undefined;
  }

  /** Elements that show a stretch of the text, in the sheets that are built. */
  elementsOf(start: number, end: number): HTMLElement[] {
    const found: HTMLElement[] = [];
    for (let rank = blockFrom(this.drawing.blocks, start); rank < this.drawing.blocks.length; rank++) {
      if (this.drawing.blocks[rank]!.start >= end) break;
      const set = this.#sets.get(rank);
      set?.runs.forEach((run, i) => {
        const node = set.nodes[i];
        if (run.start < end && start < run.end && node instanceof HTMLElement) found.push(node);
      });
    }
    return found;
  }

  /** Return the offset of a place of the DOM, or null outside the text. */
  offsetOf(node: Node, offset: number): number | null {
    const start = this.#starts.get(node);
    if (start !== undefined) return start + offset;
    if (!this.root.contains(node)) return null;
    return this.#around(node, offset);
  }

  /** A place between nodes stands for the start of the words after it, or for the end of the last. */
  #around(node: Node, offset: number): number {
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
    const child = node.childNodes[offset];
    if (child === undefined) {
      walker.currentNode = lastWithin(node);
      if (walker.currentNode === node && node.firstChild === null) walker.nextNode();
    } else walker.currentNode = child;
    for (let at: Node | null = walker.currentNode; at !== null; at = walker.nextNode()) {
      const start = this.#starts.get(at);
      if (start === undefined) continue;
      const passed = child === undefined && node.contains(at);
      return passed ? start + (at as Text).length : start;
    }
    return this.drawing.text.length;
  }

  /** Return where an offset stands; between blocks, the end of the one before (`after`: the next). */
  spot(offset: number, after = false): Spot | null {
    const { blocks } = this.drawing;
    let rank = Math.min(blockFrom(blocks, offset), blocks.length - 1);
    if (rank < 0) return null;
    if (!after && rank > 0 && offset <= blocks[rank]!.start) {
      const before = blocks[rank - 1]!;
      if (offset <= before.end || offset < blocks[rank]!.start) rank--;
    }
    this.build(this.sheetOf(rank));
    const set = this.#sets.get(rank)!;
    const block = blocks[rank]!;
    const at = Math.max(block.start, Math.min(offset, block.end));
    const found = set.runs.findIndex((run) => (after ? at < run.end : at <= run.end));
    const run = found < 0 ? set.runs.length - 1 : found;
    const node = textOf(set.nodes[run]);
    return node === null ? null : { node, offset: at - set.runs[run]!.start };
  }

  /** Rectangle of the first line of what starts at an offset, in the coordinates of the window. */
  rectangle(offset: number): DOMRect | null {
    const spot = this.spot(offset, true);
    if (spot === null) return null;
    this.#ruler.setStart(spot.node, spot.offset);
    this.#ruler.setEnd(spot.node, Math.min(spot.offset + 1, spot.node.length));
    const box = this.#ruler.getClientRects()[0] ?? this.#ruler.getBoundingClientRect();
    this.#ruler.setStart(this.root, 0);
    this.#ruler.collapse(true);
    return box;
  }

  range(start: number, end: number): Range | null {
    const [from, to] = [this.spot(start, true), this.spot(end)];
    if (from === null || to === null) return null;
    const range = document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  #words(tag: string, rank: number): readonly [HTMLElement, HTMLElement] {
    const set: Set = { words: make(tag, "pane-words"), marks: make("div", "pane-marks"), runs: [], nodes: [], key: [] };
    this.#sets.set(rank, set);
    this.#draw(set, runsOf(this.drawing.blocks[rank]!, this.drawing.spansOf(rank)));
    return [set.words, set.marks];
  }

  /** Replace what changed between the runs at the start and those at the end that are the same. */
  #draw(set: Set, runs: Run[]): boolean {
    const key = runs.map(this.drawing.key);
    let head = 0;
    while (head < key.length && head < set.key.length && key[head] === set.key[head]) head++;
    let tail = 0;
    const most = Math.min(key.length, set.key.length) - head;
    while (tail < most && key.at(-1 - tail) === set.key.at(-1 - tail)) tail++;
    const fresh = runs.slice(head, runs.length - tail).map((run) => this.#run(run));
    const stale = set.nodes.slice(head, set.nodes.length - tail);
    const next = set.nodes[set.nodes.length - tail] ?? null;
    for (const node of stale) set.words.removeChild(node);
    for (const node of fresh) set.words.insertBefore(node, next);
    set.nodes.splice(head, stale.length, ...fresh);
    set.nodes.forEach((node, i) => this.#runs.set(node, runs[i]!));
    set.runs = runs;
    set.key = key;
    return fresh.length > 0 || stale.length > 0;
  }

  #run(run: Run): Node {
    const text = document.createTextNode(this.drawing.text.slice(run.start, run.end));
    this.#starts.set(text, run.start);
    if (run.spans.length === 0 && run.setting === "text") return text;
    const element = make("span", `pane-run ${run.setting}`);
    element.append(text);
    if (run.spans.length > 0) this.drawing.ink(element, run);
    return element;
  }
}

function textOf(node: Node | undefined): Text | null {
  const text = node instanceof Text ? node : node?.firstChild;
  return text instanceof Text ? text : null;
}

function lastWithin(node: Node): Node {
  let at = node;
  while (at.lastChild !== null) at = at.lastChild;
  return at;
}

/** Return where the window's point falls in the DOM. */
export function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return { node: caret.offsetNode, offset: caret.offset };
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
