/** What stands on the note, whatever it is, as the page draws it. */
import type {
  CodingState, EpisodeState, MemoState, OpenNote, Pointed, ProposalState, SuggestionState,
} from "../state/desk";
import type { Id } from "../wire/note";

/** How a bar is drawn: hers, another coder's, a suggestion, a memo. */
export type Pattern = "solid" | "dotted" | "dashed" | "thin";

export interface Span {
  of: NonNullable<Pointed>["of"];
  subject: Id;
  /** UTF-16 units. */
  start: number;
  end: number;
  pattern: Pattern;
  /** Its code, if it bears one. */
  code: string;
  /** Words that matched, in a suggestion. */
  terms: readonly (readonly [number, number])[];
  /** What it was made from: the same object as long as nothing changed. */
  item: CodingState | MemoState | ProposalState | SuggestionState;
}

type Item = Span["item"];

/** Spans already made: an item that did not change keeps its own. */
export type Made = WeakMap<Item, Span>;

function span(item: Item, of: Span["of"], pattern: Pattern, open: OpenNote, made: Made): Span {
  const known = made.get(item);
  if (known !== undefined) return known;
  const unit = (point: number): number => open.offsets.unit(point);
  const one: Span = {
    ...{ of, subject: item.subject, start: unit(item.start), end: unit(item.end), pattern, item },
    code: "code" in item ? item.code : "",
    // Terms count from the start of the passage.
    terms: "terms" in item
      ? item.terms.map(([from, to]) => [unit(item.start + from), unit(item.start + to)] as const) : [],
  };
  made.set(item, one);
  return one;
}

/** Memos on the very passage of a coding of the same person: they are told with it. */
export function remarksOf(open: OpenNote): Map<Id, MemoState[]> {
  const key = (one: CodingState | MemoState): string => `${one.start} ${one.end} ${one.coder}`;
  const starts = new Set(open.memos.value.map((memo) => memo.start));
  const beside = open.codings.value.filter((one) => starts.has(one.start));
  const codings = new Map(beside.map((one) => [key(one), one.subject]));
  const remarks = new Map<Id, MemoState[]>();
  for (const memo of open.memos.value) {
    const coding = codings.get(key(memo));
    if (coding !== undefined) remarks.set(coding, [...(remarks.get(coding) ?? []), memo]);
  }
  return remarks;
}

/** Return everything to draw, in reading order: by start, longest first. */
export function spansOf(open: OpenNote, made: Made): Span[] {
  const all = (items: readonly Item[], of: Span["of"], pattern: (item: Item) => Pattern): Span[] =>
    items.map((item) => span(item, of, pattern(item), open, made));
  const hers = (item: Item): Pattern => ("mine" in item && item.mine ? "solid" : "dotted");
  return [
    ...all(open.codings.value, "coding", hers),
    ...all(open.suggestions.value, "suggestion", () => "dashed"),
    ...all(open.proposals.value, "proposal", hers),
    ...all(open.memos.value, "memo", () => "thin"),
  ].filter((one) => one.start < one.end).sort(inOrder);
}

export function inOrder(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end || (a.subject < b.subject ? -1 : 1);
}

/** Return what a click at an offset may point at, smallest first. */
export function under(spans: readonly Span[], offset: number): Span[] {
  return spans
    .filter((one) => one.start <= offset && offset < one.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start) || inOrder(a, b));
}

/** Return the subjects of the codings that an episode ties, or the subject itself. */
export function tied(episodes: readonly EpisodeState[], pointed: Pointed): ReadonlySet<Id> {
  if (pointed === null) return new Set();
  const episode = pointed.of === "episode" && episodes.find((one) => one.subject === pointed.subject);
  return new Set(episode ? [episode.subject, ...episode.codings] : [pointed.subject]);
}
