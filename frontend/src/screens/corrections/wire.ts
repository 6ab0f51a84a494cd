/** Calls of corrections of texts. */
import type { Id } from "../../wire/note";

export interface Correction {
  id: Id;
  source: Id;
  path: string;
  start: number;
  end: number;
  before: string;
  words: string;
  reason: string;
  coder: string;
  at: number;
  state: "waiting" | "made" | "declined" | "withdrawn";
  by: string;
  why: string;
  /** Words around, where the text is still the one that it was about. */
  left: string;
  right: string;
}

declare module "../../wire/calls" {
  interface Calls {
    corrections: [Record<string, never>, Correction[]];
    "corrections.ask": [
      { source: Id; version: string; start: number; end: number; quote: string; words: string; reason: string },
      Correction,
    ];
    "corrections.accept": [{ id: Id }, Correction];
    "corrections.undo": [{ id: Id }, Correction];
    "corrections.decline": [{ id: Id; reason: string }, Correction];
  }
}
