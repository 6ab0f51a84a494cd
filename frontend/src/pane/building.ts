/** When sheets are built: what is seen at once, what is near before it is seen, the rest while nothing else happens. */
import type { Page } from "./page";

/** Sheets are built when they are this near to what is seen. */
const NEAR = "60% 0px";
const FIRST = 2;
/** How long one turn of building may last, in ms, and when it begins. */
const TURN = 8;
const BEGINS = 60;

/** Build the sheets of a page; return how to stop. */
export function buildSheets(page: Page, scroller: HTMLElement, near: (sheet: number) => void): () => void {
  for (let sheet = 0; sheet < Math.min(FIRST, page.sheets.length); sheet++) page.build(sheet);
  const ranks = new Map<Element, number>(page.elements.map((element, rank) => [element, rank]));
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      const sheet = ranks.get(target)!;
      page.build(sheet);
      near(sheet);
    }
  }, { root: scroller, rootMargin: NEAR });
  for (const element of page.elements) seen.observe(element);
  let timer = window.setTimeout(function rest() {
    const until = performance.now() + TURN;
    let more = true;
    while (more && performance.now() < until) more = page.buildOne();
    if (more) timer = window.setTimeout(rest, 4);
  }, BEGINS);
  return () => {
    seen.disconnect();
    clearTimeout(timer);
  };
}
