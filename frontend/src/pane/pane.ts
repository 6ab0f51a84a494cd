/** The open note: its page, what stands on it, what is selected, pointed at and moved. */
import { effect, signal, untracked } from "@preact/signals";

import type { Desk, OpenNote, Pointed } from "../state/desk";
import type { Id } from "../wire/note";
import { Bounds, type Moving } from "./bounds";
import { Chips } from "./chips";
import { Cursor } from "./cursor";
import { Highlights } from "./highlights";
import { hueOf } from "./hues";
import { draw } from "./ink";
import { Lanes } from "./lanes";
import { blockFrom, blocksOf, type Block } from "./layout";
import { episodeMark, markOf, type Mark } from "./marks";
import { caretAt, Page } from "./page";
import type { Run } from "./runs";
import { Selecting } from "./selecting";
import { inOrder, spansOf, tied, under, type Made, type Span } from "./spans";
import { Steps, type Step, type Stretch } from "./steps";

const NONE: readonly Span[] = [];
const MARGIN = "60% 0px";

export class Pane {
  readonly blocks: readonly Block[];
  readonly steps: Steps;
  readonly page: Page;
  readonly chips: Chips;
  readonly selecting: Selecting;
  readonly cursor: Cursor;
  readonly bounds: Bounds;
  readonly highlights = new Highlights();
  /** What screen readers are told. */
  readonly said = signal("");
  spans: readonly Span[] = [];

  readonly #lanes = new Lanes();
  readonly #made: Made = new WeakMap();
  #byBlock = new Map<number, Span[]>();
  #bySubject = new Map<Id, Span>();
  #episodes = new Map<number, Mark[]>();
  #lit: ReadonlySet<Id> = new Set();
  readonly #over = signal<Pointed>(null);
  readonly #late = new Set<number>();
  readonly #stops: (() => void)[] = [];
  #building = 0;

