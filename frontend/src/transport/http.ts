/**
 * The page served by `cpit workbench`: `POST api/<name>`, and server-sent events from `api/changes`.
 *
 * Every request carries the cookie of the page (same origin), and every call the key of the session,
 * which no other site can ask for: the answer to `hello` gives it.
 */
import type { Trouble } from "../wire/acts";
import type { CallName, Calls, Changes } from "../wire/calls";
import { painted } from "./paint";
import { Away, Refused, type Asked, type Transport } from "./transport";

const KEY = "X-Cpit-Key";
const NO_KEY = "ask";
const PATIENCE = 30_000;
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000];

export class Http implements Transport {
  #key: string | null = null;

  constructor(private readonly root: string) {}

  async call<N extends CallName>(name: N, params: Calls[N][0]): Promise<Calls[N][1]> {
    if (name === "perform") await painted();
    const words = JSON.stringify(params);
    let response = await this.#post(name, words);
    // Started anew, the server may have another key.
    if (response.status === 403 && (await this.#asked())) response = await this.#post(name, words);
    if (response.ok) return (await body(response)) as Calls[N][1];
    if (response.status >= 500 && response.status !== 500) throw new Away(String(response.status));
    const trouble = (await body(response)) as Partial<Trouble> | null;
    throw new Refused({ ...trouble, error: trouble?.error ?? response.statusText }, response.status);
  }

  async #asked(): Promise<boolean> {
    const before = this.#key;
    this.#key = null;
    await this.#post("hello", "{}");
    return this.#key !== null && this.#key !== before;
  }

  async #post(name: string, words: string): Promise<Response> {
    const headers = { "Content-Type": "application/json", [KEY]: name === "hello" ? NO_KEY : (this.#key ?? NO_KEY) };
    try {
      const response = await fetch(`${this.root}api/${name}`, {
        method: "POST", headers, body: words, credentials: "same-origin", redirect: "error", cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      this.#key = response.headers.get(KEY) ?? this.#key;
      return response;
    } catch (reason) {
      throw new Away(String(reason)); // no connection, or no answer in time
    }
  }

  listen(asked: () => Asked, heard: (changes: Changes) => void, up: (up: boolean) => void): () => void {
    let source: EventSource | null = null;
    let timer = 0;
    let failures = 0;
    const open = (): void => {
      const { since, coders } = asked();
      const query = new URLSearchParams(coders.map((coder) => ["coders", coder]));
      if (since !== null) query.set("since", since);
      source = new EventSource(`${this.root}api/changes?${query}`);
      source.onopen = () => {
        failures = 0;
        up(true);
      };
      source.addEventListener("changes", (message) => heard(JSON.parse(String(message.data)) as Changes));
      // Closed and opened again by hand: the browser's own retry would start from an old mark.
      source.onerror = () => {
        source?.close();
        up(false);
        timer = window.setTimeout(open, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      };
    };
    open();
    return () => {
      source?.close();
      window.clearTimeout(timer);
    };
  }
}

async function body(response: Response): Promise<unknown> {
  const words = await response.text().catch((reason: unknown) => {
    throw new Away(String(reason)); // cut in the middle
  });
  if (response.headers.get("Content-Type")?.startsWith("application/json")) return JSON.parse(words);
  return words === "" ? null : { error: words };
}
