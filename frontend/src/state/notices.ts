/** What is said to the person, for a while; what goes wrong stays until she has read it. */
import { signal, type ReadonlySignal } from "@preact/signals";

import { Away, Refused } from "../transport/transport";
import { _ } from "../words";
import type { Trouble } from "../wire/acts";
import type { Notice } from "./desk";

const MOST = 4;

export class Notices {
  readonly #all = signal<readonly Notice[]>([]);
  #last = 0;

  readonly all: ReadonlySignal<readonly Notice[]> = this.#all;

  /** Say something; the same words twice are said once, and what is said of undoing takes the place of what was. */
  say(notice: Omit<Notice, "id">): void {
    const id = ++this.#last;
    const others = this.#all.peek().filter((one) => one.words !== notice.words && !(notice.undoing && one.undoing));
    this.#all.value = [...others, { ...notice, id }].slice(-MOST);
    if (notice.tone !== "wrong") setTimeout(() => this.take(id), notice.action ? 10_000 : 6_000);
  }

  /** She goes elsewhere: what was said there is over, but what went wrong and what can still be done. */
  leave(): void {
    this.#all.value = this.#all.peek().filter((one) => one.tone === "wrong" || one.action);
  }

  take(id: number): void {
    this.#all.value = this.#all.peek().filter((one) => one.id !== id);
  }

  /** Do something, and say what the server refuses, or that it does not answer. */
  async attempt(doing: () => Promise<void>): Promise<void> {
    try {
      await doing();
    } catch (reason) {
      const trouble = reason instanceof Refused ? reason.trouble : reason instanceof Away ? away() : null;
      if (trouble === null) throw reason;
      this.say({ tone: "wrong", words: [trouble.error, trouble.remedy].filter(Boolean).join(" ") });
    }
  }
}

export const away = (): Trouble => ({
  error: _("The workbench does not answer."),
  remedy: _("It is tried again by itself; start it again if it was closed."),
});
