/** A note as it travels: its text, what it is made of, and what stands on it. Offsets count code points. */

/** A UUID in its usual writing, made by whoever begins the thing it names. */
export type Id = string;

export type PartKind =
  | "heading" | "paragraph" | "list_item" | "cell" | "turn" | "footnote" | "header_field" | "cue";

/** As `cpit_research.model.structure.Part`; what has its default is left out. */
export interface Part {
  kind: PartKind;
  start: number;
  end: number;
  level?: number;
  speaker?: string;
  speech_start?: number;
  begins?: number;
  ends?: number;
  place?: string;
}

export type Subject = "coding" | "memo" | "proposal" | "episode" | "suggestion" | "answer" | "reading";

export type MemoKind = "reflexive" | "methodological" | "theoretical" | "on_code" | "correction";

/**
 * One event, with the whole state that it leaves its subject in, never a difference.
 *
 * State is the fold of events (`state/fold.ts`, and `cpit_research/store/fold.py`): an event takes the
 * place of those it names in `replaces`; what nothing replaces stands; two that stand are a conflict.
 */
export interface Event {
  id: Id;
  kind: string;
  /** What it is about: `of` says which kind of thing, `subject` which one. */
  of: Subject;
  subject: Id;
  /** Events whose place it takes, near and far: only heads are sent, and one between may never come. */
  replaces: Id[];
  /** Milliseconds since 1970, by the clock of the study. */
  at: number;
  /** Who did it; for a coding, `coder` is who first put it. */
  by: string;
  coder: string;
  /** Whether it takes its subject back. */
  gone?: boolean;
  source?: Id;
  version?: string;
  start?: number;
  end?: number;
  /** Code under the grid shown; `put` is the code as it was put, when the grid has changed since. */
  code?: string;
  put?: string;
  grid?: string;
  /** Whether a change of the grid leaves it to be read again. */
  debt?: boolean;
  facets?: Record<string, string>;
  /** Memo, proposal, episode, answer: what its author says. */
  words?: string;
  memo_kind?: MemoKind | null;
  name?: string;
  codings?: Id[];
  principal?: Id | null;
  actors?: string[];
  posture?: string;
  label?: string;
  same_as?: Id[];
  /** Suggestion: score in [0, 1], ranges of the words that matched; answer: the suggestion answered. */
  score?: number | null;
  terms?: [number, number][];
  suggestion?: Id;
  answer?: "accepted" | "rejected" | null;
  coding?: Id;
  /** Reading: up to which offset its coder went, and whether she has finished. */
  through?: number;
  finished?: boolean;
}

export interface NoteRow {
  source: Id;
  version: string;
  path: string;
  /** Its name for people: first heading or file name. */
  title: string;
  kind: "field_note" | "transcript" | "exercise_sheet";
  visit: string | null;
  visit_kind: string | null;
  territories: string[];
  day: string | null;
  words: number;
  /** Of the coder at work, alone. */
  codings: number;
  memos: number;
  proposals: number;
  debt: number;
  suggestions: number;
  /** Share of the words that her codings cover, from 0 to 1; words after where she stopped reading. */
  covered: number;
  words_left: number;
  finished: boolean;
  /** Labels of speakers, in order of first appearance. */
  speakers: string[];
  /** Name of the open round that gives it to her. */
  round: string | null;
  last: number | null;
}

export interface Note extends NoteRow {
  text: string;
  parts: Part[];
  /** Starts and ends of sentences, one after the other. */
  sentences: number[];
  /** Events that nothing replaces, as the coder may see them. */
  events: Event[];
  /** The open round during which the work of others is not sent. */
  blind: { round: string; coders: string[] } | null;
  /** Other coders whose work on this note can be asked for (`coders` of the call). */
  others: string[];
  /** Where the recording can be listened to, null when there is none. */
  audio: string | null;
}
