/** Which columns have no room beside the screen: a small window, a cell, or a page seen twice as large. */
import { signal } from "@preact/signals";

import type { Desk } from "../state/desk";

export const width = signal(Infinity);

/** Under these widths a column opens over the screen: the list of notes is not looked at while coding, it gives way first. */
const ROOM = { notes: 1120, codes: 860 };

export type ColumnName = keyof typeof ROOM;

export const isOver = (name: ColumnName): boolean => width.value < ROOM[name];

/** Whether a column is folded; where room is short, it opens over the screen and starts folded. */
export const folding = (desk: Desk, name: ColumnName) =>
  isOver(name) ? desk.kept(`folded.narrow.${name}`, true) : desk.kept(`folded.${name}`, false);

/** Fold the columns that are open over the screen, but one. */
export function uncover(desk: Desk, but?: ColumnName): void {
  for (const name of ["notes", "codes"] as const) if (isOver(name) && name !== but) folding(desk, name).value = true;
}

/** Open a column; of two that lie over the screen, one alone is open, or nothing is left to read. */
export function unfold(desk: Desk, name: ColumnName): void {
  uncover(desk, name);
  folding(desk, name).value = false;
}

export function toggle(desk: Desk, name: ColumnName): void {
  if (folding(desk, name).peek()) unfold(desk, name);
  else folding(desk, name).value = true;
}
