/** The rounds of the study, and what was decided of the codings of the coder at work. */
import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";

import type { DecidedOfMine, Disputes, Round } from "../../wire/rounds";
import type {} from "../../wire/debt";
import { Errand } from "../walk";

export interface Left {
  total: number;
  left: number;
}

export class Board extends Errand {
  readonly rounds: Signal<readonly Round[] | null> = signal(null);
  /** By closed round, how many disagreements there are; null when they cannot be told. */
  readonly left: Signal<ReadonlyMap<string, Left | null>> = signal(new Map());
  readonly decisions: Signal<readonly DecidedOfMine[]> = signal([]);
  /** How many things two people changed at once. */
  readonly conflicts: Signal<number> = signal(0);
  readonly busy: Signal<boolean> = signal(false);

  async load(): Promise<void> {
    await this.attempt(async () => {
      this.rounds.value = await this.desk.call("rounds", {});
      this.decisions.value = await this.desk.call("decisions", {});
      this.conflicts.value = (await this.desk.call("conflicts", {})).length;
    });
    for (const round of this.rounds.value ?? []) {
      if (round.state === "closed") await this.#count(round);
    }
  }

  /** Do something to a round, once at a time; everything is read again after. Return whether it was done. */
  async act(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy.value) return false;
    this.busy.value = true;
    const done = await this.attempt(work);
    this.busy.value = false;
    if (done) await this.load();
    return done;
  }

  async #count(round: Round): Promise<void> {
    const told = await this.desk.call("disputes", { round: round.id }).then(counted, () => null);
    this.left.value = new Map(this.left.value).set(round.id, told);
  }
}

const counted = ({ disagreements }: Disputes): Left => ({
  total: disagreements.length,
  left: disagreements.filter((one) => one.open).length,
});
