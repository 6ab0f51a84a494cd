/** What one sees of a note, to be found again once it is read again. */
import { carried, type Offsets } from "../text/offsets";
import type { Pane } from "./pane";

/** Places are in code points of the text. */
export interface View {
  text: Offsets;
  /** What is at the top of what is seen, and how far under its edge. */
  first: number;
  below: number;
  keyboard: number;
}

const topOf = (pane: Pane): number => pane.scroller.getBoundingClientRect().top;

export function viewOf(pane: Pane): View {
  const { page, open: { offsets: text } } = pane;
  const top = topOf(pane);
  const seen = (one: Element): boolean => one.getBoundingClientRect().bottom > top;
  const words = [...(page.elements.find(seen)?.querySelectorAll(".pane-words") ?? [])].find(seen);
  const first = (words && page.offsetOf(words, 0)) ?? 0;
  return {
    text, first: text.point(first), below: (page.rectangle(first)?.top ?? top) - top, keyboard: text.point(pane.cursor.focus),
  };
}

/** Come back to what was seen, the text corrected since or not. */
export function resume(pane: Pane, { text, first, below, keyboard }: View): void {
  const { offsets } = pane.open;
  const now = (point: number): number => offsets.unit(carried({ start: point, end: point }, text, offsets)?.start ?? point);
  const place = (): void => {
    const top = pane.page.rectangle(now(first))?.top;
    if (top !== undefined) pane.scroller.scrollTop += top - topOf(pane) - below;
  };
  pane.cursor.put(now(keyboard));
  place();
  // Sheets above take their true height once they are seen.
  requestAnimationFrame(place);
}
