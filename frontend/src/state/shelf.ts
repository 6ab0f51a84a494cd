/**
 * Acts that the server has not acknowledged, kept by the page: a tab closed loses nothing.
 *
 * One entry an act, so that two tabs never write over each other; an act sent by both is done once.
 * The quotation is left out, since no word of a note is kept here: it is read again from the text.
 */
import type { Act } from "../wire/acts";
import type { Id } from "../wire/note";

export interface Waiting {
  act: Act;
  /** What it is called for people. */
  words: string;
}

export class Shelf {
  readonly #prefix: string;

  constructor(private readonly box: Storage | null, study: string, coder: string) {
    this.#prefix = `cpit.act.${study}.${coder}.`;
  }

  /** Keep an act; return whether the page could. */
  put(waiting: Waiting): boolean {
    if (this.box === null) return false;
    const act = "quote" in waiting.act ? { ...waiting.act, quote: "" } : waiting.act;
    try {
      this.box.setItem(this.#prefix + act.id, JSON.stringify({ ...waiting, act }));
      return true;
    } catch {
      return false; // full or refused
    }
  }

  drop(act: Id): void {
    this.box?.removeItem(this.#prefix + act);
  }

  /** Return what is kept, in the order in which it was done: ids of acts follow each other. */
  all(): Waiting[] {
    if (this.box === null) return [];
    const names = Object.keys(this.box).filter((name) => name.startsWith(this.#prefix)).sort();
    return names.flatMap((name) => read(this.box!.getItem(name)));
  }
}

function read(kept: string | null): Waiting[] {
  if (kept === null) return [];
  try {
    const waiting = JSON.parse(kept) as Waiting;
    return typeof waiting.act?.id === "string" ? [waiting] : [];
  } catch {
    return []; // not ours
  }
}
