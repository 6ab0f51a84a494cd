/** A text whose matched letters are in bold: why it was found. */
import type { JSX } from "preact";

import type { Ranges } from "./fuzzy";

export function Highlighted({ text, ranges }: { text: string; ranges: Ranges }): JSX.Element {
  const pieces: (JSX.Element | string)[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    pieces.push(text.slice(at, start), <b>{text.slice(start, end)}</b>);
    at = end;
  }
  pieces.push(text.slice(at));
  return <>{pieces}</>;
}
