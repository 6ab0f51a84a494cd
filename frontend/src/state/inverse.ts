/** How to undo: the act that gives a subject the state that it had before another. */
import type { Act } from "../wire/acts";
import type { Event, Id } from "../wire/note";

type Without<T> = T extends unknown ? Omit<T, "id" | "seen"> : never;

/** An act to be: its id and what it sees are known when it is done. */
export type Deed = Without<Act>;

/** Return what undoes an act, given where its subject stood; null when nothing is to be undone. */
export function inverse(act: Act, heads: readonly Event[], answers: readonly Event[], passage: Passages): Deed | null {
  const { subject } = act;
  const before = heads.at(-1);
  switch (act.kind) {
    case "apply":
      return { kind: "retract", subject };
    case "retract":
      // Said whole: the codings that it links may have been made again under other ids.
      return before?.of === "episode" ? again("episode", subject, before, passage) : { kind: "restore", subject };
    case "restore":
      return { kind: "retract", subject };
    case "recode":
      return before?.code === undefined ? null : { kind: "recode", subject, code: before.code };
    case "resize":
      return before === undefined ? null : { kind: "resize", subject, ...passage(before) };
    case "facet":
      return { kind: "facet", subject, facets: { ...before?.facets } };
    case "memo":
    case "propose":
    case "episode":
      return before === undefined ? { kind: "retract", subject } : again(act.kind, subject, before, passage);
    case "accept":
    case "reject":
    case "reopen":
      return answerAgain(subject, answers[0]);
    case "read":
      return before === undefined || before.finished === act.finished ? null : {
        kind: "read", subject, source: act.source, through: before.through ?? 0, finished: before.finished === true,
      };
  }
}

/** Return a deed that is about another thing wherever it was about one. */
export function renamed(deed: Deed, before: Id, after: Id): Deed {
  const name = (id: Id): Id => (id === before ? after : id);
  const subject = name(deed.subject);
  if (deed.kind === "accept") return { ...deed, subject, coding: name(deed.coding) };
  if (deed.kind !== "episode") return { ...deed, subject };
  const principal = deed.principal === null ? null : name(deed.principal);
  return { ...deed, subject, principal, codings: deed.codings.map(name) };
}

/** Gives where an event stands, with the words that stand there. */
export type Passages = (event: Event) => { source: Id; version: string; start: number; end: number; quote: string };

function again(kind: "memo" | "propose" | "episode", subject: Id, before: Event, passage: Passages): Deed {
  if (before.gone === true) return { kind: "retract", subject };
  const words = before.words ?? "";
  switch (kind) {
    case "memo":
      return { kind, subject, ...passage(before), words, memo_kind: before.memo_kind ?? null };
    case "propose":
      return { kind, subject, ...passage(before), name: before.name ?? "", words };
    case "episode":
      return {
        kind, subject, source: before.source!, words, codings: before.codings ?? [], principal: before.principal ?? null,
        actors: before.actors ?? [], posture: before.posture ?? "", facets: before.facets ?? {},
        label: before.label ?? "", same_as: before.same_as ?? [],
      };
  }
}

/** What the coder had answered before; an acceptance names the coding that it put, and will put another. */
function answerAgain(subject: Id, before: Event | undefined): Deed {
  if (before?.answer === "accepted") return { kind: "accept", subject, coding: before.coding ?? "" };
  if (before?.answer === "rejected") return { kind: "reject", subject, words: before.words ?? "" };
  return { kind: "reopen", subject };
}
