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

  /** Stand the line under the words that end at an offset (UTF-16 units); 0 takes it away. */
  show(through: number): void {
    const sheet = this.page.sheetAt(through - 1);
    if (through <= 0 || !this.page.isSheetBuilt(sheet)) return this.#line.remove();
    const box = this.page.rectangle(through - 1);
    if (box === null) return this.#line.remove();
    const frame = this.page.elements[sheet]!;
    if (this.#line.parentElement !== frame) frame.append(this.#line);
    this.#line.dataset["words"] = _("read up to here");
    this.#line.setAttribute("aria-label", _("read up to here"));
    this.#line.style.top = `${box.bottom - frame.getBoundingClientRect().top}px`;
  }
}
