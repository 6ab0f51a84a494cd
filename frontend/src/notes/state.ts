/** What the list of notes and the search remember, one a desk. */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Desk } from "../state/desk";
import type { Hit } from "../wire/calls";
import type { NoteRow } from "../wire/note";
import { inGroups, listed, NOTHING } from "./filters";
import type { Asked, Order } from "./filters";

export interface SearchState {
  words: string;
  /** Null as long as nothing was searched. */
  hits: readonly Hit[] | null;
  total: number;
  at: number;
  /** Of the passages of a code: in how many notes they are, and how many are those of others. */
  notes?: number;
  others?: number;
  /** Line that takes the keyboard. */
  to?: number;
}

export const NONE: SearchState = { words: "", hits: null, total: 0, at: -1 };

export interface ListState {
  asked: Signal<Omit<Asked, "speaker" | "order">>;
  order: Signal<Order>;
  /** Whose turns are read: those of others are dimmed in the pane, notes without them are not listed. */
  speaker: Signal<string>;
  shown: ReadonlySignal<{ round: string | null; notes: NoteRow[] }[]>;
  search: Signal<SearchState>;
  /** The code whose passages are listed in the place of words found, and whether those of others are. */
  under: Signal<{ code: string; others: boolean } | null>;
  /** What was searched before passages were asked for, and whether it was shown: one comes back to it. */
  before: Signal<{ search: SearchState; searching: boolean }>;
  /** Whether the search stands in the place of the list. */
  searching: Signal<boolean>;
}

const states = new WeakMap<Desk, ListState>();

/** Return the state of the list of notes of a desk. */
export function listOf(desk: Desk): ListState {
  let state = states.get(desk);
  if (!state) {
    const asked = signal<ListState["asked"]["value"]>(NOTHING);
    const order = desk.kept<Order>("notes.order", "path");
    const speaker = signal("");
    const shown = computed(() =>
      inGroups(listed(desk.notes.value, { ...asked.value, order: order.value, speaker: speaker.value })));
    state = { asked, order, speaker, shown, search: signal(NONE), under: signal(null), before: signal({ search: NONE, searching: false }), searching: signal(false) };
    states.set(desk, state);
  }
  return state;
}

/** The notes listed, in the order in which they are seen. */
export const inSight = (desk: Desk): NoteRow[] => listOf(desk).shown.value.flatMap((group) => group.notes);
