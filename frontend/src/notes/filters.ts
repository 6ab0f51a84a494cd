/** Which notes are listed, and in which order. */
import { holds } from "../codes/folding";
import type { NoteRow } from "../wire/note";

export const STATES = ["to_code", "under_way", "finished", "to_recode", "round"] as const;
export type NoteStateName = (typeof STATES)[number];

export const ORDERS = ["path", "day", "progress"] as const;
export type Order = (typeof ORDERS)[number];

/** What is asked of the list; an empty string asks nothing. */
export interface Asked {
  words: string;
  territory: string;
  visitKind: string;
  speaker: string;
  state: NoteStateName | "";
  order: Order;
}

export const NOTHING: Asked = { words: "", territory: "", visitKind: "", speaker: "", state: "", order: "path" };

/** Whether a note is in a state; a note may be in several. */
export function isIn(state: NoteStateName, note: NoteRow): boolean {
  switch (state) {
    case "to_code": return !note.finished && note.codings === 0;
    case "under_way": return !note.finished && note.codings > 0;
    case "finished": return note.finished;
    case "to_recode": return note.debt > 0;
    case "round": return note.round !== null;
  }
}

/** Share of the words that were read, from 0 to 1. */
export function readShare(note: NoteRow): number {
  if (note.finished) return 1;
  return note.words === 0 ? 0 : Math.max(0, Math.min(1, 1 - note.words_left / note.words));
}

/** Return the notes asked for, in order. */
export function listed(notes: readonly NoteRow[], asked: Asked): NoteRow[] {
  return notes.filter((note) => isAsked(note, asked)).sort(compare(asked.order));
}

function isAsked(note: NoteRow, asked: Asked): boolean {
  return (
    (asked.territory === "" || note.territories.includes(asked.territory)) &&
    (asked.visitKind === "" || note.visit_kind === asked.visitKind) &&
    (asked.speaker === "" || note.speakers.includes(asked.speaker)) &&
    (asked.state === "" || isIn(asked.state, note)) &&
    (asked.words.trim() === "" || holds(`${note.title} ${note.path} ${note.territories.join(" ")} ${note.day ?? ""}`, asked.words))
  );
}

const byPath = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

function compare(order: Order): (one: NoteRow, other: NoteRow) => number {
  const path = (one: NoteRow, other: NoteRow): number => byPath.compare(one.path, other.path);
  switch (order) {
    case "path": return path;
    case "day": return (one, other) => (one.day ?? "9").localeCompare(other.day ?? "9") || path(one, other);
    case "progress": return (one, other) => readShare(one) - readShare(other) || path(one, other);
  }
}

/** Notes apart: those of each open round first, by its name, then the others under no name. */
export function inGroups(notes: readonly NoteRow[]): { round: string | null; notes: NoteRow[] }[] {
  const rounds = [...new Set(notes.flatMap((note) => (note.round === null ? [] : [note.round])))];
  const groups = [...rounds, null].map((round) => ({ round, notes: notes.filter((note) => note.round === round) }));
  return groups.filter((group) => group.notes.length > 0);
}

/** The values that can be asked for, in alphabetical order. */
export function choices(notes: readonly NoteRow[]): { territories: string[]; visitKinds: string[]; speakers: string[] } {
  const all = (values: (note: NoteRow) => readonly string[]): string[] =>
    [...new Set(notes.flatMap(values))].sort(byPath.compare);
  return {
    territories: all((note) => note.territories),
    visitKinds: all((note) => (note.visit_kind === null ? [] : [note.visit_kind])),
    speakers: all((note) => note.speakers),
  };
}

/** Return the note that follows or precedes another in a list; the nearest end when it is not in it. */
export function beside(notes: readonly NoteRow[], source: string | undefined, by: 1 | -1): NoteRow | undefined {
  const at = notes.findIndex((note) => note.source === source);
  if (at < 0) return by > 0 ? notes[0] : notes[notes.length - 1];
  return notes[at + by];
}
