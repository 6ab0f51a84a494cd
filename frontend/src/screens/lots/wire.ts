/** Calls of what leaves and what comes back. */

/** A file that the desk wrote: its id to download or show it, its name, its folder. */
export interface Handed {
  file: string;
  name: string;
  folder: string;
}

/** Events by kind. */
export type Counts = Record<string, number>;

export interface Sending {
  events: Counts;
  /** Those that the last bundle did not hold; before any, those that the lot did not come with. */
  fresh: Counts;
  /** How many repeat words of the notes. */
  quoting: number;
  last: Handed | null;
  sent: number | null;
}

/** What one person did or adds. */
export interface Sums {
  codings: number;
  changes: number;
  memos: number;
  proposals: number;
  episodes: number;
  decisions: number;
  corrections: number;
  others: number;
}

export interface Merged extends Sums {
  coder: string;
  known: number;
  new: number;
}

export interface MergeTold {
  coders: Merged[];
  moved: number;
  to_confirm: number;
  conflicts: number;
  notices: string[];
  refused: string[];
  nothing: boolean;
  backup: string | null;
}

export interface LotChoices {
  coders: string[];
  rounds: { name: string; coders: string[]; notes: number }[];
}

declare module "../../wire/calls" {
  interface Calls {
    "lots.sending": [Record<string, never>, Sending];
    "lots.send": [Record<string, never>, Handed & { events: number; documents: number; quoting: number }];
    "lots.choices": [Record<string, never>, LotChoices];
    "lots.prepare": [
      { coder: string; sources?: string[]; round?: string },
      Handed & { coder: string; documents: number; events: number; left_behind: number },
    ];
    "lots.trial": [{ file: string }, MergeTold];
    "lots.merge": [{ file: string }, MergeTold];
    "lots.show": [{ file: string }, Record<string, never>];
  }
}
