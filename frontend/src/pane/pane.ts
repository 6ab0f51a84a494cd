/** The open note: its page, what stands on it, what is selected, pointed at and moved. */
import { effect, signal } from "@preact/signals";

import { askedOf } from "../inspector/asked";
import { listOf } from "../notes/state";
import type { Desk, OpenNote, Pointed } from "../state/desk";
import { Bounds } from "./bounds";
import { buildSheets } from "./building";
import { Chips } from "./chips";
import { Cursor } from "./cursor";
import { Highlights } from "./highlights";
import { hueOf } from "./hues";
import { blocksOf, type Block } from "./layout";
import { hearMouse } from "./mouse";
import { Page } from "./page";
import { ReadMark } from "./readmark";
import type { Run } from "./runs";
import { Selecting } from "./selecting";
import { tied, under, type Span } from "./spans";
import { Standing } from "./standing";
import { Steps, type Step, type Stretch } from "./steps";

const FLASH = 1_600;

export class Pane {
  readonly steps: Steps;
  readonly page: Page;
  readonly standing: Standing;
  readonly chips: Chips;
  readonly selecting: Selecting;
  readonly cursor: Cursor;
  readonly bounds: Bounds;
  /** What screen readers are told. */
  readonly said = signal("");
  readonly #blocks: readonly Block[];
  readonly #highlights = new Highlights();
  readonly #mark: ReadMark;
  readonly #over = signal<Pointed>(null);
  /** Blocks to draw once the mouse is up. */
  readonly #late = new Set<number>();
  #decided: readonly string[] = [];
  readonly #stops: (() => void)[] = [];
  #frame = 0;
  #quiet = 0;

  constructor(
    readonly desk: Desk,
    readonly open: OpenNote,
    readonly scroller: HTMLElement,
    root: HTMLElement,
    play: ((seconds: number) => void) | null,
  ) {
    const { offsets, note } = open;
    this.#blocks = blocksOf(note.parts, offsets);
    this.steps = new Steps(note.text, this.#blocks, pairs(note.sentences.map((point) => offsets.unit(point))));
    this.standing = new Standing(desk, open, this.#blocks);
    this.page = this.#page(root, play);
    this.chips = new Chips(this.page, {
      marksOf: (block) => this.standing.marks(block),
      hueOf: (mark) => hueOf(desk, mark.of, mark.code),
      point: (mark) => this.point({ of: mark.of, subject: mark.subject }),
      over: (mark) => void (this.#over.value = mark && { of: mark.of, subject: mark.subject }),
      wait: () => this.#soon(),
    });
    const kept = desk.kept("whole words", true);
    const whole = (): boolean => kept.peek();
    this.selecting = new Selecting(desk, open, this.page, this.steps, this.#highlights, whole);
    this.cursor = new Cursor(
      this.page, this.steps, this.selecting, this.#highlights,
      (words) => void (this.said.value = words), (offset) => this.reveal(offset),
    );
    this.bounds = new Bounds(desk, open, this.page, this.steps, whole);
    this.#mark = new ReadMark(this.page);
    this.#watch();
    this.#listen();
    this.#stops.push(buildSheets(this.page, scroller, (sheet) => this.#near(sheet)));
  }

  stop(): void {
    this.desk.pressed.value = false;
    for (const stop of this.#stops) stop();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#quiet);
    this.#highlights.clear();
  }

  get pointed(): Span | undefined {
    const pointed = this.desk.pointed.peek();
    return pointed === null ? undefined : this.standing.get(pointed.subject);
  }

  /** Where the eye is: what is selected or pointed at, else the keyboard. */
  get here(): number {
    return this.selecting.units?.[0] ?? this.pointed?.start ?? this.cursor.at;
  }

  point(pointed: Pointed): void {
    const now = this.desk.pointed.peek();
    if (now?.subject !== pointed?.subject) this.desk.pointed.value = pointed;
  }

  /** Point at something and show it. */
  go(span: Span | undefined): void {
    this.point(span === undefined ? null : { of: span.of, subject: span.subject });
    if (span !== undefined) this.reveal(span.start);
  }

  /** Point at what is under an offset; again, at the next larger one. */
  cycle(offset: number): void {
    const found = under(this.standing.all, offset);
    const rank = found.findIndex((span) => span.subject === this.desk.pointed.peek()?.subject);
    const next = found[(rank + 1) % found.length];
    this.point(next === undefined ? null : { of: next.of, subject: next.subject });
  }

  /** Move the boundary that is held, and say where it is. */
  moveBound(step: Step, way: 1 | -1): void {
    this.bounds.move(step, way);
    this.said.value = this.bounds.said();
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

  /** Show a passage of the note (code points), or the sentence of a place, and draw the eye to it for a moment. */
  visit(at: number, end?: number): void {
    const offset = this.open.offsets.unit(at);
    this.reveal(offset, true);
    // Sheets above take their true height once they are seen.
    requestAnimationFrame(() => this.reveal(offset, true));
    this.cursor.put(offset);
    this.#highlights.show("flash", [
      end === undefined ? this.page.range(...this.steps.sentence(offset)) : this.page.range(offset, this.open.offsets.unit(end)),
    ]);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#highlights.show("flash", []), FLASH);
  }

  #page(root: HTMLElement, play: ((seconds: number) => void) | null): Page {
    const { standing } = this;
    standing.take(null);
    return new Page(root, {
      text: this.open.note.text,
      blocks: this.#blocks,
      spansOf: (rank) => standing.onBlock(rank),
      ink: (element, run) => standing.ink(element, run),
      key: (run) => standing.key(run),
      play,
    });
  }

  #watch(): void {
    const { desk, open } = this;
    const watches: (() => void)[] = [
      () => {
        void desk.codes.value;
        this.#redraw(this.standing.take(this.bounds.moving.value));
      },
      () => {
        void desk.selection.value;
        this.#focus();
      },
      () => this.#light(desk.pointed.value, new Set(
        [desk.pointed.value, this.#over.value]
          .flatMap((one) => [...tied(open.episodes.value, one)])
          .map((subject) => this.standing.shownFor(subject)),
      )),
      () => {
        void open.reading.value;
        this.#soon();
      },
      () => this.page.dim(listOf(desk).speaker.value),
      () => this.#hits(),
      () => this.#ruled([...askedOf(desk).value.decided.keys()]),
    ];
    for (const watch of watches) this.#stops.push(effect(watch));
  }

  /** Draw again what was decided, and what no longer is. */
  #ruled(subjects: readonly string[]): void {
    const { standing } = this;
    const ranks = [...this.#decided, ...subjects].flatMap((subject) => [...standing.ranks(standing.get(subject))]);
    this.#decided = subjects;
    this.#redraw(new Set(ranks));
  }

  #hits(): void {
    const { note, offsets } = this.open;
    const hits = listOf(this.desk).search.value.hits?.filter((hit) => hit.source === note.source && !hit.id) ?? [];
    const range = (start: number, end: number): Range | null => this.page.range(offsets.unit(start), offsets.unit(end));
    this.#highlights.show("hit", hits.map((hit) => range(hit.start, hit.end)));
  }

