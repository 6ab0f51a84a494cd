/** What waits for a coder across the notes: passages to be read again, suggestions, conflicts. */
import type { Id } from "./note";

/** A passage with the words around it. Offsets count code points. */
export interface Quoted {
  source: Id;
  start: number;
  end: number;
  place: string;
  before: string;
  words: string;
  after: string;
  speaker: string;
}

export interface Owed extends Quoted {
  /** Of the coding. */
  id: Id;
}

export interface GridChange {
  kind: "added" | "retired" | "renamed" | "moved" | "redefined" | "split" | "merged";
  before: string[];
  after: string[];
  reason: string;
  author: string;
  day: string | null;
}

/** Codings that one change of the grid leaves to be read again. */
export interface OwedGroup {
  /** The code as it was put, under the grid `grid`. */
  code: string;
  name: string;
  definition: string;
  grid: string;
  changes: GridChange[];
  /** Codes of the newest grid among which to choose; any other may be right. */
  candidates: string[];
  owed: Owed[];
}

export interface Suggested extends Quoted {
  id: Id;
  code: string;
  by: string;
  score: number | null;
  /** Words that it went by, as offsets of the text. */
  terms: [number, number][];
}

export interface ConflictState {
  id: string;
  kind: string;
  coder: string;
  at: number;
  code: string | null;
  grid: string | null;
  words: string;
}

export interface Conflicting {
  id: string;
  path: string;
  states: ConflictState[];
}

declare module "./calls" {
  interface Calls {
    debt: [Record<string, never>, OwedGroup[]];
    /** Without a code, they are taken back. */
    "debt.read": [{ ids: Id[]; code?: string }, { left: number }];
    "debt.undo": [{ ids: Id[] }, { left: number }];
    suggestions: [Record<string, never>, Suggested[]];
    conflicts: [Record<string, never>, Conflicting[]];
    "conflict.settle": [{ id: string; keep: string }, ConflictState];
  }
}
