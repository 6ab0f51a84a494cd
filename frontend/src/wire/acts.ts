/**
 * What a coder does, as it is sent: what she meant, and the events that she saw (`seen`).
 *
 * `id` becomes the id of the event: sent twice, an act is done once. When something else happened
 * meanwhile, the act is done again on what stands (rebased) and the answer names the change.
 * Whose act it is, and when, is said by the server.
 */
import type { Event, Id, MemoKind } from "./note";

interface Base {
  id: Id;
  /** The thing that it is about; its own id when it begins one. */
  subject: Id;
  /** Events of that thing that stood when she acted; empty when it begins one. */
  seen: Id[];
}

/** A passage, with its words: the server refuses them if they are not those of the text. */
export interface Passage {
  source: Id;
  version: string;
  start: number;
  end: number;
  quote: string;
}

export type Act =
  | (Base & Passage & { kind: "apply"; code: string; facets?: Record<string, string> })
  | (Base & { kind: "retract" })
  | (Base & { kind: "restore" })
  | (Base & { kind: "recode"; code: string })
  | (Base & Passage & { kind: "resize" })
  | (Base & { kind: "facet"; facets: Record<string, string> })
  | (Base & Passage & { kind: "memo"; words: string; memo_kind: MemoKind | null })
  | (Base & Passage & { kind: "propose"; name: string; words: string })
  | (Base & {
      kind: "episode";
      source: Id;
      codings: Id[];
      principal: Id | null;
      actors: string[];
      posture: string;
      facets: Record<string, string>;
      label: string;
      words: string;
      same_as: Id[];
    })
  /** `subject` is the suggestion; `coding` the id that the coding accepted shall have. */
  | (Base & { kind: "accept"; coding: Id; facets?: Record<string, string> })
  | (Base & { kind: "reject"; words?: string })
  | (Base & { kind: "reopen" })
  /** `subject` is the reading of a note by a coder, as `note` gave it or a new id. */
  | (Base & { kind: "read"; source: Id; through: number; finished: boolean });

export type ActKind = Act["kind"];

/** A refusal or failure, as said to people: what, where, what exists, what to do. */
export interface Trouble {
  error: string;
  where?: string;
  exists?: string;
  remedy?: string;
}

export interface Done {
  act: Id;
  /** What it became, and whatever else changed with it; empty when refused. */
  events: Event[];
  /** Set when it was done on something newer than what was seen: a sentence that names it. */
  rebased?: string;
  refused?: Trouble;
}
