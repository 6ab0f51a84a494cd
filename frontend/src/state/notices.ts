/** What is said to the person, for a while. */
import { signal, type ReadonlySignal } from "@preact/signals";

import type { Notice } from "./desk";

const MOST = 4;

export class Notices {
  readonly #all = signal<readonly Notice[]>([]);
  #last = 0;

  readonly all: ReadonlySignal<readonly Notice[]> = this.#all;

  /** Say something; the same words twice are said once, and what is said of undoing takes the place of what was. */
  say(notice: Omit<Notice, "id">): number {
    const id = ++this.#last;
    const others = this.#all.peek().filter((one) => one.words !== notice.words && !(notice.undoing && one.undoing));
    this.#all.value = [...others, { ...notice, id }].slice(-MOST);
    return id;
  }

  /** She goes elsewhere: what was said there is over, but what went wrong and what can still be done. */
  leave(): void {
    this.#all.value = this.#all.peek().filter((one) => one.tone === "wrong" || one.action);
  }

  take(id: number): void {
    this.#all.value = this.#all.peek().filter((one) => one.id !== id);
  }
}
