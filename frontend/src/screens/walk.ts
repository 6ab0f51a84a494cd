/** What the desk is asked, and a list that is gone through one after the other on the way. */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Desk } from "../state/desk";
import type { Trouble } from "../wire/acts";
import { troubleOf } from "./trouble";

export abstract class Errand {
  readonly trouble: Signal<Trouble | null> = signal(null);

  constructor(readonly desk: Desk) {}

  /** Await an answer of the desk, and say what went wrong; return whether nothing did. */
  protected async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.trouble.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.trouble.value = troubleOf(error);
      return false;
    }
  }
}

export abstract class Walk<T extends { readonly id: string }> extends Errand {
  abstract readonly listed: ReadonlySignal<readonly T[]>;
  readonly at: Signal<string | null> = signal(null);
  readonly busy: Signal<boolean> = signal(false);

  readonly current: ReadonlySignal<T | null> = computed(
    () => this.listed.value.find((one) => one.id === this.at.value) ?? null,
  );

  see(id: string | null): void {
    this.at.value = id;
  }

  /** Go to the next one, or back; among some only, if asked. Return whether there is one. */
  go(way: 1 | -1, among: (one: T) => boolean = () => true): boolean {
    const listed = this.listed.value;
    const from = listed.findIndex((one) => one.id === this.at.value);
    const next = way > 0 ? listed.slice(from + 1).find(among) : listed.slice(0, Math.max(from, 0)).findLast(among);
    if (next) this.see(next.id);
    return next !== undefined;
  }

  protected override async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.busy.value = true;
    const done = await super.attempt(work);
    this.busy.value = false;
    return done;
  }
}
