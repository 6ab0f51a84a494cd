/** What is selected: the browser's own selection, mirrored in code points on the desk. */
import type { Desk, OpenNote } from "../state/desk";
import type { Highlights } from "./highlights";
import type { Page } from "./page";
import type { Steps, Stretch } from "./steps";

/** Keeps the selection of the page and that of the desk the same. */
export class Selecting {
  /** Whether a button of the mouse is down on the text: nothing is drawn again meanwhile. */
  pressed = false;
  /** Whether the page was drawn again under the browser's selection, which says nothing until shown again. */
  stale = false;

  constructor(
    readonly desk: Desk,
    readonly open: OpenNote,
    readonly page: Page,
    readonly steps: Steps,
    readonly highlights: Highlights,
    readonly whole: () => boolean,
  ) {}

  /** The selection of the desk, in UTF-16 units. */
  get units(): Stretch | null {
    const selected = this.desk.selection.peek();
    if (selected === null) return null;
    return [this.open.offsets.unit(selected.start), this.open.offsets.unit(selected.end)];
  }

  /** Select a stretch (UTF-16 units), or nothing. */
  select(stretch: Stretch | null): void {
    const before = this.units;
    if (before?.[0] !== stretch?.[0] || before?.[1] !== stretch?.[1]) {
      const point = (unit: number): number => this.open.offsets.point(unit);
      this.desk.selection.value = stretch && { start: point(stretch[0]), end: point(stretch[1]) };
    }
    this.show();
  }

  /** Take what the mouse has selected; return whether it selected anything. */
  settle(raw: boolean): boolean {
    const native = this.native();
    const clean = native && this.steps.clean(...native, this.whole() && !raw);
    this.select(clean);
    return clean !== null;
  }

  /** Follow a selection made by other means, such as a screen reader. */
  follow(): void {
    if (this.pressed || this.stale || !this.#focused()) return;
    const native = this.native();
    const clean = native && this.steps.clean(...native, false);
    const known = this.units;
    if (clean === null || (known?.[0] === clean[0] && known[1] === clean[1])) return;
    this.desk.selection.value = {
      start: this.open.offsets.point(clean[0]),
      end: this.open.offsets.point(clean[1]),
    };
  }

  /** Show the selection of the desk: natively when the text has focus, else as a highlight. */
  show(): void {
    if (this.pressed) return;
    this.stale = false;
    const units = this.units;
    const native = this.native();
    const focused = this.#focused();
    if (units === null) {
      if (native !== null) document.getSelection()?.removeAllRanges();
    } else if (focused && (native?.[0] !== units[0] || native[1] !== units[1] || this.#spills())) this.#set(units);
    const shown = units !== null && !focused && this.native() === null;
    this.highlights.show("selected", shown ? [this.page.range(units[0], units[1])] : []);
  }

  /** The browser's selection in the text, in UTF-16 units; null when empty or elsewhere. */
  native(): Stretch | null {
    const selection = document.getSelection();
    if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.page.root)) return null;
    const start = this.#edge(range.startContainer, range.startOffset, 0);
    const end = this.#edge(range.endContainer, range.endOffset, this.steps.text.length);
    return start < end ? [start, end] : null;
  }

  /** Whether the browser's selection goes beyond the text: dragged over the end, it takes what is beside. */
  #spills(): boolean {
    const selection = document.getSelection();
    return [selection?.anchorNode, selection?.focusNode].some((node) => !this.page.root.contains(node ?? null));
  }

  #edge(node: Node, offset: number, otherwise: number): number {
    return this.page.offsetOf(node, offset) ?? otherwise;
  }

  #set([start, end]: Stretch): void {
    const [from, to] = [this.page.spot(start, true), this.page.spot(end)];
    if (from === null || to === null) return;
    document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  #focused(): boolean {
    const root = this.page.root.parentElement ?? this.page.root;
    return root.contains(document.activeElement);
  }
}
