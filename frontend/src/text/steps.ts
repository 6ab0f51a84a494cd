/** Steps of the keyboard over a text: words and sentences before and after a place, in code points. */
import type { Stretch } from "../state/desk";
import type { Offsets } from "./offsets";

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’\u2011-][\p{L}\p{M}\p{N}]+)*/gu;
/** Far enough to hold any word. */
const AROUND = 400;

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter("fr", { granularity: "word" }) : null;

export class Steps {
  /** Sentences come from the server, which tells them by the rules of French. */
  constructor(private readonly offsets: Offsets, private readonly sentences: readonly number[]) {}

  /** Return the word that holds a place, else the next one; null after the last. */
  wordAt(point: number): Stretch | null {
    return this.#words(point).find((word) => word.end > point) ?? this.#beyond(point);
  }

  /** Return the end of the first word that ends after a place; the end of the text after the last. */
  nextWordEnd(point: number): number {
    return this.wordAt(point)?.end ?? this.offsets.length;
  }

  /** Return the start of the first word that begins after a place; the end of the text after the last. */
  nextWordStart(point: number): number {
    for (let word = this.wordAt(point); word !== null; word = this.wordAt(word.end)) {
      if (word.start > point) return word.start;
    }
    return this.offsets.length;
  }

  /** Return the start of the last word that begins before a place; 0 before the first. */
  previousWordStart(point: number): number {
    return this.#previous(point, (word) => word.start, 0);
  }

  /** Return the end of the last word that ends before a place; 0 before the first. */
  previousWordEnd(point: number): number {
    return this.#previous(point, (word) => word.end, 0);
  }

  /** Return the sentence that holds a place, else the next one, else the last; null without any. */
  sentenceAt(point: number): Stretch | null {
    const rank = this.#rank(point);
    return this.#sentence(rank < this.#count ? rank : this.#count - 1);
  }

  nextSentence(point: number): Stretch | null {
    const rank = this.#rank(point);
    const here = this.#sentence(rank);
    return here !== null && here.start > point ? here : this.#sentence(rank + 1);
  }

  previousSentence(point: number): Stretch | null {
    const rank = this.#rank(point);
    const here = this.#sentence(rank);
    return here !== null && here.start < point ? here : this.#sentence(rank - 1);
  }

  get #count(): number {
    return this.sentences.length >> 1;
  }

  /** Return the rank of the first sentence that ends after a place. */
  #rank(point: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sentences[2 * middle + 1]! <= point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sentence(rank: number): Stretch | null {
    if (rank < 0 || rank >= this.#count) return null;
    return { start: this.sentences[2 * rank]!, end: this.sentences[2 * rank + 1]! };
  }

  #previous(point: number, edge: (word: Stretch) => number, otherwise: number): number {
    for (let from = point; from >= 0; from -= AROUND) {
      const found = this.#words(from).map(edge).filter((place) => place < point).at(-1);
      if (found !== undefined) return found;
      if (from === 0) break;
    }
    return otherwise;
  }

  /** Words after a stretch where there are none near. */
  #beyond(point: number): Stretch | null {
    for (let from = point + AROUND; from < this.offsets.length + AROUND; from += AROUND) {
      const found = this.#words(Math.min(from, this.offsets.length)).find((word) => word.end > point);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** Words around a place, whole: the window is cut at white space. */
  #words(point: number): Stretch[] {
    const { text } = this.offsets;
    const unit = this.offsets.unit(Math.max(0, Math.min(point, this.offsets.length)));
    let start = Math.max(0, unit - AROUND);
    let end = Math.min(text.length, unit + AROUND);
    while (start > 0 && !/\s/.test(text[start]!)) start -= 1;
    while (end < text.length && !/\s/.test(text[end]!)) end += 1;
    return units(text.slice(start, end)).map(([first, last]) => ({
      start: this.offsets.point(start + first), end: this.offsets.point(start + last),
    }));
  }
}

function units(text: string): [number, number][] {
  if (segmenter === null) return [...text.matchAll(WORD)].map((found) => [found.index, found.index + found[0].length]);
  return [...segmenter.segment(text)]
    .filter((segment) => segment.isWordLike)
    .map(({ index, segment }) => [index, index + segment.length]);
}
