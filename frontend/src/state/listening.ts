/** What happens elsewhere: other tabs, other people, the link itself. */
import { signal, type ReadonlySignal } from "@preact/signals";

import type { Transport } from "../transport/transport";
import type { Changes } from "../wire/calls";
import type { Event, Id } from "../wire/note";

export interface Ears {
  /** Whose work is shown beside. */
  coders: () => readonly string[];
  /** Notes of which something is heard. */
  notes: (sources: readonly Id[]) => void;
  events: (events: readonly Event[]) => void;
  /** The list of notes is to be read again. */
  rows: () => void;
  /** Everything is to be read again. */
  reset: () => void;
  /** Something was decided of her codings, or no longer is. */
  decided: () => void;
  linked: (up: boolean) => void;
}

/** Changes that follow each other within this many ms are one for the list of notes. */
const PAUSE = 250;

export class Listening {
  readonly #lost = signal<number | null>(null);
  /** Since when nobody answers. */
  readonly lost: ReadonlySignal<number | null> = this.#lost;
  #mark: string | null = null;
  #stop: (() => void) | null = null;
  #left = false;
  #rows: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly transport: Transport, private readonly ears: Ears) {}

  /** Take the mark from which changes are to be heard: before what they change is read. */
  async take(): Promise<void> {
    this.#mark = (await this.transport.call("changes", { since: null })).mark;
  }

  /** Hear what happens from now on, to whom it is shown now, unless the person has left. */
  start(): void {
    if (this.#left) return;
    this.#stop?.();
    this.#stop = this.transport.listen(
      () => ({ since: this.#mark, coders: [...this.ears.coders()] }), (changes) => this.#hear(changes), (up) => this.#linked(up),
    );
  }

  /** Hear nothing any more, begun or not. */
  stop(): void {
    this.#left = true;
    clearTimeout(this.#rows);
    this.#stop?.();
    this.#stop = null;
    this.transport.close?.();
  }

  #hear({ mark, reset, notes, events, decided }: Changes): void {
    this.#mark = mark;
    if (reset) return this.ears.reset();
    this.ears.notes(notes);
    this.ears.events(events);
    if (decided) this.ears.decided();
    if (notes.length === 0) return;
    clearTimeout(this.#rows);
    this.#rows = setTimeout(this.ears.rows, PAUSE);
  }

  #linked(up: boolean): void {
    if (up) this.#lost.value = null;
    else this.#lost.value ??= Date.now();
    this.ears.linked(up);
  }
}
