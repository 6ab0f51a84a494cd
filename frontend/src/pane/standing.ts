/** What stands on the note: its bars, the lanes they keep, the blocks and the chips they touch. */
import { untracked } from "@preact/signals";

import type { Desk, MemoState, OpenNote } from "../state/desk";
import type { Id } from "../wire/note";
import type { Moving } from "./bounds";
import { hueOf } from "./hues";
import { draw } from "./ink";
import { Lanes } from "./lanes";
import { blockFrom, type Block } from "./layout";
import { episodeMark, markOf, type Mark } from "./marks";
import type { Run } from "./runs";
import { inOrder, remarksOf, spansOf, type Made, type Span } from "./spans";

const NONE: readonly Span[] = [];

export class Standing {
  all: readonly Span[] = [];
  /** What is washed: pointed at, or under the pointer. */
  lit: ReadonlySet<Id> = new Set();
  readonly #lanes = new Lanes();
  readonly #made: Made = new WeakMap();
  #byBlock = new Map<number, Span[]>();
  #bySubject = new Map<Id, Span>();
  #episodes = new Map<number, Mark[]>();
  #remarks = new Map<Id, readonly MemoState[]>();
  /** The coding that a memo is told with. */
  #with = new Map<Id, Id>();

  constructor(readonly desk: Desk, readonly open: OpenNote, readonly blocks: readonly Block[]) {}

  get(subject: Id): Span | undefined {
    return this.#bySubject.get(this.#with.get(subject) ?? subject);
  }

  /** What is washed for something: a memo is told with its coding. */
  shownFor(subject: Id): Id {
    return this.#with.get(subject) ?? subject;
  }

  onBlock(rank: number): readonly Span[] {
    return this.#byBlock.get(rank) ?? NONE;
  }

  /** Take what stands now; return the blocks that it changes. Reads the signals of the note. */
  take(moving: Moving | null): Set<number> {
    const before = this.#bySubject;
    const remarked = this.#remark();
    const found = spansOf(this.open, this.#made).filter((span) => !this.#with.has(span.subject));
    this.all = moving === null ? found : moved(found, moving);
    this.#lanes.take(this.all);
    this.#bySubject = new Map(this.all.map((span) => [span.subject, span]));
    this.#seat();
    const touched = new Set<number>();
    for (const [subject, span] of this.#bySubject) {
      const old = before.get(subject);
      if (old !== span) for (const one of [span, old]) for (const rank of this.ranks(one)) touched.add(rank);
    }
    for (const [subject, old] of before) {
      if (!this.#bySubject.has(subject)) for (const rank of this.ranks(old)) touched.add(rank);
    }
    for (const subject of remarked) for (const rank of this.ranks(this.#bySubject.get(subject))) touched.add(rank);
    this.#tie(touched);
    return touched;
  }

  /** Marks of a block, in the order of the text. */
  marks(block: number): Mark[] {
    const { start, end } = this.blocks[block]!;
    const here = this.onBlock(block).filter((span) => start <= span.start && span.start < end);
    const marks = here.map((span) => untracked(() => markOf(span, this.#remarks.get(span.subject) ?? [], this.open, this.desk)));
    return [...(this.#episodes.get(block) ?? []), ...marks].sort((a, b) => a.start - b.start);
  }

  /** What tells two drawings of one run apart. */
  key(run: Run): string {
    const bars = run.spans.map((span) => [span.subject, span.pattern, this.#hue(span), this.#lanes.lane(span.subject)].join(" "));
    return [run.start, run.end, run.setting, ...bars].join("|");
  }

  ink(element: HTMLElement, run: Run): void {
    draw(element, run.spans.map((span) => ({
      lane: this.#lanes.lane(span.subject), hue: this.#hue(span), pattern: span.pattern,
    })));
    this.wash(element, run);
  }

  wash(element: HTMLElement, run: Run): void {
    const lit = run.spans.find((span) => this.lit.has(span.subject));
    element.classList.toggle("lit", lit !== undefined);
    if (lit !== undefined) element.style.setProperty("--lit", this.#hue(lit));
  }

  /** Ranks of the blocks that a span covers. */
  *ranks(span: Span | undefined): Generator<number> {
    if (span === undefined) return;
    let rank = blockFrom(this.blocks, span.start);
    for (; rank < this.blocks.length && this.blocks[rank]!.start < span.end; rank++) yield rank;
  }

  #hue(span: Span): string {
    return hueOf(this.desk, span.of, span.code);
  }

  #seat(): void {
    this.#byBlock = new Map();
    for (const span of this.all) {
      for (const rank of this.ranks(span)) {
        const known = this.#byBlock.get(rank);
        if (known === undefined) this.#byBlock.set(rank, [span]);
        else known.push(span);
      }
    }
  }

  /** Tie memos to the codings whose passage they share; return the codings for which this changes. */
  #remark(): Id[] {
    const before = this.#remarks;
    this.#remarks = remarksOf(this.open);
    this.#with = new Map([...this.#remarks].flatMap(([coding, memos]) => memos.map((memo) => [memo.subject, coding] as const)));
    const same = (subject: Id): boolean => {
      const [old, now] = [before.get(subject) ?? [], this.#remarks.get(subject) ?? []];
      return old.length === now.length && old.every((memo, i) => memo === now[i]);
    };
    return [...new Set([...before.keys(), ...this.#remarks.keys()])].filter((subject) => !same(subject));
  }

  /** Marks of episodes, by the block of their first coding; blocks where they changed are touched. */
  #tie(touched: Set<number>): void {
    const before = this.#episodes;
    this.#episodes = new Map();
    for (const episode of this.open.episodes.value) {
      const mark = episodeMark(episode, this.#bySubject);
      if (mark === null) continue;
      const rank = blockFrom(this.blocks, mark.start);
      this.#episodes.set(rank, [...(this.#episodes.get(rank) ?? []), mark]);
    }
    const said = (marks: Map<number, Mark[]>, rank: number): string => JSON.stringify(marks.get(rank));
    for (const rank of [...before.keys(), ...this.#episodes.keys()]) {
      if (said(before, rank) !== said(this.#episodes, rank)) touched.add(rank);
    }
  }
}

function moved(spans: readonly Span[], moving: Moving): Span[] {
  const { subject, start, end } = moving;
  return spans.map((span) => (span.subject === subject ? { ...span, start, end } : span)).sort(inOrder);
}
