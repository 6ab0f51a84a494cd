/** Notes as the server gives them: never one of which something was heard since it was asked. */
import type { Id, Note } from "../wire/note";

type Ask = (source: Id, coders: readonly string[]) => Promise<Note>;

interface Ahead {
  source: Id;
  coders: readonly string[];
  note: Promise<Note>;
}

/** Asked again at most so often when something is heard meanwhile. */
const TRIALS = 3;

export class Fetching {
  /** Notes heard of since they were asked. */
  readonly #heard = new Set<Id>();
  #ahead: Ahead | null = null;

  constructor(private readonly ask: Ask) {}

  /** Something happened to a note. */
  hear(source: Id): void {
    this.#heard.add(source);
    if (this.#ahead?.source === source) this.#ahead = null;
  }

  /** Forget what was asked ahead: nothing was heard for a while. */
  forget(): void {
    this.#ahead = null;
  }

  /** Ask for a note that will perhaps be opened; one is kept. */
  ahead(source: Id, coders: readonly string[]): void {
    if (this.#ahead?.source === source) return;
    this.#heard.delete(source);
    const asked: Ahead = { source, coders, note: this.ask(source, coders) };
    this.#ahead = asked;
    // Asked for again when it is opened, which says what went wrong.
    asked.note.catch(() => {
      if (this.#ahead === asked) this.#ahead = null;
    });
  }

  /** Return a note of which nothing was heard while it was fetched. */
  async note(source: Id, coders: readonly string[]): Promise<Note> {
    const ready = this.#taken(source, coders);
    for (let trial = 1; ; trial++) {
      if (ready === null || trial > 1) this.#heard.delete(source);
      const note = await (trial === 1 && ready !== null ? ready : this.ask(source, coders));
      if (!this.#heard.has(source) || trial === TRIALS) return note;
    }
  }

  #taken(source: Id, coders: readonly string[]): Promise<Note> | null {
    const ahead = this.#ahead;
    if (ahead?.source !== source || String(ahead.coders) !== String(coders)) return null;
    this.#ahead = null;
    return ahead.note.catch(() => this.ask(source, coders));
  }
}
