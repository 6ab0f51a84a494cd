/** Which pane a desk shows: commands look for it here. */
import type { Desk } from "../state/desk";
import type { Pane } from "./pane";

const PANES = new WeakMap<Desk, Pane>();

export function paneOf(desk: Desk): Pane | undefined {
  return PANES.get(desk);
}

export function hold(desk: Desk, pane: Pane | null): void {
  if (pane === null) PANES.delete(desk);
  else PANES.set(desk, pane);
}
