/** The regions of the page: one key goes round those in sight. */
import { toText } from "../inspector/returning";
import type { Desk } from "../state/desk";
import { uncover } from "./narrow";

const REGIONS = [".cpit-navigation", ".cpit-notes", "main", ".cpit-codes", ".cpit-inspector"];
/** Where the keyboard enters a region, the best first. */
const ENTRIES = ["[tabindex='0']", "[aria-current], .cpit-search-field", "button, input, textarea, summary"];

/** Go to the next region in sight, or to the one before. */
export function goRound(desk: Desk, by: 1 | -1): void {
  const here = document.activeElement;
  const root = here?.closest(".cpit") ?? document.querySelector(".cpit");
  const shown = REGIONS.flatMap((name) => root?.querySelector(name) ?? []);
  const at = shown.findIndex((region) => region.contains(here));
  for (let step = 1; step < shown.length; step++) {
    if (enter(desk, shown.at((at + step * by) % shown.length)!)) return;
  }
}

/** Give the keyboard to a region; return whether it took it. */
function enter(desk: Desk, region: Element): boolean {
  if (region.localName === "main") {
    uncover(desk);
    toText(region);
    return true;
  }
  return ENTRIES.some((entry) => [...region.querySelectorAll<HTMLElement>(entry)].some((one) => {
    one.focus();
    return region.contains(document.activeElement);
  }));
}
