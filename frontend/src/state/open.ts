/** The note being read: its events folded, item by item, into what the screens show. */
import { batch, signal, type Signal } from "@preact/signals";

import { Offsets } from "../text/offsets";
import type { Act, Done } from "../wire/acts";
import type { Event, Id, Note } from "../wire/note";
import type { OpenNote } from "./desk";
import { inOrder, isShown, item, shown, type Items, type Seen, type Shown } from "./items";
import { Record } from "./record";

type Lists = { [S in Shown]: Signal<readonly Items[S][]> };

const NOTHING_READ = { subject: "", seen: [], through: 0, finished: false };

export class Opened implements OpenNote {
  readonly offsets: Offsets;
  readonly record: Record;
  readonly codings: Lists["coding"];
  readonly memos: Lists["memo"];
  readonly proposals: Lists["proposal"];
  readonly episodes: Lists["episode"];
  readonly suggestions: Lists["suggestion"];
  readonly reading = signal<{ subject: Id; seen: readonly Id[]; through: number; finished: boolean }>(NOTHING_READ);

  readonly #items: { [S in Shown]: Map<Id, Items[S]> } = {
    coding: new Map(), memo: new Map(), proposal: new Map(), episode: new Map(), suggestion: new Map(),
  };
  readonly #lists: Lists = {
    coding: signal([]), memo: signal([]), proposal: signal([]), episode: signal([]), suggestion: signal([]),
  };
  /** Codings of each episode, and the episode of each coding. */
  readonly #linked = new Map<Id, readonly Id[]>();
  readonly #episodes = new Map<Id, Id>();

  constructor(readonly note: Note, coder: string, grid: string, private readonly others: readonly string[], freshReading: Id) {
    this.offsets = new Offsets(note.text);
    this.record = new Record(coder, grid);
    ({
      coding: this.codings, memo: this.memos, proposal: this.proposals, episode: this.episodes,
      suggestion: this.suggestions,
    } = this.#lists);
    this.reading.value = { ...NOTHING_READ, subject: freshReading };
    this.#renew(this.record.learn(note.events));
  }

  /** Whether an act is about this note. */
  concerns(act: Act): boolean {
    return "source" in act ? act.source === this.note.source : this.#knows(act.subject);
  }

  /** Whether an event is about this note; those without a passage say so by their subject. */
  bears(event: Event): boolean {
    if (event.source !== undefined) return event.source === this.note.source;
    return this.#knows(event.subject) || (event.suggestion !== undefined && this.#knows(event.suggestion));
  }

  #knows(subject: Id): boolean {
    return this.record.heads(subject).length > 0;
  }

  learn(events: readonly Event[]): void {
    this.#renew(this.record.learn(events));
  }

  expect(act: Act): void {
    this.#renew(this.record.expect(act));
  }

  settle(done: Done): void {
    this.#renew(this.record.settle(done.act, done.events));
  }

  #seen(): Seen {
    return {
      coder: this.record.coder,
      waits: (event) => this.record.waits(event),
      episode: (coding) => this.#episodes.get(coding) ?? null,
    };
  }

  #renew(subjects: Iterable<Id>): void {
    const touched = new Set(subjects);
    for (const subject of [...touched]) for (const coding of this.#link(subject)) touched.add(coding);
    const stale = new Set<Shown>();
    for (const subject of touched) this.#place(subject, stale);
    batch(() => {
      for (const of of stale) this.#sort(of);
    });
  }

  /** Follow an episode to its codings; return those whose episode changes. */
  #link(subject: Id): Id[] {
    const head = shown(this.record.heads(subject));
    const before = this.#linked.get(subject) ?? [];
    if (before.length === 0 && head?.of !== "episode") return [];
    const now = head === undefined || head.gone === true || this.#hidden(head) ? [] : (head.codings ?? []);
    for (const coding of before) if (this.#episodes.get(coding) === subject) this.#episodes.delete(coding);
    for (const coding of now) this.#episodes.set(coding, subject);
    this.#linked.set(subject, now);
    return [...before, ...now];
  }

  #place(subject: Id, stale: Set<Shown>): void {
    const heads = this.record.heads(subject);
    const head = shown(heads);
    if (head?.of === "reading") this.#read(heads);
    const of = head !== undefined && isShown(head.of) ? head.of : this.#kindOf(subject);
    if (of === null) return;
    const items: Map<Id, Items[Shown]> = this.#items[of];
    const away = head === undefined || this.#hidden(head) || (of === "suggestion" && this.#answered(subject));
    const found = away ? null : item(heads, this.#seen());
    const known = items.get(subject);
    if (found === null) {
      if (items.delete(subject)) stale.add(of);
    } else if (known === undefined || !same(known, found)) {
      items.set(subject, found);
      stale.add(of);
    }
  }

  #kindOf(subject: Id): Shown | null {
    for (const of of Object.keys(this.#items) as Shown[]) if (this.#items[of].has(subject)) return of;
    return null;
  }

  #hidden(head: Event): boolean {
    return head.of !== "suggestion" && head.coder !== this.record.coder && !this.others.includes(head.coder);
  }

  #answered(suggestion: Id): boolean {
    return Boolean(this.record.answers(suggestion)[0]?.answer);
  }

  #read(heads: readonly Event[]): void {
    const mine = heads.filter((event) => event.coder === this.record.coder);
    if (mine[0] === undefined) return;
    const through = Math.max(...mine.map((event) => event.through ?? 0));
    const finished = mine.some((event) => event.finished === true);
    this.reading.value = { subject: mine[0].subject, seen: mine.map((event) => event.id), through, finished };
  }

  #sort<S extends Shown>(of: S): void {
    const items: Iterable<Items[S]> = this.#items[of].values();
    (this.#lists[of] as Signal<readonly Items[S][]>).value = [...items].sort(inOrder);
  }
}

/** Whether nothing that is seen has changed. */
function same(one: Items[Shown], other: Items[Shown]): boolean {
  const heads = one.heads.length === other.heads.length && one.heads.every((event, rank) => event === other.heads[rank]);
  if (!heads) return false;
  return !("episode" in one) || (one.episode === (other as typeof one).episode && one.waiting === (other as typeof one).waiting);
}
