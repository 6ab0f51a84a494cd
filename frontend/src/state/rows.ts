/** The list of notes, read again. */
import type { NoteRow } from "../wire/note";

/** Return the rows of now: those that say the same keep their identity, and are not drawn again. */
export function renewed(before: readonly NoteRow[], now: readonly NoteRow[]): readonly NoteRow[] {
  const known = new Map(before.map((row) => [row.source, row]));
  return now.map((row) => {
    const old = known.get(row.source);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
}
