/** A way to call the desk in Python. */
import type { Trouble } from "../wire/acts";
import type { CallName, Calls, Changes } from "../wire/calls";

/** The last mark heard, and whose work is shown beside. */
export type Asked = Required<Calls["changes"][0]>;

export interface Transport {
  call<N extends CallName>(name: N, params: Calls[N][0]): Promise<Calls[N][1]>;
  /** Hear what changes from a mark on, the work of some others included, until the function returned is called. */
  listen(asked: () => Asked, heard: (changes: Changes) => void, up: (up: boolean) => void): () => void;
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
