/** Suggestions that wait for a coder, across the notes. */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Desk } from "../../state/desk";
import type { Suggested } from "../../wire/debt";
import { _, fill } from "../../words";
import { Walk } from "../walk";

export type Order = "note" | "code" | "score";

export class Tray extends Walk<Suggested> {
  readonly waiting: Signal<readonly Suggested[] | null> = signal(null);
  readonly order: Signal<Order>;
  /** Answers given here, the last at the end: each with where it stood. */
  readonly #answered: { one: Suggested; rank: number; words: string }[] = [];

  readonly listed: ReadonlySignal<readonly Suggested[]> = computed(() => inOrder(this.waiting.value ?? [], this.order.value));

  constructor(desk: Desk) {
    super(desk);
    this.order = desk.kept<Order>("suggestions.order", "note");
  }

  async load(): Promise<void> {
    await this.attempt(async () => {
      this.waiting.value = await this.desk.call("suggestions", {});
      this.see((this.current.value ?? this.listed.value[0])?.id ?? null);
    });
  }

  answer(accepted: boolean): void {
    const one = this.current.value;
    if (!one) return;
    const act = { id: this.desk.fresh(), subject: one.id, seen: [] };
    const words = fill(accepted ? _("Accept {code}") : _("Set {code} aside"), { code: one.code });
    const done = accepted ? { ...act, kind: "accept" as const, coding: this.desk.fresh() } : { ...act, kind: "reject" as const };
    this.desk.perform([done], words);
    const rank = this.listed.value.indexOf(one);
    this.#answered.push({ one, rank: (this.waiting.value ?? []).indexOf(one), words });
    const next = this.listed.value[rank + 1] ?? this.listed.value[rank - 1];
    this.waiting.value = (this.waiting.value ?? []).filter((other) => other !== one);
    this.at.value = next?.id ?? null;
  }

  /** Undo the last thing done; an answer given here waits again where it was. */
  undo(): void {
    const last = this.#answered.at(-1);
    const here = last !== undefined && this.desk.undoable.value === last.words;
    this.desk.undo();
    if (!here) return;
    this.#answered.pop();
    const waiting = [...(this.waiting.value ?? [])];
    waiting.splice(last.rank, 0, last.one);
    this.waiting.value = waiting;
    this.at.value = last.one.id;
  }
}

function inOrder(waiting: readonly Suggested[], order: Order): readonly Suggested[] {
  if (order === "note") return waiting;
  const listed = [...waiting];
  if (order === "code") return listed.sort((one, other) => one.code.localeCompare(other.code, "fr", { numeric: true }));
  return listed.sort((one, other) => (other.score ?? 0) - (one.score ?? 0));
}
