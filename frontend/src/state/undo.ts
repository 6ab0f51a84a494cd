/** What can be undone and done again, one step a call of `perform`. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

import type { Id } from "../wire/note";
import { renamed, type Deed } from "./inverse";

/** Undo what was done at once on the server, or do it again; it returns how to come back. */
export type Turn = () => Promise<Turn>;

export interface Step {
  words: string;
  /** The note that it is about. */
  source: Id | null;
  /** What undoes it, in the order to do it in, each beside the act that it undoes. */
  back: readonly { act: Id; deed: Deed }[];
  /** What undoes it when no act said it. */
  turn?: Turn;
}

const DEPTH = 500;

export class Undo {
  readonly #done = signal<readonly Step[]>([]);
  readonly #undone = signal<readonly Step[]>([]);

  readonly undoable: ReadonlySignal<string | null> = computed(() => this.#done.value.at(-1)?.words ?? null);
  readonly redoable: ReadonlySignal<string | null> = computed(() => this.#undone.value.at(-1)?.words ?? null);

  /** Something new was done: what was undone cannot be done again. */
  did(step: Step): void {
    if (isEmpty(step)) return;
    this.#done.value = [...this.#done.value, step].slice(-DEPTH);
    this.#undone.value = [];
  }

  next(direction: "undo" | "redo"): Step | null {
    return (direction === "undo" ? this.#done : this.#undone).peek().at(-1) ?? null;
  }

  /** The last step was undone, or done again: `step` says how to come back. */
  moved(direction: "undo" | "redo", step: Step): void {
    const [from, to] = direction === "undo" ? [this.#done, this.#undone] : [this.#undone, this.#done];
    from.value = from.peek().slice(0, -1);
    if (!isEmpty(step)) to.value = [...to.peek(), step];
  }

  /** The step that `turn` undoes was undone, wherever it stands: `next` comes back. False when there is none. */
  turned(direction: "undo" | "redo", turn: Turn, next?: Turn): boolean {
    const [from, to] = direction === "undo" ? [this.#done, this.#undone] : [this.#undone, this.#done];
    const step = from.peek().find((one) => one.turn === turn);
    if (step !== undefined && next !== undefined) {
      from.value = from.peek().filter((one) => one !== step);
      to.value = [...to.peek(), { ...step, turn: next }];
    }
    return step !== undefined;
  }

  /** A thing was made again, under another id. */
  rename(before: Id, after: Id): void {
    for (const steps of [this.#done, this.#undone]) {
      steps.value = steps.peek().map((step) => ({
        ...step, back: step.back.map(({ act, deed }) => ({ act, deed: renamed(deed, before, after) })),
      }));
    }
  }

  /** An act was refused: there is nothing of it to undo. */
  forget(act: Id): void {
    for (const steps of [this.#done, this.#undone]) {
      if (!steps.peek().some((step) => step.back.some((one) => one.act === act))) continue;
      steps.value = steps.peek()
        .map((step) => ({ ...step, back: step.back.filter((one) => one.act !== act) }))
        .filter((step) => !isEmpty(step));
    }
  }
}

const isEmpty = (step: Step): boolean => step.back.length === 0 && step.turn === undefined;
