/** What is being written beside the text, one a desk. */
import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";

import type { Desk } from "../state/desk";
import type { Id, MemoKind } from "../wire/note";

/** A thing begun and not kept yet: a memo on a passage, a name for what the grid has not. */
export type Draft = { of: "memo" | "proposal"; on: ReturnType<Desk["passage"]> } | null;

export interface WritingState {
  draft: Signal<Draft>;
  /** The episode that the next coding joins. */
  gathering: Signal<Id | null>;
  /** Kind of the next memo: the last one chosen. */
  kind: Signal<MemoKind>;
  /** Memos listed: those of a kind, or all. */
  listed: Signal<MemoKind | "">;
  /** Where the inspector is drawn. */
  place: HTMLElement | null;
  /** Provisional names met since the page was opened; never kept on the machine. */
  names: Signal<readonly string[]>;
}

const states = new WeakMap<Desk, WritingState>();

/** Return what is being written on a desk. */
export function writingOf(desk: Desk): WritingState {
  let state = states.get(desk);
  if (!state) {
    state = { draft: signal(null), gathering: signal(null), kind: signal("reflexive"), listed: signal(""), place: null, names: signal([]) };
    states.set(desk, state);
  }
  return state;
}
