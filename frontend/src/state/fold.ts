/**
 * From events to states: follow the links, never the clock.
 *
 * The same rule as `cpit_research/store/fold.py`, held to `tests/workbench/fold.json` with it.
 */
import type { Event, Id } from "../wire/note";

/** Fields that say in which state an event leaves its subject. */
const STATE = [
  "version", "start", "end", "facets", "words", "memo_kind", "name", "codings", "principal", "actors",
  "posture", "label", "same_as", "score", "terms", "suggestion", "answer", "coding", "through", "finished",
] as const satisfies readonly (keyof Event)[];

const ordered = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** Return the state in which an event leaves its subject, as words that can be compared. */
export function left(event: Event): string {
  if (event.gone === true) return "gone";
  const code = event.put ?? event.code ?? null;
  return JSON.stringify([code, event.grid ?? null, ...STATE.map((field) => event[field] ?? null)], ordered);
}

/**
 * Return the events that nothing replaces, by id; one where they all say the same (the smallest).
 *
 * The result does not depend on the order of the events.
 */
export function standing(events: readonly Event[], replaced: ReadonlySet<Id>): readonly Event[] {
  const heads = new Map<Id, Event>();
  for (const event of events) if (!replaced.has(event.id)) heads.set(event.id, event);
  const sorted = [...heads.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  const [first, ...rest] = sorted;
  if (first === undefined || rest.length === 0) return sorted;
  const said = left(first);
  return rest.every((event) => left(event) === said) ? [first] : sorted;
}

/** Return, for each subject, where it stands: one event, or several that people must settle. */
export function fold(events: Iterable<Event>): Map<Id, readonly Event[]> {
  const subjects = new Map<Id, Event[]>();
  const replaced = new Set<Id>();
  for (const event of events) {
    for (const id of event.replaces) replaced.add(id);
    const known = subjects.get(event.subject);
    if (known) known.push(event);
    else subjects.set(event.subject, [event]);
  }
  const folded = new Map<Id, readonly Event[]>();
  for (const [subject, known] of subjects) folded.set(subject, standing(known, replaced));
  return folded;
}
