/** Steps of the keyboard and edges of the mouse: signs, words, sentences, paragraphs. */
import { blockFrom, type Block } from "./layout";

export type Step = "sign" | "word" | "sentence" | "paragraph" | "note";
export type Stretch = readonly [start: number, end: number];

const WORD = new RegExp(
  [
    "(?:aujourd|quelqu|prud|presqu)['’]\\p{L}+",
    // « l’ » is a word of its own, its apostrophe with it.
    "[\\p{L}\\p{N}\\p{M}]+(?:(?:[-‐‑·]|(?<=\\p{N})[.,](?=\\p{N}))[\\p{L}\\p{N}\\p{M}]+)*(?:['’](?=\\p{L}))?",
    "\\p{RI}\\p{RI}",
    "\\p{Extended_Pictographic}[\\p{M}\\p{Emoji_Modifier}\\p{Extended_Pictographic}\\u200d\\ufe0f]*",
  ].join("|"),
  "giu",
);
const SIGNS = new Intl.Segmenter("fr", { granularity: "grapheme" });

/** The steps of one note, in UTF-16 units. */
export class Steps {
  readonly #words = new Map<number, Stretch[]>();

  constructor(
    readonly text: string,
    readonly blocks: readonly Block[],
    readonly sentences: readonly Stretch[],
  ) {}

  /** The sentence at an offset, or the next one, or the last one. */
  sentence(at: number): Stretch {
    const rank = after(this.sentences, at);
    return this.sentences[Math.min(rank, this.sentences.length - 1)] ?? [0, this.text.length];
  }

  paragraph(at: number): Stretch {
    const block = this.blocks[Math.min(blockFrom(this.blocks, at), this.blocks.length - 1)];
    return block === undefined ? [0, this.text.length] : [block.start, block.end];
  }

  /** Words of one block, found when first asked for. */
  words(rank: number): readonly Stretch[] {
    let words = this.#words.get(rank);
    if (words === undefined) {
      const block = this.blocks[rank]!;
      const found = this.text.slice(block.start, block.end).matchAll(WORD);
      words = [...found].map((one) => [block.start + one.index, block.start + one.index + one[0].length]);
      this.#words.set(rank, words);
    }
    return words;
  }

  /** Return where one step leads: `ends` stops where units end rather than where they start. */
  go(step: Step, at: number, way: 1 | -1, ends: boolean): number {
    const side = ends ? 1 : 0;
    if (step === "note") return way > 0 ? (this.blocks.at(-1)?.end ?? 0) : (this.blocks[0]?.start ?? 0);
    if (step === "sentence") return next(this.sentences.map((one) => one[side]), at, way) ?? at;
    if (step === "paragraph") {
      return next(this.blocks.map((one) => (ends ? one.end : one.start)), at, way) ?? at;
    }
    const units = step === "word" ? (rank: number) => this.words(rank) : (rank: number) => this.#signs(rank);
    let rank = Math.min(blockFrom(this.blocks, at), this.blocks.length - 1);
    if (way < 0 && this.blocks[rank] !== undefined && this.blocks[rank]!.start >= at) rank--;
    for (; rank >= 0 && rank < this.blocks.length; rank += way) {
      const found = next(units(rank).map((one) => one[side]), at, way);
      if (found !== undefined) return found;
    }
    return at;
  }

  /**
   * Return a selection with clean edges, or null when nothing is written in it.
   *
   * Never in the middle of a sign (an emoji, a letter and its accent), no blank at either end; with
   * `whole`, words that it touches are taken whole.
   */
  clean(start: number, end: number, whole: boolean): Stretch | null {
    const words = this.text.slice(start, end);
    if (!/\S/.test(words)) return null;
    let from = this.#sign(start + words.search(/\S/))[0];
    let to = this.#sign(start + words.trimEnd().length - 1)[1];
    if (whole) {
      from = this.#word(from)?.[0] ?? from;
      to = this.#word(to - 1)?.[1] ?? to;
    }
    return [from, to];
  }

  #signs(rank: number): Stretch[] {
    const block = this.blocks[rank]!;
    const signs = SIGNS.segment(this.text.slice(block.start, block.end));
    return [...signs].map((one) => [block.start + one.index, block.start + one.index + one.segment.length]);
  }

  #sign(at: number): Stretch {
    const block = this.blocks[blockFrom(this.blocks, at)];
    if (block === undefined || at < block.start) return [at, at + 1];
    const found = SIGNS.segment(this.text.slice(block.start, block.end)).containing(at - block.start);
    return found === undefined ? [at, at + 1]
      : [block.start + found.index, block.start + found.index + found.segment.length];
  }

  #word(at: number): Stretch | undefined {
    const rank = blockFrom(this.blocks, at);
    return rank < this.blocks.length ? this.words(rank).find((one) => one[0] <= at && at < one[1]) : undefined;
  }
}

/** Return the rank of the first stretch that ends after an offset. */
function after(stretches: readonly Stretch[], at: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]![1] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Return the nearest of sorted stops beyond an offset, if there is one. */
function next(stops: readonly number[], at: number, way: 1 | -1): number | undefined {
  return way > 0 ? stops.find((stop) => stop > at) : stops.findLast((stop) => stop < at);
}
