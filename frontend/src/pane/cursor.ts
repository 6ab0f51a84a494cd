/** Where the keyboard is in the text, and how it moves and extends. */
import type { Highlights } from "./highlights";
import type { Page } from "./page";
import type { Selecting } from "./selecting";
import type { Step, Steps, Stretch } from "./steps";

export class Cursor {
  /** Both ends of what is being selected; the second one moves. UTF-16 units. */
  #anchor = 0;
  #focus = 0;
  /** Whether it is seen. */
  visible = false;

  constructor(
    readonly page: Page,
    readonly steps: Steps,
    readonly selecting: Selecting,
    readonly highlights: Highlights,
    readonly say: (words: string) => void,
    readonly reveal: (offset: number) => void,
  ) {
    this.#anchor = this.#focus = steps.sentence(0)[0];
  }

  get at(): number {
    return this.selecting.units?.[0] ?? this.#focus;
  }

  get focus(): number {
    return this.#focus;
  }

  /** Go somewhere, selecting nothing. */
  put(offset: number): void {
    this.#anchor = this.#focus = offset;
  }

  move(step: Step, way: 1 | -1): void {
    const selected = this.selecting.units;
    const from = selected === null ? this.#focus : way > 0 ? selected[1] - 1 : selected[0];
    this.put(this.steps.go(step, from, way, step === "note" && way > 0));
    this.selecting.select(null);
    // Whoever goes on reading is no longer about what she has just coded.
    this.selecting.desk.pointed.value = null;
    this.show();
    this.say(this.#words(step === "word" ? this.#word() : this.steps.sentence(this.#focus)));
    this.reveal(this.#focus);
  }

  extend(step: Step, way: 1 | -1): void {
    this.#take();
    const grown = way > 0 ? this.#focus >= this.#anchor : this.#focus > this.#anchor;
    const to = this.steps.go(step, this.#focus, way, grown);
    this.#focus = way < 0 && grown ? Math.max(to, this.#anchor) : to;
    const [start, end] = [Math.min(this.#anchor, this.#focus), Math.max(this.#anchor, this.#focus)];
    this.selecting.select(start < end ? this.steps.clean(start, end, false) : null);
    this.show();
    this.reveal(Math.max(this.#focus - 1, 0));
  }

  /** Move or extend to an end of the paragraph. */
  edge(way: 1 | -1, extend: boolean): void {
    const [start, end] = this.steps.paragraph(this.#focus);
    if (extend) this.#take();
    this.#focus = way > 0 ? end : start;
    if (!extend) this.#anchor = this.#focus = way > 0 ? this.steps.go("word", end, -1, false) : start;
    const [from, to] = [Math.min(this.#anchor, this.#focus), Math.max(this.#anchor, this.#focus)];
    this.selecting.select(from < to ? this.steps.clean(from, to, false) : null);
    this.show();
    this.reveal(this.#focus);
  }

  selectSentence(): void {
    const [start, end] = this.steps.sentence(this.#focus);
    [this.#anchor, this.#focus] = [start, end];
    this.selecting.select(this.steps.clean(start, end, false));
    this.show();
  }

  /** Show where the keyboard is: its sentence and its word. */
  show(visible = true): void {
    this.visible = visible;
    const shown = visible && this.selecting.units === null;
    const range = ([start, end]: Stretch): Range | null => this.page.range(start, end);
    this.highlights.show("sentence", shown ? [range(this.steps.sentence(this.#focus))] : []);
    this.highlights.show("word", shown ? [range(this.#word())] : []);
  }

  /** Go on from what is selected, whoever selected it. */
  #take(): void {
    const selected = this.selecting.units;
    const known = [Math.min(this.#anchor, this.#focus), Math.max(this.#anchor, this.#focus)];
    if (selected === null) this.#anchor = this.#focus;
    else if (selected[0] !== known[0] || selected[1] !== known[1]) [this.#anchor, this.#focus] = selected;
  }

  #word(): Stretch {
    return [this.#focus, Math.max(this.steps.go("word", this.#focus, 1, true), this.#focus)];
  }

  #words([start, end]: Stretch): string {
    return this.steps.text.slice(start, end);
  }
}
