/** The two ends of a coding, moved by mouse or by keyboard: shown at once, done when confirmed. */
import { signal } from "@preact/signals";

import { answer } from "../commands";
import { resize } from "../state/acts";
import type { CodingState, Desk, MemoState, OpenNote, ProposalState } from "../state/desk";
import type { Id } from "../wire/note";
import { _, fill } from "../words";
import { caretAt, type Page } from "./page";
import type { Span } from "./spans";
import type { Step, Steps } from "./steps";

export type Edge = "start" | "end";
type Held = CodingState | MemoState | ProposalState;

/** What is being moved, in UTF-16 units. */
export interface Moving {
  subject: Id;
  item: Held;
  start: number;
  end: number;
  edge: Edge;
}

/** Where a handle is to stand, in its sheet. */
interface Place {
  edge: Edge;
  frame: HTMLElement;
  left: number;
  top: number;
  height: number;
}

export class Bounds {
  readonly moving = signal<Moving | null>(null);
  readonly #handles: Record<Edge, HTMLElement>;
  #dragged: Edge | null = null;

  constructor(
    readonly desk: Desk,
    readonly open: OpenNote,
    readonly page: Page,
    readonly steps: Steps,
    readonly whole: () => boolean,
  ) {
    this.#handles = { start: this.#handle("start"), end: this.#handle("end") };
  }

  /** Begin to move an end of what is pointed at; return false when it cannot be. */
  begin(span: Span | undefined, edge: Edge): boolean {
    const held = span && movable(span);
    if (span === undefined || held === null || held === undefined) return false;
    const { moving } = this;
    if (moving.peek()?.subject === span.subject) moving.value = { ...moving.peek()!, edge };
    else moving.value = { subject: span.subject, item: held, start: span.start, end: span.end, edge };
    return true;
  }

  other(): void {
    const now = this.moving.peek();
    if (now !== null) this.moving.value = { ...now, edge: now.edge === "start" ? "end" : "start" };
  }

  move(step: Step, way: 1 | -1): void {
    const now = this.moving.peek();
    if (now === null) return;
    this.#to(this.steps.go(step, now[now.edge], way, now.edge === "end"));
  }

  confirm(): void {
    const now = this.moving.peek();
    if (now === null) return;
    const { start, end } = now;
    const point = (unit: number): number => this.open.offsets.point(unit);
    const stretch = { start: point(start), end: point(end) };
    if (stretch.start !== now.item.start || stretch.end !== now.item.end) {
      this.desk.perform([resize(this.desk, now.item, stretch)], _("Move a boundary"));
    }
    this.moving.value = null;
  }

  cancel(): void {
    this.moving.value = null;
  }

  /** Take away at once the handles of what is not pointed at any more: the mouse is for words again. */
  leave(pointed: Span | undefined): void {
    for (const handle of Object.values(this.#handles)) if (handle.dataset["subject"] !== pointed?.subject) handle.remove();
  }

  /** Measure where the handles of what is pointed at will stand; return what puts them there. */
  measure(span: Span | undefined): () => void {
    const held = span !== undefined && movable(span) !== null ? span : null;
    const stands = held === null ? [] : (["start", "end"] as const).map((edge) => this.#place(held, edge));
    return () => {
      for (const edge of ["start", "end"] as const) {
        const place = stands.find((one) => one?.edge === edge);
        if (held === null || place == null) this.#handles[edge].remove();
        else this.#stand(held, place);
      }
    };
  }

  #place({ start, end }: Span, edge: Edge): Place | null {
    const at = edge === "start" ? start : end;
    const sheet = this.page.sheetAt(edge === "start" ? at : at - 1);
    if (!this.page.isSheetBuilt(sheet)) return null;
    const frame = this.page.elements[sheet]!;
    const sign = this.page.rectangle(edge === "start" ? at : this.steps.go("sign", at, -1, false));
    if (sign === null) return null;
    const box = frame.getBoundingClientRect();
    return { edge, frame, left: (edge === "start" ? sign.left : sign.right) - box.left, top: sign.top - box.top, height: sign.height };
  }

  #stand(span: Span, { edge, frame, left, top, height }: Place): void {
    const handle = this.#handles[edge];
    const now = this.moving.peek();
    if (handle.parentElement !== frame) frame.append(handle);
    handle.style.left = `${left}px`;
    handle.style.top = `${top}px`;
    handle.style.height = `${height}px`;
    handle.classList.toggle("active", now?.edge === edge && now.subject === span.subject);
    handle.dataset["subject"] = span.subject;
    handle.onpointerdown = (event) => this.#grab(event, span, edge);
  }

  #handle(edge: Edge): HTMLElement {
    const handle = document.createElement("span");
    handle.className = `pane-handle ${edge}`;
    // The keyboard moves ends by commands: handles are for the mouse alone.
    handle.setAttribute("aria-hidden", "true");
    handle.title = edge === "start" ? _("Drag to move the start") : _("Drag to move the end");
    handle.addEventListener("pointermove", (event) => this.#drag(event));
    handle.addEventListener("pointerup", () => this.#release());
    handle.addEventListener("pointercancel", () => this.cancel());
    return handle;
  }

  #grab(event: PointerEvent, span: Span, edge: Edge): void {
    answer(event);
    if (!this.begin(span, edge)) return;
    this.#dragged = edge;
    this.#handles[edge].setPointerCapture(event.pointerId);
  }

  #drag(event: PointerEvent): void {
    if (this.#dragged === null || this.moving.peek() === null) return;
    const at = this.#pointed(event.clientX, event.clientY);
    const now = this.moving.peek()!;
    if (at === null) return;
    const [start, end] = this.#dragged === "start" ? [at, now.end] : [now.start, at];
    const clean = start < end ? this.steps.clean(start, end, this.whole() && !event.altKey) : null;
    if (clean !== null) this.#to(this.#dragged === "start" ? clean[0] : clean[1]);
  }

  #release(): void {
    if (this.#dragged === null) return;
    this.#dragged = null;
    this.confirm();
  }

  #pointed(x: number, y: number): number | null {
    const at = caretAt(x, y);
    return at && this.page.offsetOf(at.node, at.offset);
  }

  #to(at: number): void {
    const now = this.moving.peek();
    if (now === null || now[now.edge] === at) return;
    const next = { ...now, [now.edge]: at };
    if (next.start < next.end) this.moving.value = next;
  }

  /** What to say of where the ends are now. */
  said(): string {
    const now = this.moving.peek();
    if (now === null) return "";
    const words = this.steps.text.slice(now.start, now.end);
    const [first, last] = [words.slice(0, 30), words.slice(-30)];
    return fill(_("From “{first}” to “{last}”"), { first, last });
  }
}

/** Return what a span holds when its coder may move its ends, else null. */
export function movable(span: Span): Held | null {
  const { item } = span;
  return "mine" in item && item.mine && item.heads.length > 0 ? item : null;
}
