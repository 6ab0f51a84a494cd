/** Chips of the margin: one line each, a button each, beside the line that they are about. */
import { answer, wayOf } from "../commands";
import { escaped } from "../inspector/returning";
import type { Id } from "../wire/note";
import type { Mark } from "./marks";
import type { Page } from "./page";
import { placed } from "./placing";

/** Height of a chip and the gap under it. */
const HEIGHT = 21;
/** Under this width the style sheet folds chips under their block. */
const FOLDED = 600;

export interface Margin {
  /** Marks of a block, in order. */
  marksOf: (block: number) => readonly Mark[];
  hueOf: (mark: Mark) => string;
  point: (mark: Mark) => void;
  over: (mark: Mark | null) => void;
  /** Called when chips are to be measured and placed, before the next frame. */
  wait: () => void;
}

interface Plan {
  chips: readonly Chip[];
  tops: readonly number[];
}

interface Chip {
  button: HTMLButtonElement;
  start: number;
  key: string;
}

/** The chips of the sheets that have been near the eye. */
export class Chips {
  readonly #chips = new Map<number, Map<Id, Chip>>();
  readonly #filled = new Set<number>();
  readonly #moved = new Set<number>();
  readonly #tops = new WeakMap<HTMLElement, number>();
  /** The one that Tab reaches. */
  #stop: HTMLElement | undefined;

  constructor(readonly page: Page, readonly margin: Margin) {}

  /** Fill the margin of a sheet, and place it once painted. */
  fill(sheet: number): void {
    if (!this.#filled.has(sheet)) {
      this.#filled.add(sheet);
      for (const group of this.page.sheets[sheet]?.groups ?? []) {
        for (let block = group.first; block <= group.last; block++) this.refresh(block);
      }
    }
    this.place(sheet);
  }

  /** Take what stands on a block now. */
  refresh(block: number): void {
    const host = this.page.marks(block);
    const sheet = this.page.sheetOf(block);
    if (host === undefined || !this.#filled.has(sheet)) return;
    const known = this.#chips.get(block) ?? new Map<Id, Chip>();
    const marks = this.margin.marksOf(block);
    const kept = new Map<Id, Chip>();
    for (const mark of marks) kept.set(mark.subject, this.#chip(mark, known.get(mark.subject)));
    for (const [subject, chip] of known) if (kept.get(subject) !== chip) chip.button.remove();
    let at: ChildNode | null = host.firstChild;
    for (const { button } of kept.values()) {
      if (button === at) at = at.nextSibling;
      else host.insertBefore(button, at);
    }
    this.#chips.set(block, kept);
    if (!this.#stop?.isConnected) this.near(0);
    this.place(sheet);
  }

  /** Say which ones are lit, and which one is pointed at. */
  light(lit: ReadonlySet<Id>, pointed: Id | null): void {
    for (const chips of this.#chips.values()) {
      for (const [subject, { button }] of chips) {
        button.classList.toggle("lit", lit.has(subject));
        const is = String(subject === pointed);
        if (button.getAttribute("aria-pressed") !== is) button.setAttribute("aria-pressed", is);
      }
    }
  }

  /** Let Tab reach one chip alone: the nearest to an offset. */
  near(offset: number): void {
    const all = [...this.#chips.values()].flatMap((chips) => [...chips.values()]);
    const far = ({ start }: Chip): number => Math.abs(start - offset);
    this.#stopAt(all.sort((one, other) => far(one) - far(other))[0]?.button);
  }

  #stopAt(button: HTMLElement | undefined): void {
    if (this.#stop) this.#stop.tabIndex = -1;
    if (button) button.tabIndex = 0;
    this.#stop = button;
  }

  /** Arrows go from chip to chip, Escape back to the text. */
  #keyed(event: KeyboardEvent): void {
    const all = [...this.page.root.querySelectorAll<HTMLElement>(".pane-chip")];
    const by = wayOf(event);
    if (!by) return escaped(event);
    all[all.indexOf(event.currentTarget as HTMLElement) + by]?.focus();
    answer(event);
  }

  /** Place the chips of a sheet at the next frame. */
  place(sheet: number): void {
    this.#moved.add(sheet);
    this.margin.wait();
  }

  placeAll(): void {
    for (const sheet of this.#filled) this.place(sheet);
  }

  /** Measure where chips that wait will stand; return what puts them there. */
  measure(): () => void {
    const sheets = [...this.#moved];
    this.#moved.clear();
    const folded = (this.page.root.parentElement?.clientWidth ?? 0) <= FOLDED;
    const plans = folded ? [] : sheets.map((sheet) => this.#plan(sheet));
    return () => this.#place(plans);
  }

  #place(plans: readonly Plan[]): void {
    for (const plan of plans) {
      plan.tops.forEach((top, i) => {
        const { button } = plan.chips[i]!;
        if (this.#tops.get(button) === top) return;
        button.style.top = `${top}px`;
        this.#tops.set(button, top);
      });
    }
  }

  #plan(sheet: number): Plan {
    const frame = this.page.elements[sheet]!.getBoundingClientRect();
    const chips: Chip[] = [];
    for (const group of this.page.sheets[sheet]!.groups) {
      for (let block = group.first; block <= group.last; block++) chips.push(...(this.#chips.get(block)?.values() ?? []));
    }
    const lines = new Map<number, number>();
    const wishes = chips.map(({ start }) => {
      if (!lines.has(start)) {
        const line = this.page.rectangle(start);
        lines.set(start, line === null ? 0 : Math.round(line.top - frame.top + (line.height - HEIGHT) / 2));
      }
      return lines.get(start)!;
    });
    return { chips, tops: placed(wishes, HEIGHT, Math.floor(frame.height)) };
  }

  #chip(mark: Mark, known: Chip | undefined): Chip {
    const hue = this.margin.hueOf(mark);
    const key = JSON.stringify([mark, hue]);
    if (known?.key === key) return known;
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.className = `pane-chip ${mark.of} ${mark.mine ? "mine" : "other"}${mark.tied ? " tied" : ""}`;
    button.dataset["subject"] = mark.subject;
    button.setAttribute("aria-label", mark.said);
    button.setAttribute("aria-pressed", "false");
    button.title = mark.said;
    button.style.setProperty("--chip-hue", hue);
    const parts: [string, string][] = [
      ...(mark.code ? [["code", mark.code] as [string, string]] : []),
      ...mark.signs.map((sign): [string, string] => ["sign", sign.mark]),
      ["name", mark.words],
      ...(mark.coder ? [["coder", mark.coder] as [string, string]] : []),
    ];
    for (const [kind, words] of parts) {
      const part = button.appendChild(document.createElement("span"));
      part.className = `chip-${kind}`;
      part.textContent = words;
    }
    button.addEventListener("click", () => this.margin.point(mark));
    button.addEventListener("focus", () => this.#stopAt(button));
    button.addEventListener("keydown", (event) => this.#keyed(event));
    for (const kind of ["pointerenter", "focus"]) button.addEventListener(kind, () => this.margin.over(mark));
    for (const kind of ["pointerleave", "blur"]) button.addEventListener(kind, () => this.margin.over(null));
    return { button, start: mark.start, key };
  }
}
