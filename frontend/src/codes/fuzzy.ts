/** How well what is typed names a thing, and which of its letters say so. */
import { fold, terms } from "./folding";
import type { Folded } from "./folding";

/** Stretches of the original text, in UTF-16 units. */
export type Ranges = readonly (readonly [number, number])[];

export interface Match {
  score: number;
  ranges: Ranges;
}

/** What can be searched: its texts, each with how much a match in it is worth. */
export interface Searched<T> {
  thing: T;
  fields: readonly { text: string; folded: Folded; worth: number }[];
}

export interface Found<T> {
  thing: T;
  score: number;
  /** Where each field matched, in the order of the fields. */
  ranges: readonly Ranges[];
}

const EXACT = 120;
const BEGINS = 90;
const WORD = 70;
const INSIDE = 45;
const SCATTERED = 12;

const isEdge = (letters: string, at: number): boolean =>
  at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1]!);

/** Prepare a thing once, so that each letter typed costs little. */
export function searched<T>(thing: T, fields: readonly (readonly [string, number])[]): Searched<T> {
  return { thing, fields: fields.map(([text, worth]) => ({ text, folded: fold(text), worth })) };
}

/** Return how one folded term matches a folded text: the text itself, a beginning, a word, a part, scattered letters. */
export function matchTerm(folded: Folded, term: string): Match | null {
  const { letters } = folded;
  const whole = inOnePiece(letters, term);
  if (whole) return { score: whole.score, ranges: back(folded, [[whole.at, whole.at + term.length]]) };
  const places = scattered(letters, term);
  return places && { score: SCATTERED * tightness(places), ranges: back(folded, places.map((at) => [at, at + 1])) };
}

function inOnePiece(letters: string, term: string): { score: number; at: number } | null {
  const first = letters.indexOf(term);
  if (first < 0) return null;
  if (letters === term) return { score: EXACT, at: 0 };
  if (first === 0) return { score: BEGINS, at: 0 };
  for (let at = first; at >= 0; at = letters.indexOf(term, at + 1)) {
    if (isEdge(letters, at)) return { score: WORD, at };
  }
  return term.length > 1 ? { score: INSIDE, at: first } : null;
}

/** Letters of a term in order, the first of them at the edge of a word: « ccp » → « Conduire un Projet »… */
function scattered(letters: string, term: string): number[] | null {
  if (term.length < 2) return null;
  for (let from = letters.indexOf(term[0]!); from >= 0; from = letters.indexOf(term[0]!, from + 1)) {
    if (!isEdge(letters, from)) continue;
    const places = inOrder(letters, term, from);
    if (places) return places;
  }
  return null;
}

/** Take each next letter where the last stopped, or at the edge of a later word: never in the middle of one. */
function inOrder(letters: string, term: string, from: number): number[] | null {
  const places = [from];
  for (const letter of term.slice(1)) {
    let at = places[places.length - 1]! + 1;
    if (letters[at] !== letter) {
      at = letters.indexOf(letter, at);
      while (at >= 0 && !isEdge(letters, at)) at = letters.indexOf(letter, at + 1);
    }
    if (at < 0) return null;
    places.push(at);
  }
  return places;
}

const tightness = (places: readonly number[]): number =>
  1 + places.length / (1 + places[places.length - 1]! - places[0]!);

/** Letters of the text as it is written: half of « œ » is all of it. */
function back({ at }: Folded, ranges: readonly (readonly [number, number])[]): Ranges {
  return ranges.map(([start, end]) => [at[start]!, at.find((place) => place > at[end - 1]!)!] as const);
}

/** Return the things that every word of a query names, best first; ties keep their order. */
export function search<T>(things: readonly Searched<T>[], query: string): Found<T>[] {
  const words = terms(query);
  const found: Found<T>[] = [];
  for (const one of things) {
    const match = matchAll(one, words);
    if (match) found.push(match);
  }
  return found.sort((one, other) => other.score - one.score);
}

function matchAll<T>(one: Searched<T>, words: readonly string[]): Found<T> | null {
  const ranges: [number, number][][] = one.fields.map(() => []);
  let score = 0;
  for (const word of words) {
    let best = 0;
    one.fields.forEach((field, index) => {
      const match = matchTerm(field.folded, word);
      if (!match) return;
      best = Math.max(best, match.score * field.worth);
      ranges[index]!.push(...match.ranges.map(([start, end]): [number, number] => [start, end]));
    });
    if (best === 0) return null;
    score += best;
  }
  return { thing: one.thing, score, ranges: ranges.map(joined) };
}

/** Sort ranges and join those that touch. */
export function joined(ranges: readonly (readonly [number, number])[]): Ranges {
  const sorted = [...ranges].sort((one, other) => one[0] - other[0]);
  const kept: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = kept[kept.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else kept.push([start, end]);
  }
  return kept;
}
