/** The quiet line in the margin: read up to here. */
import { _ } from "../words";
import type { Page } from "./page";

export class ReadMark {
  readonly #line: HTMLElement;

  constructor(readonly page: Page) {
    this.#line = document.createElement("span");
    this.#line.className = "pane-read";
    this.#line.setAttribute("role", "note");
  }

  /** Measure where the line stands, under the words that end at an offset (UTF-16 units); return what puts it there. */
  measure(through: number): () => void {
    const sheet = this.page.sheetAt(through - 1);
    const box = through <= 0 || !this.page.isSheetBuilt(sheet) ? null : this.page.rectangle(through - 1);
    if (box === null) return () => this.#line.remove();
    const frame = this.page.elements[sheet]!;
    const top = box.bottom - frame.getBoundingClientRect().top;
    return () => this.#stand(frame, top);
  }

  #stand(frame: HTMLElement, top: number): void {
    if (this.#line.parentElement !== frame) frame.append(this.#line);
    this.#line.dataset["words"] = _("read up to here");
    this.#line.setAttribute("aria-label", _("read up to here"));
    this.#line.style.top = `${top}px`;
  }
}
