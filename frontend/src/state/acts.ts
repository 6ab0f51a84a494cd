/** What a coder can do, said shortly: acts with their id and with what stood when they were done. */
import type { Act } from "../wire/acts";
import type { Id, MemoKind } from "../wire/note";
import type { CodingState, Desk, EpisodeState, MemoState, OpenNote, ProposalState, Stretch, SuggestionState } from "./desk";

interface Known {
  subject: Id;
  heads: readonly { id: Id }[];
}

const about = (desk: Desk, known: Known) => ({
  id: desk.fresh(), subject: known.subject, seen: known.heads.map((event) => event.id),
});

/** What an act begins bears the id of the act. */
const begun = (desk: Desk) => {
  const id = desk.fresh();
  return { id, subject: id, seen: [] as Id[] };
};

/** Put a code on a passage. */
export const apply = (desk: Desk, stretch: Stretch, code: string, facets: Record<string, string> = {}): Act => ({
  kind: "apply", ...begun(desk), ...desk.passage(stretch), code, facets,
});

export const retract = (desk: Desk, known: Known): Act => ({ kind: "retract", ...about(desk, known) });

export const restore = (desk: Desk, known: Known): Act => ({ kind: "restore", ...about(desk, known) });

export const recode = (desk: Desk, coding: CodingState, code: string): Act => ({
  kind: "recode", ...about(desk, coding), code,
});

/** Move the limits of what stands. */
export function resize(desk: Desk, known: CodingState | MemoState | ProposalState, stretch: Stretch): Act {
  if ("code" in known) return { kind: "resize", ...about(desk, known), ...desk.passage(stretch) };
  const moved = { ...known, ...stretch };
  return "name" in moved ? propose(desk, moved, moved.name, moved.words) : memo(desk, moved, moved.words, moved.kind);
}

/** Give a coding all of its facets: those that are left out are taken off. */
export const facet = (desk: Desk, coding: CodingState, facets: Record<string, string>): Act => ({
  kind: "facet", ...about(desk, coding), facets,
});

/** Write a memo on a passage, or write it again. */
export const memo = (
  desk: Desk, on: Stretch | MemoState, words: string, memo_kind: MemoKind | null = null,
): Act => ({
  kind: "memo", ...("subject" in on ? about(desk, on) : begun(desk)), ...desk.passage(on), words, memo_kind,
});

/** Propose a code for a passage outside the grid, or name it again. */
export const propose = (desk: Desk, on: Stretch | ProposalState, name: string, words = ""): Act => ({
  kind: "propose", ...("subject" in on ? about(desk, on) : begun(desk)), ...desk.passage(on), name, words,
});

type Said = Partial<Pick<EpisodeState, "principal" | "actors" | "posture" | "facets" | "label" | "words">>;

/** Link codings into an episode, or say it again. */
export function episode(
  desk: Desk, source: Id, codings: readonly Id[], said: Said = {}, known: EpisodeState | null = null,
): Act {
  const before = known?.heads.at(-1);
  return {
    kind: "episode", ...(known ? about(desk, known) : begun(desk)), source, codings: [...codings],
    principal: said.principal ?? known?.principal ?? null,
    actors: [...(said.actors ?? known?.actors ?? [])],
    posture: said.posture ?? known?.posture ?? "",
    facets: { ...(said.facets ?? known?.facets ?? {}) },
    label: said.label ?? known?.label ?? "",
    words: said.words ?? known?.words ?? "",
    same_as: [...(before?.same_as ?? [])],
  };
}

export const accept = (desk: Desk, suggestion: SuggestionState, facets: Record<string, string> = {}): Act => ({
  kind: "accept", ...about(desk, suggestion), coding: desk.fresh(), facets,
});

export const reject = (desk: Desk, suggestion: SuggestionState, words = ""): Act => ({
  kind: "reject", ...about(desk, suggestion), words,
});

/** Say up to where she has read, and whether she has finished. */
export const read = (desk: Desk, open: OpenNote, through: number, finished: boolean): Act => {
  const { subject, seen } = open.reading.peek();
  return { kind: "read", id: desk.fresh(), subject, seen: [...seen], source: open.note.source, through, finished };
};
