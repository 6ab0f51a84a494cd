/** One thing asked of the desk: what came back, what went wrong, whether it is still awaited. */
import { signal, type Signal } from "@preact/signals";

import type { Trouble } from "../../wire/acts";
import { _ } from "../../words";

export interface Asking<T> {
  readonly answer: Signal<T | null>;
  readonly trouble: Signal<Trouble | null>;
  readonly busy: Signal<boolean>;
  run(ask: () => Promise<T>): Promise<T | null>;
  clear(): void;
}

export function asking<T>(): Asking<T> {
  const answer = signal<T | null>(null);
  const trouble = signal<Trouble | null>(null);
  const busy = signal(false);
  return {
    answer, trouble, busy,
    async run(ask) {
      if (busy.value) return null;
      busy.value = true;
      trouble.value = null;
      try {
        return (answer.value = await ask());
      } catch (error) {
        trouble.value = troubleOf(error);
        return null;
      } finally {
        busy.value = false;
      }
    },
    clear() {
      answer.value = null;
      trouble.value = null;
    },
  };
}

/** The sentences of a failure; when nothing answers, what to do. */
export function troubleOf(error: unknown): Trouble {
  const told = (error as { trouble?: Trouble }).trouble;
  if (told !== undefined) return told;
  return { error: _("The workbench does not answer."), remedy: _("Open it again, then try again.") };
}
