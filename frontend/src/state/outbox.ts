/** Acts on their way: in order, tried again as long as nobody answers, kept until acknowledged. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

import type { Act, Done, Trouble } from "../wire/acts";
import type { Id } from "../wire/note";
import { Refused } from "../transport/transport";
import { isNamed } from "./project";
import type { Turned } from "./desk";
import type { Shelf, Waiting } from "./shelf";

const PAUSES = [400, 1_000, 2_000, 4_000, 8_000, 15_000];
const MOST = 40;
/** Bodies are limited to 64 kB. */
const SIZE = 48_000;
/** Refusals that are about the connection, not about what was done. */
const CLOSED = new Set([401, 403, 404, 405, 408, 429, 500]);

export interface Post {
  send(acts: Act[]): Promise<Done[]>;
  /** Give an act its quotation again; null when the text is not the one that it was done on. */
  quote(act: Act): Promise<Act | null>;
  done(done: Done, waiting: Waiting): void;
  changedText(): Trouble;
}

export class Outbox {
  readonly #waiting = signal<readonly Waiting[]>([]);
  readonly #turned = signal<readonly Turned[]>([]);
  readonly #away = signal<{ since: number; trouble: Trouble | null } | null>(null);
  readonly #alone = signal<ReadonlySet<Id>>(new Set());
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #shelf: Shelf | null = null;

  readonly waiting: ReadonlySignal<readonly Waiting[]> = computed(() => this.#waiting.value);
  /** Acts that the server refused: to be tried again, or dropped. */
  readonly turned: ReadonlySignal<readonly Turned[]> = computed(() => this.#turned.value);
  /** Those of them that the page alone keeps: the browser is full, or keeps nothing. */
  readonly alone: ReadonlySignal<ReadonlySet<Id>> = this.#alone;
  /** Since when nobody answers, and what is said about it. */
  readonly away: ReadonlySignal<{ since: number; trouble: Trouble | null } | null> = this.#away;

  constructor(private readonly post: Post) {}

  /** Whose shelf it is; what an earlier page left there goes first. */
  open(shelf: Shelf): void {
    this.#shelf = shelf;
    const known = new Set(this.#waiting.value.map((one) => one.act.id));
    const left = shelf.all().filter((one) => !known.has(one.act.id));
    this.#keep(this.#waiting.value);
    this.#waiting.value = [...left, ...this.#waiting.value];
    void this.drain();
  }

  /** Send nothing more: what waits stays on the shelf. */
  close(): void {
    clearTimeout(this.#timer);
    this.#shelf = null;
  }

  put(acts: readonly Act[], words: string): void {
    const added = acts.map((act) => ({ act, words }));
    this.#keep(added);
    this.#waiting.value = [...this.#waiting.value, ...added];
    void this.drain();
  }

  /** Try at once, without waiting for the next trial. */
  nudge(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.drain();
  }

  /** Put a refused act back in line. */
  retry(act: Id): void {
    const found = this.#turned.value.find((one) => one.act.id === act);
    if (found === undefined) return;
    this.#turned.value = this.#turned.value.filter((one) => one !== found);
    this.put([found.act], found.words);
  }

  drop(act: Id): void {
    this.#turned.value = this.#turned.value.filter((one) => one.act.id !== act);
    this.#forget(act);
  }

  #keep(acts: readonly Waiting[]): void {
    const alone = new Set(this.#alone.value);
    for (const one of acts) alone[this.#shelf?.put(one) ? "delete" : "add"](one.act.id);
    this.#alone.value = alone;
  }

  /** Keep an act no longer: it is done, or nobody wants it. */
  #forget(act: Id): void {
    this.#shelf?.drop(act);
    this.#alone.value = new Set([...this.#alone.value].filter((one) => one !== act));
  }

  async drain(): Promise<void> {
    if (this.#busy || this.#timer !== undefined) return;
    this.#busy = true;
    try {
      while (this.#waiting.value.length > 0 && this.#shelf !== null) await this.#once();
    } catch (reason) {
      this.#wait(reason);
    } finally {
      this.#busy = false;
    }
  }

  async #once(): Promise<void> {
    const batch: Waiting[] = [];
    for (const one of this.#next()) {
      const act = "quote" in one.act && one.act.quote === "" ? await this.post.quote(one.act) : one.act;
      if (act === null) this.#refuse(one, this.post.changedText());
      else batch.push({ ...one, act });
    }
    if (batch.length === 0) return;
    const answers = await this.#sent(batch);
    this.#failures = 0;
    this.#away.value = null;
    for (const done of answers) this.#acknowledge(done, batch);
  }

  /** The first acts in line that fit in one call. */
  #next(): Waiting[] {
    const taken: Waiting[] = [];
    let size = 0;
    for (const { act, words } of this.#waiting.value) {
      size += new TextEncoder().encode(JSON.stringify(act)).length;
      if (taken.length > 0 && (size > SIZE || taken.length === MOST)) break;
      // An event that the server has not named yet is none that it can be told of.
      taken.push({ act: { ...act, seen: act.seen.filter(isNamed) }, words });
    }
    return taken;
  }

  async #sent(batch: Waiting[]): Promise<Done[]> {
    try {
      return await this.post.send(batch.map((one) => one.act));
    } catch (reason) {
      if (!(reason instanceof Refused) || CLOSED.has(reason.status)) throw reason;
      // One act of several is at fault: alone, each says whether it is.
      if (batch.length > 1) return this.#sent(batch.slice(0, 1));
      return [{ act: batch[0]!.act.id, events: [], refused: reason.trouble }];
    }
  }

  #acknowledge(done: Done, batch: readonly Waiting[]): void {
    const waiting = batch.find((one) => one.act.id === done.act);
    if (waiting === undefined) return;
    if (done.refused !== undefined) this.#refuse(waiting, done.refused);
    else this.#forget(done.act);
    this.#waiting.value = this.#waiting.value.filter((one) => one.act.id !== done.act);
    this.post.done(done, waiting);
  }

  #refuse(waiting: Waiting, trouble: Trouble): void {
    this.#turned.value = [...this.#turned.value.filter((one) => one.act.id !== waiting.act.id), { ...waiting, trouble }];
    this.#waiting.value = this.#waiting.value.filter((one) => one.act.id !== waiting.act.id);
  }

  #wait(reason: unknown): void {
    const trouble = reason instanceof Refused ? reason.trouble : null;
    // There may be room again.
    this.#keep(this.#waiting.value.filter((one) => this.#alone.value.has(one.act.id)));
    this.#away.value = { since: this.#away.value?.since ?? Date.now(), trouble };
    const pause = PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]!;
    this.#timer = setTimeout(() => this.nudge(), pause);
  }
}
