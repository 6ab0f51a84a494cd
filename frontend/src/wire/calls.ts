/**
 * Every call: its name, what is given, what comes back. The same over both transports:
 * `POST /api/<name>` with a JSON body, or a message of the widget.
 *
 * Each screen adds its calls in a file of its own that extends `Calls`:
 *
 *     declare module "./calls" { interface Calls { "debt.list": [{}, Owed[]] } }
 */
import type { Act, Done } from "./acts";
import type { Event, Id, Note, NoteRow } from "./note";

export interface Coder {
  id: string;
  role: string;
  standing: "member" | "trainee" | "machine";
}

export interface Hello {
  language: "fr" | "en";
  /** French of the sentences of the front end, by msgid; plurals as two. Empty in English. */
  words: Record<string, string | [string, string]>;
  version: string;
  study: { id: string; title: string; folder: string; lot: string | null; demonstration: boolean } | null;
  /** Whose work it is; null as long as nobody said so (`identify`). */
  coder: string | null;
  coders: Coder[];
  grids: { version: string; status: "draft" | "released" }[];
  /** What this door can do: "audio", "lots", "quit"… */
  abilities: string[];
}

export interface CodeEntry {
  id: string;
  axis: string;
  parent: string | null;
  name: string;
  short: string;
  definition: string;
  include: string[];
  exclude: { when: string; instead: string | null }[];
  indicators: string[];
  example: string;
  borderline: string;
  /** Whether a passage can bear it: it stands and has no code under it. */
  usable: boolean;
  /** Rank of its family in its axis, from 0: families have hues. */
  family: number;
  /** Of the coder at work. */
  used: number;
}

export interface Codebook {
  version: string;
  title: string;
  status: "draft" | "released";
  nature: "illustrative" | "team";
  axes: { id: string; name: string }[];
  codes: CodeEntry[];
  facets: {
    id: string;
    name: string;
    values: { id: string; name: string }[];
    asked: boolean;
  }[];
}

export interface Hit {
  source: Id;
  start: number;
  end: number;
  /** A line around it, and where the words stand in that line, in code points. */
  line: string;
  at: [number, number];
  place: string;
  speaker: string;
  /** Of a passage that bears a code: its coding, who put it, and all that is told of it, in a few words. */
  id?: Id;
  coder?: string;
  told?: string[];
}

export interface PassagesOf {
  /** A code, or a family with all that is under it. */
  code: string;
  /** Whether those of other coders are told too, as far as they may be seen. */
  others?: boolean;
  territory?: string;
  visit_kind?: string;
  speaker?: string;
  first?: number;
  limit?: number;
}

/** What happened since a mark, as the coder may see it. */
export interface Changes {
  mark: string;
  events: Event[];
  /** Notes whose text or whose row changed. */
  notes: Id[];
  /** Whether something was decided of her codings, or no longer is. */
  decided: boolean;
  /** True when the mark is not known any more: everything is to be read again. */
  reset: boolean;
}

export interface Calls {
  /** Answers come in the language asked for, from then on. */
  hello: [{ language?: "fr" | "en" }, Hello];
  identify: [{ coder: string }, Hello];
  notes: [Record<string, never>, NoteRow[]];
  note: [{ source: Id; coders?: string[] }, Note];
  codebook: [Record<string, never>, Codebook];
  perform: [{ acts: Act[] }, Done[]];
  search: [{ words: string; first?: number; limit?: number }, { hits: Hit[]; total: number }];
  /** `total` counts what is told, in `notes` notes; `others` counts those of other coders. */
  passages: [PassagesOf, { hits: Hit[]; total: number; notes: number; others: number }];
  /** `coders` are others whose work is shown beside hers, as in `note`. */
  changes: [{ since: string | null; coders?: string[] }, Changes];
}

export type CallName = keyof Calls;