  constructor(
    readonly desk: Desk,
    readonly open: OpenNote,
    readonly scroller: HTMLElement,
    root: HTMLElement,
    play: ((seconds: number) => void) | null,
  ) {
    const { offsets, note } = open;
    this.blocks = blocksOf(note.parts, offsets);
    this.steps = new Steps(note.text, this.blocks, pairs(note.sentences.map((point) => offsets.unit(point))));
    this.#take(untracked(() => spansOf(open, this.#made)));
    this.page = new Page(root, {
      text: note.text,
      blocks: this.blocks,
      spansOf: (rank) => this.#byBlock.get(rank) ?? NONE,
      ink: (element, run) => this.#ink(element, run),
      key: (run) => this.#key(run),
      built: () => undefined,
      play,
    });
    this.chips = new Chips(this.page, {
      marksOf: (block) => this.#marks(block),
      hueOf: (mark) => hueOf(this.desk, mark.of, mark.code),
      point: (mark) => this.point({ of: mark.of, subject: mark.subject }),
      over: (mark) => void (this.#over.value = mark && { of: mark.of, subject: mark.subject }),
    });
    const whole = desk.kept("whole words", true);
    this.selecting = new Selecting(desk, open, this.page, this.steps, this.highlights, () => whole.peek());
    this.cursor = new Cursor(
      this.page, this.steps, this.selecting, this.highlights,
      (words) => void (this.said.value = words), (offset) => this.reveal(offset),
    );
    this.bounds = new Bounds(desk, open, this.page, this.steps, () => whole.peek());
    this.#listen();
    this.#watch();
    this.#start();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#building);
    this.chips.stop();
    this.highlights.clear();
  }

  get pointed(): Span | undefined {
    const { pointed } = this.desk;
    return pointed.peek() === null ? undefined : this.#bySubject.get(pointed.peek()!.subject);
  }

  point(pointed: Pointed): void {
    const now = this.desk.pointed.peek();
    if (now?.subject !== pointed?.subject) this.desk.pointed.value = pointed;
  }

  /** Point at what is under an offset; again, at the next larger one. */
  cycle(offset: number): void {
    const found = under(this.spans, offset);
    const rank = found.findIndex((span) => span.subject === this.desk.pointed.peek()?.subject);
    const next = found[(rank + 1) % found.length];
    this.point(next === undefined ? null : { of: next.of, subject: next.subject });
  }

  /** Where the eye is: what is selected or pointed at, else the keyboard. */
  get here(): number {
    return this.selecting.units?.[0] ?? this.pointed?.start ?? this.cursor.at;
  }

  /** Move the boundary that is held, and say where it is. */
  moveBound(step: Step, way: 1 | -1): void {
    this.bounds.move(step, way);
    this.said.value = this.bounds.said();
  }

  /** The suggestion after one, or the first one when it is the last. */
  after(span: Span): Span | undefined {
    const all = this.spans.filter((one) => one.of === "suggestion" && one !== span);
    return all.find((one) => inOrder(one, span) > 0) ?? all[0];
  }

  /** Point at something and show it. */
  go(span: Span | undefined): void {
    this.point(span === undefined ? null : { of: span.of, subject: span.subject });
    if (span !== undefined) this.reveal(span.start);
  }

  /** Point at the suggestion after (or before) what is pointed at, or after the keyboard. */
  suggestion(way: 1 | -1, from = this.pointed?.start ?? this.cursor.at): void {
    const all = this.spans.filter((span) => span.of === "suggestion");
    const known = all.findIndex((span) => span.subject === this.desk.pointed.peek()?.subject);
    const beyond = way > 0 ? all.find((span) => span.start >= from) : all.findLast((span) => span.start < from);
    const next = known >= 0 ? all[known + way] : (beyond ?? all.at(way > 0 ? 0 : -1));
    if (next !== undefined) this.go(next);
  }

  /** Scroll to an offset if it is out of sight. */
  reveal(offset: number, centred = false): void {
    const box = this.page.rectangle(offset);
    if (box === null) return;
    const frame = this.scroller.getBoundingClientRect();
    const [above, below] = [frame.top + 60 - box.top, box.bottom - frame.bottom + 90];
    if (centred && (above > 0 || below > 0)) this.scroller.scrollTop += box.top - frame.top - frame.height / 3;
    else if (above > 0) this.scroller.scrollTop -= above;
    else if (below > 0) this.scroller.scrollTop += below;
  }

  /** Show a place of the note (code points), and draw the eye to it for a moment. */
  visit(at: number): void {
    const offset = this.open.offsets.unit(at);
    this.page.build(this.page.sheetAt(offset));
    this.reveal(offset, true);
    requestAnimationFrame(() => this.reveal(offset, true));
    this.cursor.put(offset);
    const sentence = this.steps.sentence(offset);
    this.highlights.show("flash", [this.page.range(...sentence)]);
    const quiet = setTimeout(() => this.highlights.show("flash", []), 1600);
    this.#stops.push(() => clearTimeout(quiet));
  }

  /** Mark stretches of the text (code points) found by a search. */
  found(stretches: readonly Stretch[]): void {
    const { offsets } = this.open;
    this.highlights.show("hit", stretches.map(([start, end]) => this.page.range(offsets.unit(start), offsets.unit(end))));
  }

  #listen(): void {
    const { root } = this.page;
    const on = (target: EventTarget, kind: string, heard: (event: Event) => void): void => {
      target.addEventListener(kind, heard);
      this.#stops.push(() => target.removeEventListener(kind, heard));
    };
    on(root, "pointerdown", (event) => this.#press(event as PointerEvent));
    on(document, "pointerup", (event) => this.#release(event as PointerEvent));
    on(document, "pointercancel", (event) => this.#release(event as PointerEvent));
    on(document, "selectionchange", () => this.selecting.follow());
    on(this.scroller, "focusin", () => this.#focus());
    on(this.scroller, "focusout", () => setTimeout(() => this.#focus()));
    on(root, "pointerover", (event) => this.#hover(event.target as Node));
    on(root, "pointerleave", () => void (this.#over.value = null));
    const sizes = new ResizeObserver(() => {
      this.chips.placeAll();
      this.bounds.show(this.pointed);
    });
    sizes.observe(root);
    this.#stops.push(() => sizes.disconnect());
  }

  #watch(): void {
    const { desk, open } = this;
    this.#stops.push(
      effect(() => this.#update(spansOf(open, this.#made), this.bounds.moving.value, desk.codes.value)),
      effect(() => {
        desk.selection.value;
        this.selecting.show();
        this.cursor.show(this.#written());
      }),
      effect(() => {
        const lit = [desk.pointed.value, this.#over.value].flatMap((one) => [...tied(open.episodes.value, one)]);
        this.#light(new Set(lit));
        const moving = this.bounds.moving.peek();
        if (moving !== null && moving.subject !== desk.pointed.value?.subject) this.bounds.cancel();
        this.bounds.show(this.pointed);
      }),
    );
  }

  /** Build what is seen now, then the rest while nothing else happens. */
  #start(): void {
    for (let sheet = 0; sheet < Math.min(2, this.page.sheets.length); sheet++) this.page.build(sheet);
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        const sheet = this.page.elements.indexOf(entry.target as HTMLElement);
        this.page.build(sheet);
        this.chips.fill(sheet);
        this.chips.light(this.#lit, this.desk.pointed.peek()?.subject ?? null);
      }
    }, { root: this.scroller, rootMargin: MARGIN });
    for (const element of this.page.elements) seen.observe(element);
    this.#stops.push(() => seen.disconnect());
    const rest = (): void => {
      const until = performance.now() + 8;
      let more = true;
      while (more && performance.now() < until) more = this.page.buildOne();
      if (more) this.#building = window.setTimeout(rest, 4);
    };
    this.#building = window.setTimeout(rest, 60);
  }

  #update(spans: readonly Span[], moving: Moving | null, _codes: unknown): void {
    const before = this.#bySubject;
    this.#take(moving === null ? spans : moved(spans, moving));
    const touched = new Set<number>();
    for (const [subject, span] of this.#bySubject) {
      const old = before.get(subject);
      if (old !== span) for (const one of [span, old]) this.#ranks(one, touched);
    }
    for (const [subject, old] of before) if (!this.#bySubject.has(subject)) this.#ranks(old, touched);
    this.#tie(touched);
    if (this.selecting.pressed) for (const rank of touched) this.#late.add(rank);
    else this.#redraw(touched);
  }

  #take(spans: readonly Span[]): void {
    this.spans = spans;
    this.#lanes.take(spans);
    this.#bySubject = new Map(spans.map((span) => [span.subject, span]));
    this.#byBlock = new Map();
    for (const span of spans) {
      for (let rank = blockFrom(this.blocks, span.start); this.blocks[rank] && this.blocks[rank]!.start < span.end; rank++) {
        const known = this.#byBlock.get(rank);
        if (known === undefined) this.#byBlock.set(rank, [span]);
        else known.push(span);
      }
    }
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
    const all = [before, this.#episodes].flatMap((marks) => [...marks.keys()]);
    const same = (rank: number): boolean => JSON.stringify(before.get(rank)) === JSON.stringify(this.#episodes.get(rank));
    for (const rank of all) if (!same(rank)) touched.add(rank);
  }

  #ranks(span: Span | undefined, into: Set<number>): void {
    if (span === undefined) return;
    for (let rank = blockFrom(this.blocks, span.start); this.blocks[rank] && this.blocks[rank]!.start < span.end; rank++) {
      into.add(rank);
    }
  }

  #redraw(touched: Iterable<number>): void {
    const ranks = [...touched];
    if (ranks.length === 0 || this.page === undefined) return;
    for (const rank of ranks) {
      this.page.redraw(rank);
      this.chips.refresh(rank);
    }
    this.chips.light(this.#lit, this.desk.pointed.peek()?.subject ?? null);
    this.selecting.show();
    this.bounds.show(this.pointed);
  }

  #marks(block: number): Mark[] {
    const { start, end } = this.blocks[block]!;
    const here = this.#byBlock.get(block)?.filter((span) => start <= span.start && span.start < end) ?? [];
    const marks = here.map((span) => untracked(() => markOf(span, this.open, this.desk)));
    return [...(this.#episodes.get(block) ?? []), ...marks].sort((a, b) => a.start - b.start);
  }

  #key(run: Run): string {
    const bars = run.spans.map((span) => `${span.subject} ${span.pattern} ${hueOf(this.desk, span.of, span.code)} ${this.#lanes.lane(span.subject)}`);
    return [run.start, run.end, run.setting, ...bars].join("|");
  }

  #ink(element: HTMLElement, run: Run): void {
    draw(element, run.spans.map((span) => ({
      lane: this.#lanes.lane(span.subject), hue: hueOf(this.desk, span.of, span.code), pattern: span.pattern,
    })));
    this.#wash(element, run);
  }

  #wash(element: HTMLElement, run: Run): void {
    const lit = run.spans.find((span) => this.#lit.has(span.subject));
    element.classList.toggle("lit", lit !== undefined);
    if (lit !== undefined) element.style.setProperty("--lit", hueOf(this.desk, lit.of, lit.code));
  }

  #light(lit: ReadonlySet<Id>): void {
    const changed = [...this.#lit, ...lit].filter((subject) => this.#lit.has(subject) !== lit.has(subject));
    this.#lit = lit;
    for (const subject of changed) {
      const span = this.#bySubject.get(subject);
      if (span === undefined) continue;
      for (const element of this.page.elementsOf(span.start, span.end)) {
        const run = this.page.runAt(element);
        if (run !== undefined && run.spans.length > 0) this.#wash(element, run);
      }
    }
    this.chips.light(lit, this.desk.pointed.peek()?.subject ?? null);
  }

  #hover(node: Node): void {
    const run = this.page.runAt(node);
    if (run === undefined || this.selecting.pressed) return;
    const [smallest] = under(run.spans, run.start);
    this.#over.value = smallest === undefined ? null : { of: smallest.of, subject: smallest.subject };
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0 || (event.target as Element).closest("button") !== null) return;
    this.selecting.pressed = true;
    this.scroller.focus({ preventScroll: true });
  }

  #release(event: PointerEvent): void {
    if (!this.selecting.pressed) return;
    const { clientX, clientY, altKey, target } = event;
    // The browser ends its selection after this event.
    setTimeout(() => {
      this.selecting.pressed = false;
      const selected = this.selecting.settle(altKey);
      if (!selected && event.type === "pointerup") this.#click(target as Node, clientX, clientY);
      this.#redraw(this.#late);
      this.#late.clear();
    });
  }

  #click(target: Node, x: number, y: number): void {
    const at = caretAt(x, y);
    const offset = at && this.page.offsetOf(at.node, at.offset);
    if (offset !== null && offset !== undefined) this.cursor.put(offset);
    const run = this.page.runAt(target);
    if (run === undefined || run.spans.length === 0) this.point(null);
    else this.cycle(run.start);
    this.cursor.show(false);
  }

  #focus(): void {
    this.selecting.show();
    this.cursor.show(this.#written());
  }

  /** Whether the keyboard is in the text, rather than the mouse. */
  #written(): boolean {
    return this.scroller.matches(":focus-visible");
  }
}

function pairs(flat: readonly number[]): Stretch[] {
  return Array.from({ length: flat.length >> 1 }, (_nothing, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}

function moved(spans: readonly Span[], moving: Moving): Span[] {
  const { subject, start, end } = moving;
  return spans.map((span) => (span.subject === subject ? { ...span, start, end } : span)).sort(inOrder);
}
