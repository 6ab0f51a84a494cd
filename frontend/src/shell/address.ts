/** Where the person is, in the address of the page: Back goes back, a page read again shows the same. */
import { effect } from "@preact/signals";

import type { Desk, Place } from "../state/desk";

/** Return the address of a place: names and ids, never words. */
export function addressOf({ screen, source, at }: Place): string {
  const path = ["#", screen, ...(source === undefined ? [] : [source])].map(encodeURIComponent);
  path[0] = "#";
  return path.join("/") + (at === undefined ? "" : `?at=${at}`);
}

/** Return the place that an address tells; null when it tells none. */
export function placeOf(address: string): Place | null {
  const [path = "", query = ""] = address.split("?");
  const [mark, screen, source] = path.split("/");
  if (mark !== "#" || !screen) return null;
  const at = Number(new URLSearchParams(query).get("at") ?? NaN);
  return {
    screen: decodeURIComponent(screen),
    ...(source ? { source: decodeURIComponent(source) } : {}),
    ...(Number.isInteger(at) && at >= 0 ? { at } : {}),
  };
}

/** Follow the desk in the address, and the address at the desk; return how to stop. */
export function follow(desk: Desk): () => void {
  let begun = false;
  const first = desk.place.peek();
  const last = desk.kept<Place | null>("place", null);
  const stop = effect(() => {
    const place = desk.place.value;
    const notes = desk.notes.value;
    if (notes.length === 0) return;
    const begins = !begun;
    begun = true;
    // Whoever went elsewhere while the notes were read stays there.
    if (begins && (place === first || place.screen === "first")) {
      const wanted = placeOf(location.hash) ?? last.peek();
      const known = wanted?.source === undefined || notes.some((note) => note.source === wanted.source);
      if (wanted !== null && known) queueMicrotask(() => desk.go(wanted));
      return;
    }
    const address = addressOf(place);
    if (address !== location.hash) history.pushState(null, "", address);
    const { screen, source } = place;
    last.value = source === undefined ? { screen } : { screen, source };
  });
  const back = (): void => {
    const place = placeOf(location.hash);
    if (place !== null) desk.go(place);
  };
  window.addEventListener("popstate", back);
  return () => {
    stop();
    window.removeEventListener("popstate", back);
  };
}

/** Name the page after the note, for the tabs of the browser. */
export const entitle = (desk: Desk): (() => void) =>
  effect(() => {
    const note = desk.open.value?.note.title;
    const study = desk.hello.value?.study?.title;
    const title = [desk.place.value.screen === "reading" ? note : undefined, study].filter(Boolean).join(" · ");
    if (title !== "") document.title = title;
  });
