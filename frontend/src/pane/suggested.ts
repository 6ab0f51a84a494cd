/** The suggestions that wait, in the order of the text. */
import type { Pane } from "./pane";
import { inOrder, type Span } from "./spans";

export const suggested = (pane: Pane): readonly Span[] =>
  pane.standing.all.filter((span) => span.of === "suggestion");

/** The suggestion after one, or the first one when it is the last. */
export function suggestedAfter(pane: Pane, span: Span): Span | undefined {
  const others = suggested(pane).filter((one) => one !== span);
  return others.find((one) => inOrder(one, span) > 0) ?? others[0];
}

/** Point at the suggestion after (or before) what is pointed at, or after the keyboard. */
export function goToSuggested(pane: Pane, way: 1 | -1): void {
  const all = suggested(pane);
  const known = all.findIndex((span) => span.subject === pane.desk.pointed.peek()?.subject);
  const from = pane.here;
  const beyond = way > 0 ? all.find((span) => span.start >= from) : all.findLast((span) => span.start < from);
  const next = known >= 0 ? all[known + way] : (beyond ?? all.at(way > 0 ? 0 : -1));
  if (next !== undefined) pane.go(next);
}