  #listen(): void {
    const { page, scroller, selecting } = this;
    const on = (target: EventTarget, kind: string, heard: () => void): void => {
      target.addEventListener(kind, heard);
      this.#stops.push(() => target.removeEventListener(kind, heard));
    };
    on(document, "selectionchange", () => selecting.follow());
    on(scroller, "focusin", () => this.#focus());
    // Tab reaches the chip that is nearest to the eye.
    on(scroller, "keydown", () => scroller === document.activeElement && this.chips.near(this.here));
    on(scroller, "focusout", () => setTimeout(() => this.#focus()));
    this.#stops.push(hearMouse(page, scroller, selecting, {
      click: (run, offset) => this.#click(run, offset),
      over: (run) => this.#hover(run),
      free: () => {
        this.#redraw(this.#late);
        this.#late.clear();
        this.desk.pressed.value = false;
      },
    }));
    const sizes = new ResizeObserver(() => {
      this.chips.placeAll();
      this.#soon();
    });
    sizes.observe(page.root);
    this.#stops.push(() => sizes.disconnect());
  }

  #near(sheet: number): void {
    this.chips.fill(sheet);
    this.chips.light(this.standing.lit, this.pointed?.subject ?? null);
  }

  #redraw(touched: Iterable<number>): void {
    const ranks = [...touched];
    if (this.selecting.pressed) {
      for (const rank of ranks) this.#late.add(rank);
      return;
    }
    if (ranks.length === 0) return;
    for (const rank of ranks) {
      if (this.page.redraw(rank)) this.selecting.stale = true;
      this.chips.refresh(rank);
    }
    this.chips.light(this.standing.lit, this.pointed?.subject ?? null);
    this.#soon();
  }

  /** Settle before the next frame, once for all that changes until then. */
  #soon(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#settle());
  }

  /** Measure all, then write all: writing between two measures would lay the page out each time. */
  #settle(): void {
    this.#frame = 0;
    if (this.selecting.stale) {
      this.#focus();
      this.#hits();
    }
    const through = this.open.offsets.unit(this.open.reading.peek().through);
    const writes = [this.chips.measure(), this.bounds.measure(this.pointed), this.#mark.measure(through)];
    for (const write of writes) write();
  }

  #light(pointed: Pointed, lit: ReadonlySet<string>): void {
    const { standing, page } = this;
    const before = standing.lit;
    standing.lit = lit;
    for (const subject of new Set([...before, ...lit])) {
      const span = before.has(subject) === lit.has(subject) ? undefined : standing.get(subject);
      for (const element of span === undefined ? [] : page.elementsOf(span.start, span.end)) {
        const run = page.runAt(element);
        if (run !== undefined && run.spans.length > 0) standing.wash(element, run);
      }
    }
    this.chips.light(lit, pointed && standing.shownFor(pointed.subject));
    const moving = this.bounds.moving.peek();
    if (moving !== null && moving.subject !== this.pointed?.subject) this.bounds.cancel();
    this.bounds.leave(this.pointed);
    this.#soon();
  }

  #hover(run: Run | undefined): void {
    const smallest = run === undefined ? undefined : under(run.spans, run.start)[0];
    if (smallest?.subject === this.#over.peek()?.subject) return;
    this.#over.value = smallest === undefined ? null : { of: smallest.of, subject: smallest.subject };
  }

  #click(run: Run | undefined, offset: number | null): void {
    if (offset !== null) this.cursor.put(offset);
    if (run === undefined || run.spans.length === 0) this.point(null);
    else this.cycle(run.start);
    this.cursor.show(false);
  }

  #focus(): void {
    this.selecting.show();
    // The keyboard is shown where it is once it is used, not after a click.
    this.cursor.show(this.scroller.matches(":focus-visible"));
  }
}

function pairs(flat: readonly number[]): Stretch[] {
  return Array.from({ length: flat.length >> 1 }, (_nothing, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}
