/** Rounds of double coding, and what is decided where coders differ. Offsets count code points. */
import type { Id, PartKind } from "./note";

export type RoundState = "open" | "closed" | "cancelled" | "disputed";
export type CodingUnit = "sentence" | "turn" | "paragraph" | "span";

/** Agreement on one code at closing; `id` is "total" for all codes together. What is undefined is left out. */
export interface Figures {
  id: string;
  name: string;
  alpha?: number;
  low?: number;
  high?: number;
  n_units?: number;
  n_notes?: number;
  both?: number;
  first_only?: number;
  second_only?: number;
}

export interface Round {
  id: string;
  name: string;
  grid: string;
  unit: CodingUnit;
  coders: string[];
  sources: Id[];
  strata: string[];
  blind: boolean;
  by: string;
  at: number;
  /** When each coder said that she had gone through every note. */
  finished: Record<string, number>;
  waiting: string[];
  state: RoundState;
  state_by: string;
  state_at: number | null;
  reason: string;
  /** Whether the coder at work takes part. */
  mine: boolean;
  /** Empty as long as the round is not closed. */
  figures: Figures[];
}

export type DisputeKind = "boundary" | "omission" | "neighbouring_code";
export type DisagreementReason = "definition" | "boundary" | "omission" | "slip";

export interface Mark {
  id: Id;
  start: number;
  end: number;
  code: string;
  coder: string;
  /** The disagreement that it is part of; null when coders agree. */
  dispute: string | null;
}

export interface Decided {
  id: Id;
  by: string;
  at: number;
  reason: DisagreementReason;
  why: string;
  /** Code that stands on the passage, empty when none does. */
  code: string;
  start: number;
  end: number;
}

export interface Disagreement {
  id: string;
  source: Id;
  start: number;
  end: number;
  place: string;
  words: string;
  kind: DisputeKind;
  code: string;
  /** By coder of the round, in its order; empty for who put nothing there. */
  marks: Record<string, Mark[]>;
  open: boolean;
  /** `kept` is the coder whose coding is kept as it is. */
  decisions: (Decided & { kept: string | null })[];
}

export interface Disputes {
  round: Round;
  disagreements: Disagreement[];
  /** How many stand on notes that the coder at work is coding apart in another round. */
  withheld: number;
  /** Why the coder at work cannot decide; null when she can. */
  refused: string | null;
}

export interface NoteBlock {
  kind: PartKind;
  start: number;
  end: number;
}

/** A note with what each coder of a round put on it. */
export interface DoubleNote {
  source: Id;
  version: string;
  path: string;
  text: string;
  rows: NoteBlock[];
  marks: Mark[];
}

/** What was decided of codings of the coder at work. */
export interface DecidedOfMine extends Decided {
  /** Which coding of hers is kept as it is. */
  kept: Id | null;
  round: string;
  source: Id;
  words: string;
  hers: Mark[];
}

export interface Verdict {
  round: string;
  id: string;
  reason: DisagreementReason;
  why: string;
  /** One of `keep` (a coder) and `code`; neither when no code stands. */
  keep?: string;
  code?: string;
  passage?: { start: number; end: number; quote: string };
}

declare module "./calls" {
  interface Calls {
    rounds: [Record<string, never>, Round[]];
    "round.open": [
      { coders: string[]; sample: string; stratify: string[]; name?: string; grid?: string; unit?: CodingUnit },
      { round: Round; remarks: string[] },
    ];
    "round.finish": [{ round: string }, Round];
    "round.resume": [{ round: string }, Round];
    "round.close": [{ round: string; reason?: string }, Round];
    "round.reopen": [{ round: string; reason: string }, Round];
    "round.cancel": [{ round: string; reason: string }, Round];
    disputes: [{ round: string }, Disputes];
    "dispute.note": [{ round: string; source: Id }, DoubleNote];
    "dispute.decide": [Verdict, Disagreement];
    "dispute.undo": [{ round: string; id: string }, Disagreement];
    decisions: [{ source?: Id }, DecidedOfMine[]];
  }
}
