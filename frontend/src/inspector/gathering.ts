/** Codings that tell one event, gathered key after key: each step is kept at once, and undone as one. */
import { unfold } from "../shell/narrow";
import { episode } from "../state/acts";
import type { CodingState, Desk, EpisodeState } from "../state/desk";
import type { Act } from "../wire/acts";
import type { Id } from "../wire/note";
import { _, fill } from "../words";
import { codingsHere } from "./reaching";
import { writingOf } from "./state";

type Said = Parameters<typeof episode>[3];

const SITUATIONS = "situations";
const ACTORS = "actors";
const POSTURES = "postures";

/** The key « e »: begin an episode with the codings here, or let them join the one being gathered. */
export function gatherHere(desk: Desk): void {
  const here = codingsHere(desk);
  const first = here[0];
  if (!first) return desk.say({ tone: "said", words: _("Point at a coding of yours, or select some: an episode gathers them.") });
  const free = here.filter((one) => one.episode === null);
  const current = gathered(desk);
  if (current && free.length > 0) return join(desk, current, free);
  unfold(desk, "codes");
  if (free.length === 0) pointAt(desk, first.episode!);
  else begin(desk, free);
}

/** Return the episode being gathered. */
export function gathered(desk: Desk): EpisodeState | undefined {
  const { gathering } = writingOf(desk);
  return desk.open.value?.episodes.value.find((one) => one.mine && one.subject === gathering.value);
}

function pointAt(desk: Desk, subject: Id): void {
  writingOf(desk).gathering.value = subject;
  desk.pointed.value = { of: "episode", subject };
}

function begin(desk: Desk, codings: readonly CodingState[]): void {
  const act = withSource(desk, codings.map((one) => one.subject), prefilled(desk, codings));
  desk.perform([act], _("Begin an episode"));
  pointAt(desk, act.subject);
}

function join(desk: Desk, current: EpisodeState, more: readonly CodingState[]): void {
  const codings = [...current.codings, ...more.map((one) => one.subject)];
  const all = codingsOf(desk, { ...current, codings });
  const said = { ...prefilled(desk, all), ...(current.principal === null ? {} : { principal: current.principal }) };
  say(desk, current, { principal: said.principal ?? null, actors: union(current.actors, said.actors ?? []), posture: current.posture || (said.posture ?? "") }, codings);
  pointAt(desk, current.subject);
}

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])];

/** Say an episode again, with some things of it changed. */
export function say(desk: Desk, current: EpisodeState, said: NonNullable<Said> & { same_as?: Id[] }, codings = current.codings): void {
  const { same_as, ...rest } = said;
  const act = withSource(desk, codings, rest, current);
  desk.perform([same_as && act.kind === "episode" ? { ...act, same_as } : act], fill(_("Change the episode {label}"), { label: labelOf(current) }));
}

/** Leave a coding out; the last one cannot be: the episode is dissolved instead. */
export function leaveOut(desk: Desk, current: EpisodeState, coding: Id): void {
  const codings = current.codings.filter((one) => one !== coding);
  say(desk, { ...current, principal: current.principal === coding ? null : current.principal }, {}, codings);
}

function withSource(desk: Desk, codings: readonly Id[], said: Said, known: EpisodeState | null = null): Act {
  return episode(desk, desk.open.value!.note.source, codings, said, known);
}

/** What follows from the codings: the only situation is principal, actors and posture are those coded, facets those on which they agree. */
function prefilled(desk: Desk, codings: readonly CodingState[]): NonNullable<Said> {
  const on = (axis: string): CodingState[] => codings.filter((one) => desk.codes.value.get(one.code)?.axis === axis);
  const situations = on(SITUATIONS);
  const postures = new Set(on(POSTURES).map((one) => one.code));
  const only = new Set(situations.map((one) => one.code)).size === 1;
  return {
    principal: only ? situations[0]!.subject : null,
    actors: [...new Set(on(ACTORS).map((one) => one.code))],
    posture: postures.size === 1 ? [...postures][0]! : "",
    facets: agreed(codings),
  };
}

/** Facets on which the codings that say them agree. */
export function agreed(codings: readonly Pick<CodingState, "facets">[]): Record<string, string> {
  const said = new Map<string, Set<string>>();
  for (const { facets } of codings) {
    for (const [facet, value] of Object.entries(facets)) said.set(facet, (said.get(facet) ?? new Set()).add(value));
  }
  return Object.fromEntries([...said].filter(([, values]) => values.size === 1).map(([facet, values]) => [facet, [...values][0]!]));
}

/** Return the codings of an episode, in the order of the text. */
export function codingsOf(desk: Desk, current: Pick<EpisodeState, "codings">): CodingState[] {
  const wanted = new Set(current.codings);
  return (desk.open.value?.codings.value ?? []).filter((one) => wanted.has(one.subject));
}

export const labelOf = (one: Pick<EpisodeState, "label">): string =>
  one.label === "" ? _("without a label") : `« ${one.label} »`;
