/** A list that is gone through one after the other, and what the desk is asked on the way. */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Trouble } from "../wire/acts";
import { troubleOf } from "./trouble";

export abstract class Walk<T extends { readonly id: string }> {
  abstract readonly listed: ReadonlySignal<readonly T[]>;
  readonly at: Signal<string | null> = signal(null);
  readonly trouble: Signal<Trouble | null> = signal(null);
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

  /** Await an answer of the desk, and say what went wrong. */
  protected async attempt(work: () => Promise<void>): Promise<void> {
    this.busy.value = true;
    this.trouble.value = null;
    try {
      await work();
    } catch (error) {
      this.trouble.value = troubleOf(error);
    } finally {
      this.busy.value = false;
    }
  }
}
