/** What a coder must read again, one passage after the other. */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Owed, OwedGroup } from "../../wire/debt";
import type { Id } from "../../wire/note";
import { Walk } from "../walk";

/** What was just done, so that it is said and can be taken back. */
export interface Done {
  ids: readonly Id[];
  /** None when the codings were taken back. */
  code: string | null;
}

export class Pile extends Walk<Owed> {
  readonly groups: Signal<readonly OwedGroup[] | null> = signal(null);
  readonly chosen: Signal<ReadonlySet<Id>> = signal(new Set());
  /** Whether a code that is not among the candidates is being looked for. */
  readonly choosing: Signal<boolean> = signal(false);
  readonly last: Signal<Done | null> = signal(null);
  readonly #done: Done[] = [];

  readonly listed: ReadonlySignal<readonly Owed[]> = computed(() => (this.groups.value ?? []).flatMap((one) => one.owed));
  readonly group: ReadonlySignal<OwedGroup | null> = computed(
    () => this.groups.value?.find((one) => one.owed.some((owed) => owed.id === this.at.value)) ?? null,
  );

  async load(at?: Id): Promise<void> {
    await this.attempt(() => this.#read(at));
  }

  override see(id: Id | null): void {
    super.see(id);
    this.choosing.value = false;
  }

  /** Take one more, or leave it: those taken are read together. */
  toggle(id: Id | null = this.at.value): void {
    if (id === null) return;
    const chosen = new Set(this.chosen.value);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen.value = chosen;
  }

  /** Take all those that the same change left, or none of them. */
  toggleGroup(): void {
    const ids = this.group.value?.owed.map((one) => one.id) ?? [];
    const all = ids.every((id) => this.chosen.value.has(id));
    const others = [...this.chosen.value].filter((id) => !ids.includes(id));
    this.chosen.value = new Set(all ? others : [...others, ...ids]);
  }

  /** Those that a decision is about: those taken, of the change looked at, else the one looked at. */
  get about(): readonly Id[] {
    const here = this.group.value?.owed.map((one) => one.id) ?? [];
    const taken = here.filter((id) => this.chosen.value.has(id));
    return taken.length > 0 ? taken : this.at.value === null ? [] : [this.at.value];
  }

  candidate(rank: number): void {
    const code = this.group.value?.candidates[rank];
    if (code !== undefined) void this.put(code);
  }

  async put(code: string | null): Promise<void> {
    const ids = this.about;
    if (ids.length === 0 || this.busy.value) return;
    const next = this.#after(ids);
    await this.attempt(async () => {
      await this.desk.call("debt.read", code === null ? { ids: [...ids] } : { ids: [...ids], code });
      this.#done.push({ ids, code });
      this.last.value = { ids, code };
      this.chosen.value = new Set();
      this.choosing.value = false;
      // She may have gone on already.
      await this.#read(this.at.value !== null && ids.includes(this.at.value) ? next : undefined);
    });
  }

  async undo(): Promise<void> {
    const done = this.#done.at(-1);
    if (!done || this.busy.value) return;
    await this.attempt(async () => {
      await this.desk.call("debt.undo", { ids: [...done.ids] });
      this.#done.pop();
      this.last.value = null;
      await this.#read(done.ids[0]);
    });
  }

  get undoable(): boolean {
    return this.#done.length > 0;
  }

  async #read(at?: Id): Promise<void> {
    this.groups.value = await this.desk.call("debt", {});
    const listed = this.listed.value;
    this.at.value = (listed.find((one) => one.id === (at ?? this.at.value)) ?? listed[0])?.id ?? null;
  }

  /** Where to go once some are read: the first left after them, else before. */
  #after(ids: readonly Id[]): Id | undefined {
    const listed = this.listed.value;
    const last = Math.max(...ids.map((id) => listed.findIndex((one) => one.id === id)));
    const left = (one: Owed): boolean => !ids.includes(one.id);
    return (listed.slice(last + 1).find(left) ?? listed.slice(0, last).findLast(left))?.id;
  }
}
