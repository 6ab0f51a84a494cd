/** The events known of one note: those of the server, and those of acts that wait. */
import type { Act } from "../wire/acts";
import type { Event, Id } from "../wire/note";
import { standing } from "./fold";
import { project, type Standpoint } from "./project";

export class Record {
  readonly #events = new Map<Id, Event>();
  readonly #subjects = new Map<Id, Set<Id>>();
  /** What takes the place of each event. */
  readonly #replacing = new Map<Id, Set<Id>>();
  readonly #answers = new Map<Id, Set<Id>>();
  readonly #of = new Map<Id, readonly Event[]>();
  /** Events that acts are expected to become, by act. */
  readonly #expected = new Map<Id, readonly Id[]>();
  readonly #waiting = new Set<Id>();

  constructor(readonly coder: string, readonly grid: string) {}

  /** Return where a subject stands; nothing when it is unknown. */
  heads(subject: Id): readonly Event[] {
    let found = this.#of.get(subject);
    if (found === undefined) {
      const events = [...(this.#subjects.get(subject) ?? [])].map((id) => this.#events.get(id)!);
      const replaced = new Set(events.map((event) => event.id).filter((id) => this.#replacing.has(id)));
      this.#of.set(subject, (found = this.#rebased(standing(events, replaced))));
    }
    return found;
  }

  /** What waits will be done on what stands, whatever that has become: it is shown so. */
  #rebased(heads: readonly Event[]): readonly Event[] {
    const waiting = heads.length < 2 ? [] : heads.filter((event) => this.waits(event));
    return waiting.length === 0 ? heads : waiting;
  }

  /** Return the standing answers of the coder to a suggestion; an acceptance first, a refusal next. */
  answers(suggestion: Id): readonly Event[] {
    const subjects = [...(this.#answers.get(suggestion) ?? [])];
    const rank = (event: Event): number => (event.answer === "accepted" ? 0 : event.answer ? 1 : 2);
    return subjects
      .flatMap((subject) => this.heads(subject))
      .filter((event) => event.coder === this.coder)
      .sort((one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1));
  }

  subjects(): Iterable<Id> {
    return this.#subjects.keys();
  }

  has(id: Id): boolean {
    return this.#events.has(id);
  }

  /** Whether an event is that of an act which the server has not acknowledged. */
  waits(event: Event): boolean {
    return this.#waiting.has(event.id);
  }

  /**
   * Take the events that stand for the server; return the subjects that they touch.
   *
   * Of these subjects, what was known before is over, even where the link between is not told: what
   * waits apart, and what was heard since, which takes the place of what is told.
   */
  learn(events: readonly Event[]): Set<Id> {
    const touched = new Set<Id>();
    const told = new Set(events.map((event) => event.id));
    for (const subject of new Set(events.map((event) => event.subject))) {
      for (const id of [...(this.#subjects.get(subject) ?? [])]) {
        const event = this.#events.get(id)!;
        if (!this.waits(event) && !this.#follows(event, told)) this.#forget(event, touched);
      }
    }
    for (const event of events) this.#put(event, touched);
    return touched;
  }

  /** Whether an event is one of those told, or takes the place of one, step by step. */
  #follows(event: Event | undefined, told: ReadonlySet<Id>): boolean {
    if (event === undefined) return false;
    return told.has(event.id) || event.replaces.some((id) => told.has(id) || this.#follows(this.#events.get(id), told));
  }

  /** Show an act before the server has it; return the subjects that it touches. */
  expect(act: Act): Set<Id> {
    const from: Standpoint = {
      coder: this.coder, grid: this.grid,
      heads: (subject) => this.heads(subject), answers: (suggestion) => this.answers(suggestion),
    };
    const events = project(act, from);
    const touched = new Set<Id>([act.subject]);
    if (this.has(act.id)) return touched;
    this.#expected.set(act.id, events.map((event) => event.id));
    for (const event of events) {
      this.#waiting.add(event.id);
      this.#put(event, touched);
    }
    return touched;
  }

  /** The server has answered an act: what it became takes the place of what was expected. */
  settle(act: Id, events: readonly Event[]): Set<Id> {
    const touched = new Set<Id>();
    const expected = (this.#expected.get(act) ?? []).map((id) => this.#events.get(id)!);
    this.#expected.delete(act);
    for (const event of expected) {
      this.#waiting.delete(event.id);
      this.#forget(event, touched);
    }
    const before = new Map(expected.map((event) => [event.subject, event]));
    // A state that the server leaves out of a withdrawal is kept, so that it can be undone.
    const whole = events.map((event) => (event.gone === true ? { ...before.get(event.subject), ...event } : event));
    for (const subject of this.learn(whole)) touched.add(subject);
    return touched;
  }

  #put(event: Event, touched: Set<Id>): void {
    const known = this.#events.get(event.id);
    if (known !== undefined) {
      if (JSON.stringify(known) === JSON.stringify(event)) return;
      this.#forget(known, touched);
    }
    this.#events.set(event.id, event);
    into(this.#subjects, event.subject, event.id);
    for (const id of event.replaces) into(this.#replacing, id, event.id);
    if (event.suggestion !== undefined) into(this.#answers, event.suggestion, event.subject);
    this.#touch(event, touched);
  }

  #forget(event: Event, touched: Set<Id>): void {
    this.#events.delete(event.id);
    outOf(this.#subjects, event.subject, event.id);
    for (const id of event.replaces) outOf(this.#replacing, id, event.id);
    this.#touch(event, touched);
  }

  #touch(event: Event, touched: Set<Id>): void {
    this.#of.delete(event.subject);
    touched.add(event.subject);
    if (event.suggestion !== undefined) touched.add(event.suggestion);
  }
}

function into(sets: Map<Id, Set<Id>>, key: Id, value: Id): void {
  const found = sets.get(key);
  if (found) found.add(value);
  else sets.set(key, new Set([value]));
}

function outOf(sets: Map<Id, Set<Id>>, key: Id, value: Id): void {
  const found = sets.get(key);
  found?.delete(value);
  if (found?.size === 0) sets.delete(key);
}
