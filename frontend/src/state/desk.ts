/** The desk of one coder: everything that the screens show, and the only way to change it. */
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Act, Trouble } from "../wire/acts";
import type { CallName, Calls, CodeEntry, Codebook, Hello } from "../wire/calls";
import type { Event, Id, MemoKind, Note, NoteRow } from "../wire/note";
import type { Offsets } from "../text/offsets";
import type { Turn } from "./undo";

/** A stretch of the open note, in code points. */
export interface Stretch {
  start: number;
  end: number;
}

/** One coding as it stands, acts not yet saved included. */
export interface CodingState extends Stretch {
  subject: Id;
  /** Its standing events: one, or several when people must settle which. */
  heads: readonly Event[];
  code: string;
  coder: string;
  mine: boolean;
  facets: Readonly<Record<string, string>>;
  debt: boolean;
  /** Not acknowledged by the server yet. */
  waiting: boolean;
  episode: Id | null;
}

export interface MemoState extends Stretch {
  subject: Id;
  heads: readonly Event[];
  words: string;
  kind: MemoKind | null;
  coder: string;
  mine: boolean;
}

export interface ProposalState extends Stretch {
  subject: Id;
  heads: readonly Event[];
  name: string;
  words: string;
  coder: string;
  mine: boolean;
}

export interface EpisodeState {
  subject: Id;
  heads: readonly Event[];
  codings: readonly Id[];
  principal: Id | null;
  actors: readonly string[];
  posture: string;
  facets: Readonly<Record<string, string>>;
  label: string;
  words: string;
  coder: string;
  mine: boolean;
}

export interface SuggestionState extends Stretch {
  subject: Id;
  heads: readonly Event[];
  code: string;
  score: number | null;
  terms: readonly (readonly [number, number])[];
  by: string;
}

/** The note being read. Lists are sorted by start, longest first, then subject; an item keeps its
 * identity (`===`) as long as nothing about it changes, so that views redraw only what changed. */
export interface OpenNote {
  note: Note;
  offsets: Offsets;
  codings: ReadonlySignal<readonly CodingState[]>;
  memos: ReadonlySignal<readonly MemoState[]>;
  proposals: ReadonlySignal<readonly ProposalState[]>;
  episodes: ReadonlySignal<readonly EpisodeState[]>;
  /** Those that wait for her answer. */
  suggestions: ReadonlySignal<readonly SuggestionState[]>;
  /** Up to where she has read, and whether she has finished. */
  reading: ReadonlySignal<{ subject: Id; seen: readonly Id[]; through: number; finished: boolean }>;
}

/** What is pointed at: at most one thing at once. */
export type Pointed =
  | { of: "coding" | "memo" | "proposal" | "episode" | "suggestion"; subject: Id }
  | null;

export type Saving =
  | { state: "saved" }
  /** `alone` says that the browser keeps some of it no more than the page is open. */
  | { state: "saving"; waiting: number; alone: boolean }
  /** The server does not answer: acts wait in the outbox, tried again by itself. */
  | { state: "away"; waiting: number; since: number; alone: boolean }
  | { state: "refused"; trouble: Trouble; alone: boolean };

export interface Notice {
  id: number;
  tone: "done" | "said" | "wrong";
  words: string;
  /** What can be done about it, such as undoing. */
  action?: { words: string; run: () => void };
  /** Whether it says what was done that can be undone, or undone. */
  undoing?: boolean;
}

/** Where the person is: the reading of notes, or one of the screens of `screens/index.ts`. */
export interface Place {
  screen: string;
  source?: Id;
  /** What to show there: an offset of the note, a round, a disagreement. */
  at?: number;
  /** Where the passage to show ends, when it is one. */
  end?: number;
  subject?: string;
}

/** An act that the server refused, by its name for people. */
export interface Turned {
  act: Act;
  words: string;
  trouble: Trouble;
}

export interface Desk {
  /** Which door this is: a page of its own, or a cell of JupyterLab. */
  door: "page" | "cell";
  /** Why nothing can be shown yet: the study could not be opened. */
  trouble: ReadonlySignal<Trouble | null>;
  call<N extends CallName>(name: N, params: Calls[N][0]): Promise<Calls[N][1]>;
  hello: ReadonlySignal<Hello | null>;
  codebook: ReadonlySignal<Codebook | null>;
  /** Codes by id. */
  codes: ReadonlySignal<ReadonlyMap<string, CodeEntry>>;
  notes: ReadonlySignal<readonly NoteRow[]>;
  open: ReadonlySignal<OpenNote | null>;
  place: ReadonlySignal<Place>;
  go(place: Place): void;
  /** Fetch a note that will perhaps be opened next. */
  ahead(source: Id): void;
  /** What is selected in the open note, by mouse or by keyboard. */
  selection: Signal<Stretch | null>;
  pointed: Signal<Pointed>;
  /** Whether a button of the mouse is down on the text: the page stays the one that it is on. */
  pressed: Signal<boolean>;
  saving: ReadonlySignal<Saving>;
  notices: ReadonlySignal<readonly Notice[]>;
  say(notice: Omit<Notice, "id">): void;
  dismiss(notice: number): void;
  /** Acts that the server refused: they stay, to be tried again or dropped. */
  turned: ReadonlySignal<readonly Turned[]>;
  retry(act: Id): void;
  drop(act: Id): void;
  /** Send at once what waits, without waiting for the next trial. */
  nudge(): void;
  /** Speak another language. */
  speak(language: "fr" | "en"): Promise<void>;
  /** Say whose work it is. */
  identify(coder: string): Promise<void>;
  /**
   * Do something: shown at once, sent when possible, undone as one step.
   *
   * `words` names it for people (« Coder S33 »). Acts of one call are one step of undo.
   */
  perform(acts: readonly Act[], words: string): void;
  /** Something was done at once, that no act says: `turn` undoes it, and so does what is returned. */
  did(words: string, turn: Turn): () => void;
  undo(): void;
  redo(): void;
  undoable: ReadonlySignal<string | null>;
  redoable: ReadonlySignal<string | null>;
  /** A fresh UUIDv7. */
  fresh(): Id;
  /** The stretch with its words, as acts carry it. */
  passage(stretch: Stretch): { source: Id; version: string; start: number; end: number; quote: string };
  /** What one person keeps on this machine alone: pinned codes, widths, theme. Never note text. */
  kept<T>(name: string, otherwise: T): Signal<T>;
  /** Call something just before another text takes the place of the open one; return how to stop. */
  leaving(call: () => void): () => void;
  /** Other coders whose work is shown beside hers on the open note. */
  shown: Signal<readonly string[]>;
  /** Moves whenever something was decided of her codings, or no longer is. */
  decided: ReadonlySignal<number>;
  refresh(): Promise<void>;
}
