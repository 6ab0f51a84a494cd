/** What is said to the person, for a while. */
import { signal, type ReadonlySignal } from "@preact/signals";

import type { Notice } from "./desk";

const MOST = 4;

export class Notices {
  readonly #all = signal<readonly Notice[]>([]);
  #last = 0;

  readonly all: ReadonlySignal<readonly Notice[]> = this.#all;

  /** Say something; the same words twice are said once. */
  say(notice: Omit<Notice, "id">): number {
    const id = ++this.#last;
    const others = this.#all.peek().filter((one) => one.words !== notice.words);
    this.#all.value = [...others, { ...notice, id }].slice(-MOST);
    return id;
  }

  take(id: number): void {
    this.#all.value = this.#all.peek().filter((one) => one.id !== id);
  }
}
