/** How many of her codings bear each code, those of this session included. */
import { effect, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";

import type { CodingState, Desk } from "../state/desk";

type Counts = ReadonlyMap<string, number>;

const kept = new WeakMap<Desk, ReadonlySignal<Counts>>();

/** Return the counts of a desk: those of the codebook as it came, moved by what changes in the open note. */
export function usage(desk: Desk): ReadonlySignal<Counts> {
  let counts = kept.get(desk);
  if (!counts) {
    counts = follow(desk);
    kept.set(desk, counts);
  }
  return counts;
}

function follow(desk: Desk): ReadonlySignal<Counts> {
  const counts = signal<Counts>(new Map());
  let book: unknown = null;
  let note: unknown = null;
  let before: Counts = new Map();
  effect(() => {
    const codebook = desk.codebook.value;
    const open = desk.open.value;
    const now = tally(open?.codings.value ?? []);
    if (codebook !== book) counts.value = new Map(codebook?.codes.map((code) => [code.id, code.used]));
    else if (open === note) counts.value = drifted(counts.peek(), before, now);
    book = codebook;
    note = open;
    before = now;
  });
  return counts;
}

function tally(codings: readonly CodingState[]): Counts {
  const counts = new Map<string, number>();
  for (const one of codings) if (one.mine) counts.set(one.code, (counts.get(one.code) ?? 0) + 1);
  return counts;
}

/** Move counts by what changed between two tallies; the same counts when nothing did. */
export function drifted(counts: Counts, before: Counts, now: Counts): Counts {
  const next = new Map(counts);
  let same = true;
  for (const code of new Set([...before.keys(), ...now.keys()])) {
    const by = (now.get(code) ?? 0) - (before.get(code) ?? 0);
    if (by === 0) continue;
    same = false;
    next.set(code, Math.max(0, (counts.get(code) ?? 0) + by));
  }
  return same ? counts : next;
}
