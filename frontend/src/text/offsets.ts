/** Code points, as Python counts them, and UTF-16 units, as the browser does: the one place that knows both. */

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * Positions of one text in both counts.
 *
 * Texts without characters outside the basic plane, nearly all of them, cost nothing: the counts agree.
 */
export class Offsets {
  /** Unit offsets of the characters that take two units, in order. */
  readonly #pairs: readonly number[];
  /** Length in code points. */
  readonly length: number;

  constructor(readonly text: string) {
    const pairs: number[] = [];
    for (let at = 0; at + 1 < text.length; at++) {
      if (isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1))) pairs.push(at++);
    }
    this.#pairs = pairs;
    this.length = text.length - pairs.length;
  }

  /** Return the UTF-16 offset of a code point offset. */
  unit(point: number): number {
    if (this.#pairs.length === 0) return point;
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#pairs[middle]! - middle < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }

  /** Return the code point offset of a UTF-16 offset; inside a pair, that of the pair. */
  point(unit: number): number {
    if (this.#pairs.length === 0) return unit;
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#pairs[middle]! < unit) low = middle + 1;
      else high = middle;
    }
    return unit - low;
  }

  /** Return the words between two code point offsets. */
  slice(start: number, end: number): string {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}

interface Stretch {
  start: number;
  end: number;
}

/** Return where a stretch stands in a corrected text: all before it, or all after it, is the same; else null. */
export function carried({ start, end }: Stretch, before: Offsets, now: Offsets): Stretch | null {
  if (now.text.startsWith(before.slice(0, end))) return { start, end };
  const by = now.length - before.length;
  return now.text.endsWith(before.slice(start, before.length)) ? { start: start + by, end: end + by } : null;
}
