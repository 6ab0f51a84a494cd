/** Whether columns have no room beside the screen: a small window, or a page seen twice as large. */
import { signal } from "@preact/signals";

import type { Desk } from "../state/desk";

export const NARROW = 860;

export const narrow = signal(false);

/** Whether a column is folded; where room is short, it opens over the screen and starts folded. */
export const folding = (desk: Desk, name: string) =>
  narrow.value ? desk.kept(`folded.narrow.${name}`, true) : desk.kept(`folded.${name}`, false);
