/** Words of the open note whose correction waits for an answer: marked in the page, and nowhere else. */
import { effect, signal } from "@preact/signals";

import { paneOf } from "../../pane/panes";
import type { Desk } from "../../state/desk";
import type { Correction } from "./wire";

const NAME = "cpit-correction";
/** Moved whenever a correction was asked for or decided here. */
export const decided = signal(0);

/** Mark them from now on, until the function returned is called. */
export function markWaiting(desk: Desk): () => void {
  let shown: Range[] = [];
  const clear = (): void => {
    for (const range of shown) CSS.highlights.get(NAME)?.delete(range);
    shown = [];
  };
  const stop = effect(() => {
    void decided.value;
    const note = desk.open.value?.note;
    clear();
    if (note === undefined || !("highlights" in CSS)) return;
    void desk.call("corrections", {}).then((all) => {
      const open = desk.open.peek();
      const page = paneOf(desk)?.page;
      if (open?.note !== note || page === undefined) return;
      clear();
      shown = ranges(all.filter((one) => one.state === "waiting" && one.source === note.source));
      for (const range of shown) highlight().add(range);

      function ranges(waiting: readonly Correction[]): Range[] {
        const { offsets } = open!;
        return waiting
          .map((one) => page!.range(offsets.unit(one.start), offsets.unit(one.end)))
          .filter((range) => range !== null);
      }
    }, () => undefined); // the list of corrections says what is wrong, when it is opened
  });
  return () => {
    stop();
    clear();
  };
}

function highlight(): Highlight {
  const known = CSS.highlights.get(NAME);
  if (known !== undefined) return known;
  const made = new Highlight();
  CSS.highlights.set(NAME, made);
  return made;
}
