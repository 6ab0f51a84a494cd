/** What one person keeps on this machine alone, in the storage of the page. */
import { effect, signal, type Signal } from "@preact/signals";

const PREFIX = "cpit";

/** The storage of the page; one that forgets where the browser refuses any. */
export function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null; // a browser that keeps nothing throws when asked
  }
}

/** Signals that come back as they were left. Never the words of a note. */
export class Kept {
  readonly #signals = new Map<string, Signal<unknown>>();

  constructor(private readonly box: Storage | null = storage()) {}

  get<T>(name: string, otherwise: T): Signal<T> {
    const known = this.#signals.get(name);
    if (known !== undefined) return known as Signal<T>;
    const kept = signal<T>(this.#read(name, otherwise));
    this.#signals.set(name, kept as Signal<unknown>);
    let first = true;
    effect(() => {
      const value = JSON.stringify(kept.value);
      if (!first) this.#write(name, value);
      first = false;
    });
    return kept;
  }

  #read<T>(name: string, otherwise: T): T {
    const found = this.box?.getItem(`${PREFIX}.kept.${name}`) ?? null;
    if (found === null) return otherwise;
    try {
      return JSON.parse(found) as T;
    } catch {
      return otherwise; // written by something else
    }
  }

  #write(name: string, value: string): void {
    try {
      this.box?.setItem(`${PREFIX}.kept.${name}`, value);
    } catch {
      return; // full: a comfort, not a work
    }
  }
}
