/** From standing events to what the screens show. */
import type { Event, Id, Subject } from "../wire/note";
import type { CodingState, EpisodeState, MemoState, ProposalState, SuggestionState } from "./desk";

export interface Items {
  coding: CodingState;
  memo: MemoState;
  proposal: ProposalState;
  episode: EpisodeState;
  suggestion: SuggestionState;
}

export type Shown = keyof Items;

export interface Seen {
  coder: string;
  waits: (event: Event) => boolean;
  /** The episode that a coding belongs to. */
  episode: (coding: Id) => Id | null;
}

/** Return the event that is shown when several stand: the last one. */
export const shown = (heads: readonly Event[]): Event | undefined =>
  heads.length < 2 ? heads[0] : [...heads].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1)).at(-1);

export const isShown = (of: Subject): of is Shown => of !== "answer" && of !== "reading";

/** Return what stands of a subject; null when it was taken back. */
export function item(heads: readonly Event[], seen: Seen): Items[Shown] | null {
  const head = shown(heads);
  if (head === undefined || head.gone === true || !isShown(head.of)) return null;
  return MAKERS[head.of](head, heads, seen);
}

type Maker<S extends Shown> = (head: Event, heads: readonly Event[], seen: Seen) => Items[S];

const MAKERS: { [S in Shown]: Maker<S> } = {
  coding: (head, heads, seen) => ({
    ...at(head, heads), ...whose(head, seen), code: head.code ?? "", facets: head.facets ?? {}, debt: head.debt === true,
    waiting: heads.some(seen.waits), episode: seen.episode(head.subject),
  }),
  memo: (head, heads, seen) => ({
    ...at(head, heads), ...whose(head, seen), words: head.words ?? "", kind: head.memo_kind ?? null,
  }),
  proposal: (head, heads, seen) => ({
    ...at(head, heads), ...whose(head, seen), name: head.name ?? "", words: head.words ?? "",
  }),
  episode: (head, heads, seen) => ({
    subject: head.subject, heads, ...whose(head, seen), codings: head.codings ?? [], principal: head.principal ?? null,
    actors: head.actors ?? [], posture: head.posture ?? "", facets: head.facets ?? {}, label: head.label ?? "",
    words: head.words ?? "",
  }),
  suggestion: (head, heads) => ({
    ...at(head, heads), code: head.code ?? "", score: head.score ?? null, terms: head.terms ?? [], by: head.by,
  }),
};

const at = (head: Event, heads: readonly Event[]) => ({
  subject: head.subject, heads, start: head.start ?? 0, end: head.end ?? 0,
});

const whose = (head: Event, seen: Seen) => ({ coder: head.coder, mine: head.coder === seen.coder });

interface Placed {
  subject: Id;
  start?: number;
  end?: number;
}

/** By start, longest first, then subject. */
export const inOrder = (one: Placed, other: Placed): number =>
  (one.start ?? 0) - (other.start ?? 0) || (other.end ?? 0) - (one.end ?? 0) || (one.subject < other.subject ? -1 : 1);
