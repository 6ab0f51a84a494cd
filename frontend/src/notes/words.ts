/** Names of the kinds and states of notes. */
import { _, fill, ngettext, tongue } from "../words";
import type { NoteRow } from "../wire/note";
import type { NoteStateName, Order } from "./filters";

export function visitKindName(kind: string): string {
  switch (kind) {
    case "exploratory": return _("exploratory visit");
    case "observation": return _("observation");
    case "mirror": return _("mirror session");
    case "collective_session": return _("collective session");
    case "workshop": return _("workshop");
    case "meeting": return _("meeting");
    case "interview": return _("interview");
    default: return kind;
  }
}

export function stateName(state: NoteStateName): string {
  switch (state) {
    case "to_code": return _("To code");
    case "under_way": return _("Under way");
    case "finished": return _("Finished");
    case "to_recode": return _("To recode");
    case "round": return _("Coding round");
  }
}

export function orderName(order: Order): string {
  switch (order) {
    case "path": return _("by name");
    case "day": return _("by date");
    case "progress": return _("least read first");
  }
}

/** What remains to be done of a note, said shortly. */
export function progressWords(note: NoteRow): string {
  const done = fill(ngettext("{n} coding", "{n} codings", note.codings), { n: note.codings });
  if (note.finished) return `${done} · ${_("finished")}`;
  const left = note.words_left === 0 ? _("all read") : fill(ngettext("{n} word left", "{n} words left", note.words_left), { n: figure(note.words_left) });
  return note.codings === 0 ? left : `${done} · ${left}`;
}

/** A number, its thousands apart. */
export const figure = (n: number): string => n.toLocaleString(tongue());
