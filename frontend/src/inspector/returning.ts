/** Where the keyboard goes when something beside the text is left: back to the text. */
import { answer } from "../commands";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Give the keyboard to the text, from any element of the workbench. */
export function toText(from: Element | null): void {
  const main = from?.closest(".cpit")?.querySelector<HTMLElement>("main");
  (main?.querySelector<HTMLElement>('[tabindex="0"]') ?? main)?.focus({ preventScroll: true });
}

/** By Escape, give the keyboard to the text, unless something else was to be left first. */
export function escaped(event: KeyboardEvent, first?: () => unknown): void {
  if (event.key !== "Escape") return;
  answer(event);
  if (first?.() !== true) toText(event.currentTarget as Element);
}

/** Give the keyboard back to the text when what had it goes away, and by Escape; returns what listens to that. */
export function useReturn<T extends HTMLElement>(changes: unknown): {
  box: { current: T | null };
  onFocusIn: () => void;
  onFocusOut: (event: FocusEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const box = useRef<T>(null);
  const had = useRef(false);
  useLayoutEffect(() => {
    if (had.current && (document.activeElement ?? document.body) === document.body) toText(box.current);
  }, [changes]);
  return {
    box,
    onFocusIn: () => { had.current = true; },
    onFocusOut: (event) => { if (event.relatedTarget) had.current = box.current?.contains(event.relatedTarget as Node) === true; },
    onKeyDown: escaped,
  };
}
