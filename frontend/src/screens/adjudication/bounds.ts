/** The ends of a passage, moved word by word. */
import type { Offsets } from "../../text/offsets";
import type { Stretch } from "./pieces";

const WORD = /[\p{L}\p{N}\p{M}]+(?:(?:[-‐‑'’]|(?<=\p{N})[.,](?=\p{N}))[\p{L}\p{N}\p{M}]+)*[.,;:!?…»)]*/gu;

/** Return a passage with one of its ends a word further on, or back; it keeps one word at least. */
export function moved(offsets: Offsets, passage: Stretch, end: "start" | "end", way: 1 | -1): Stretch {
  const words = [...offsets.text.matchAll(WORD)].map((one) => ({
    start: offsets.point(one.index),
    end: offsets.point(one.index + one[0].length),
  }));
  const at = passage[end];
  const places = words.map((one) => one[end]);
  const to = way > 0 ? places.find((place) => place > at) : places.findLast((place) => place < at);
  if (to === undefined) return passage;
  const next = { ...passage, [end]: to };
  return next.start < next.end ? next : passage;
}

/** Return the words selected on the page, without the blanks around them; null when there are none. */
export function selected(offsets: Offsets): Stretch | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const ends = [unitOf(offsets, range.startContainer, range.startOffset), unitOf(offsets, range.endContainer, range.endOffset)];
  const [from, to] = ends;
  if (from == null || to == null || from >= to) return null;
  const words = offsets.text.slice(from, to);
  const start = from + words.length - words.trimStart().length;
  const end = to - (words.length - words.trimEnd().length);
  return start < end ? { start: offsets.point(start), end: offsets.point(end) } : null;
}

/** Return the UTF-16 offset of a place of the page, by the element that says where it starts. */
function unitOf(offsets: Offsets, node: Node, within: number): number | null {
  const piece = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-start]");
  if (!piece) return null;
  const start = offsets.unit(Number(piece.dataset["start"]));
  return node instanceof Element ? start + (within > 0 ? (piece.textContent?.length ?? 0) : 0) : start + within;
}
