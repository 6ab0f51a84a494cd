/** Where the person is: the note that is open there, what is selected and pointed at in it. */
import { batch, signal, type Signal } from "@preact/signals";

import { carried } from "../text/offsets";
import type { Id, Note } from "../wire/note";
import type { Place, Pointed, Stretch } from "./desk";
import { Fetching } from "./fetching";
import type { Opened } from "./open";

export interface Around {
  ask: (source: Id, coders: readonly string[]) => Promise<Note>;
  /** Make of a note what is shown of it, the acts that wait included. */
  made: (note: Note, coders: readonly string[]) => Opened;
  /** Do something, and say what goes wrong. */
  attempt: (doing: () => Promise<void>) => Promise<void>;
}

export class Whereabouts {
  readonly place = signal<Place>({ screen: "reading" });
  readonly open = signal<Opened | null>(null);
  readonly selection = signal<Stretch | null>(null);
  readonly pointed = signal<Pointed>(null);
  readonly shown = signal<readonly string[]>([]);
  readonly pressed = signal(false);
  /** The opening of the note where the person goes. */
  opening: Promise<void> = Promise.resolve();
  readonly #fetching: Fetching;
  readonly #leaving = new Set<() => void>();
  #asked = 0;
  #last = Promise.resolve();

  constructor(private readonly around: Around) {
    this.#fetching = new Fetching(around.ask);
  }

  go(place: Place): void {
    const before = this.place.peek().source;
    const source = place.source ?? (place.screen === "reading" ? before : undefined);
    batch(() => {
      this.place.value = source === undefined ? place : { ...place, source };
      if (source !== before && source !== undefined) this.selection.value = this.pointed.value = null;
    });
    if (source !== undefined && !this.isAt(source)) this.opening = this.around.attempt(() => this.fetch(source));
  }

  /** Whether a note is the one that is open. */
  isAt(source: Id): boolean {
    return this.open.peek()?.note.source === source;
  }

  /** Something happened to a note. */
  hear(source: Id): void {
    this.#fetching.hear(source);
  }

  /** Forget what was asked ahead: nothing was heard for a while. */
  forget(): void {
    this.#fetching.forget();
  }

  ahead(source: Id): void {
    if (!this.isAt(source)) this.#fetching.ahead(source, this.shown.peek());
  }

  /** Fetch a note, then show it, unless the person has gone elsewhere; asked for again meanwhile, it comes once. */
  fetch(source: Id): Promise<void> {
    return (this.#last = this.#fetch(source, ++this.#asked));
  }

  async #fetch(source: Id, asked: number): Promise<void> {
    const others = [...this.shown.peek()];
    let note = await this.#fetching.note(source, others);
    // Another text would take the words from under the mouse: it waits until the button is up.
    while (this.pressed.peek() && this.isAt(source) && this.#isOther(note)) {
      await down(this.pressed);
      note = await this.#fetching.note(source, others);
    }
    if (this.#asked !== asked) return this.#last;
    if (this.place.peek().source !== source) return;
    this.#show(this.around.made(note, others), this.#isOther(note));
  }

  /** Call something just before another text takes the place of the open one; return how to stop. */
  leaving(call: () => void): () => void {
    this.#leaving.add(call);
    return () => this.#leaving.delete(call);
  }

  #isOther({ source, version }: Note): boolean {
    const before = this.open.peek()?.note;
    return before !== undefined && (before.source !== source || before.version !== version);
  }

  #show(opened: Opened, other: boolean): void {
    const before = this.open.peek();
    // What is written is of the text that it was begun on.
    if (other) for (const call of this.#leaving) call();
    const { value: selected } = this.selection;
    batch(() => {
      // What is selected follows its words to a text corrected elsewhere; in another note it is nowhere.
      if (other && selected !== null) {
        this.selection.value = this.isAt(opened.note.source) ? carried(selected, before!.offsets, opened.offsets) : null;
      }
      this.open.value = opened;
    });
  }
}

/** Wait until a signal is false. */
const down = (held: Signal<boolean>): Promise<void> =>
  new Promise((free) => {
    const stop = held.subscribe((still) => {
      if (still) return;
      free();
      queueMicrotask(() => stop());
    });
  });
