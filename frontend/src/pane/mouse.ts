/** The mouse on the text: dragged it selects, clicked it points, and it never codes. */
import type { Page } from "./page";
import { caretAt } from "./page";
import type { Run } from "./runs";
import type { Selecting } from "./selecting";

export interface Heard {
  /** A run was clicked (undefined: bare text), at an offset if it is known. */
  click: (run: Run | undefined, offset: number | null) => void;
  over: (run: Run | undefined) => void;
  /** The button is up again: what waited can be drawn. */
  free: () => void;
}

/** What may follow the mouse: heard before anybody else, it finds selected what the mouse has selected. */
const NEXT = ["keydown", "pointerdown"];

/** Hear the mouse; return what stops hearing it. */
export function hearMouse(page: Page, scroller: HTMLElement, selecting: Selecting, heard: Heard): () => void {
  const press = (event: PointerEvent): void => {
    if (event.button !== 0 || (event.target as Element).closest("button") !== null) return;
    selecting.desk.pressed.value = selecting.pressed = true;
    // From inside what is selected, a browser would carry these words away: the mouse selects anew.
    if (!event.shiftKey) getSelection()?.removeAllRanges();
    scroller.focus({ preventScroll: true });
  };
  let released: (() => void) | null = null;
  const end = (): void => {
    const doing = released;
    released = null;
    doing?.();
  };
  const release = ({ clientX, clientY, altKey, target, type }: PointerEvent): void => {
    if (!selecting.pressed) return;
    released = () => {
      selecting.pressed = false;
      const selected = selecting.settle(altKey);
      const at = caretAt(clientX, clientY);
      if (!selected && type === "pointerup") {
        heard.click(page.runAt(target as Node), at && page.offsetOf(at.node, at.offset));
      }
      heard.free();
    };
    // The browser ends its selection after this event; a key typed at once may come before the timer.
    setTimeout(end);
  };
  const over = (event: PointerEvent): void => {
    if (!selecting.pressed) heard.over(page.runAt(event.target as Node));
  };
  const leave = (): void => heard.over(undefined);
  const { root } = page;
  const hearing = new AbortController();
  const { signal } = hearing;
  root.addEventListener("pointerdown", press, { signal });
  root.addEventListener("pointerover", over, { signal });
  root.addEventListener("pointerleave", leave, { signal });
  document.addEventListener("pointerup", release, { signal });
  document.addEventListener("pointercancel", release, { signal });
  for (const kind of NEXT) document.addEventListener(kind, end, { capture: true, signal });
  return () => hearing.abort();
}
