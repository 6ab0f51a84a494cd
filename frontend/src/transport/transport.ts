/** A way to call the desk in Python. */
import type { Trouble } from "../wire/acts";
import type { CallName, Calls, Changes } from "../wire/calls";

export interface Transport {
  call<N extends CallName>(name: N, params: Calls[N][0]): Promise<Calls[N][1]>;
  /** Hear what changes from a mark on, until the function returned is called. */
  listen(since: () => string | null, heard: (changes: Changes) => void, up: (up: boolean) => void): () => void;
  /** Let go of what it holds: nothing is called any more. */
  close?(): void;
}

/** The desk answered: it refuses, and says why. */
export class Refused extends Error {
  constructor(readonly trouble: Trouble, readonly status: number) {
    super(trouble.error);
  }
}

/** The desk did not answer: trying again is the only thing to do. */
export class Away extends Error {}
