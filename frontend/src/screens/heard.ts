/** Keys are heard where the focus is: a screen takes it when it opens, and again when what had it goes away. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";

/** Return the element to be focused; `held` changes when what had the focus may have gone away. */
export function useHeard(held: string): RefObject<HTMLDivElement | null> {
  const screen = useRef<HTMLDivElement>(null);
  // After the shell, which focuses the screen as a whole.
  useEffect(() => queueMicrotask(() => screen.current?.focus({ preventScroll: true })), []);
  // Before anything else is typed.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) screen.current?.focus({ preventScroll: true });
  }, [held]);
  return screen;
}
