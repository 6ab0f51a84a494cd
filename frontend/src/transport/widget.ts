/**
 * A cell of JupyterLab: messages of the widget, never its traits, which the notebook would keep.
 *
 * `{id, call, params}` goes; `{id, result}` or `{id, trouble}` comes back; `{changes}` comes by itself,
 * with the work of those whom `{listen}` names.
 */
import type { Trouble } from "../wire/acts";
import type { CallName, Calls, Changes } from "../wire/calls";
import { Away, Refused, type Asked, type Transport } from "./transport";

/** What is used of the model that anywidget gives. */
export interface Model {
  send(content: unknown): void;
  on(name: "msg:custom", heard: (content: Message) => void): void;
  off(name: "msg:custom", heard: (content: Message) => void): void;
}

interface Message {
  id?: number;
  result?: unknown;
  trouble?: Trouble;
  changes?: Changes;
}

interface Waiting {
  answer: (result: unknown) => void;
  fail: (reason: Error) => void;
  timer: number;
}

const PATIENCE = 60_000;

export class Widget implements Transport {
  readonly #asked = new Map<number, Waiting>();
  #last = 0;
  #heard: ((changes: Changes) => void) | null = null;

  constructor(private readonly model: Model) {
    model.on("msg:custom", this.#receive);
  }

  call<N extends CallName>(name: N, params: Calls[N][0]): Promise<Calls[N][1]> {
    const id = ++this.#last;
    return new Promise((answer, fail) => {
      const timer = window.setTimeout(() => this.#take(id)?.fail(new Away(name)), PATIENCE);
      this.#asked.set(id, { answer: answer as (result: unknown) => void, fail, timer });
      try {
        this.model.send({ id, call: name, params });
      } catch (reason) {
        this.#take(id)?.fail(new Away(String(reason))); // the kernel is gone
      }
    });
  }

  listen(asked: () => Asked, heard: (changes: Changes) => void): () => void {
    this.#heard = heard;
    this.model.send({ listen: asked().coders });
    return () => {
      this.#heard = null;
    };
  }

  close(): void {
    this.model.off("msg:custom", this.#receive);
    for (const { timer } of this.#asked.values()) window.clearTimeout(timer);
    this.#asked.clear();
  }

  readonly #receive = (message: Message): void => {
    if (message.changes !== undefined) this.#heard?.(message.changes);
    const asked = message.id === undefined ? undefined : this.#take(message.id);
    if (message.trouble !== undefined) asked?.fail(new Refused(message.trouble, 422));
    else asked?.answer(message.result);
  };

  #take(id: number): Waiting | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (asked !== undefined) window.clearTimeout(asked.timer);
    return asked;
  }
}
