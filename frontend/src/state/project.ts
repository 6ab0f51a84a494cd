/** What an act will become: the events that the server is expected to answer, shown at once. */
import type { Act } from "../wire/acts";
import type { Event, Id, Subject } from "../wire/note";

export interface Standpoint {
  coder: string;
  grid: string;
  /** Where a subject stands now. */
  heads: (subject: Id) => readonly Event[];
  /** Where the answer of the coder to a suggestion stands. */
  answers: (suggestion: Id) => readonly Event[];
}

/** Subject of the answers of one coder to one suggestion, as long as the server has not named it. */
export const answering = (suggestion: Id, coder: string): Id => `${suggestion}/${coder}`;

/** Id of the second event of an act, as long as the server has not named it. */
export const beside = (act: Id): Id => `${act}/2`;

/** Whether the server knows an event by this id. */
export const isNamed = (id: Id): boolean => !id.includes("/");

/** Return the events of an act, as they are expected. */
export function project(act: Act, from: Standpoint): Event[] {
  switch (act.kind) {
    case "apply": {
      const { source, version, start, end, code, facets = {} } = act;
      return [event(act, "coding", from, { source, version, start, end, ...underGrid(code, from), facets })];
    }
    case "retract":
    case "restore":
      return changed(act, from, { gone: act.kind === "retract" });
    case "recode":
      return changed(act, from, underGrid(act.code, from));
    case "resize":
      return changed(act, from, { version: act.version, start: act.start, end: act.end });
    case "facet":
      return changed(act, from, { facets: act.facets });
    case "memo": {
      const { source, version, start, end, words, memo_kind } = act;
      return [event(act, "memo", from, { source, version, start, end, words, memo_kind })];
    }
    case "propose": {
      const { source, version, start, end, name, words } = act;
      return [event(act, "proposal", from, { source, version, start, end, name, words })];
    }
    case "episode": {
      const { source, codings, principal, actors, posture, facets, label, words, same_as } = act;
      const state = { source, codings, principal, actors, posture, facets, label, words, same_as };
      return [event(act, "episode", from, state)];
    }
    case "accept":
      return accepted(act, from);
    case "reject":
      return answered(act, from, { answer: "rejected" as const, words: act.words ?? "" });
    case "reopen":
      return answered(act, from, {});
    case "read": {
      const { source, through, finished } = act;
      return [event(act, "reading", from, { source, through, finished })];
    }
  }
}

const underGrid = (code: string, from: Standpoint): Partial<Event> => ({
  code, put: code, grid: from.grid, debt: false,
});

function event(act: Act, of: Subject, from: Standpoint, state: Partial<Event>): Event {
  const coder = from.heads(act.subject)[0]?.coder ?? from.coder;
  const { id, kind, subject, seen } = act;
  return { id, kind, of, subject, replaces: [...seen], at: Date.now(), by: from.coder, coder, ...state };
}

/** An act about something that stands: its state, and what the act changes of it. */
function changed(act: Act, from: Standpoint, change: Partial<Event>): Event[] {
  const head = from.heads(act.subject).at(-1);
  if (head === undefined) return [];
  return [{ ...event(act, head.of, from, { ...stateOf(head), ...change }), coder: head.coder }];
}

function stateOf(head: Event): Partial<Event> {
  const { id: _id, kind: _kind, replaces: _replaces, at: _at, by: _by, ...state } = head;
  return state;
}

function accepted(act: Act & { kind: "accept" }, from: Standpoint): Event[] {
  const suggestion = from.heads(act.subject).at(-1);
  if (suggestion?.code === undefined) return [];
  const { source, version, start, end, code } = suggestion;
  const coding = {
    ...event(act, "coding", from, { ...underGrid(code, from), facets: act.facets ?? {} }),
    ...(source !== undefined && version !== undefined ? { source, version } : {}),
    ...(start !== undefined && end !== undefined ? { start, end } : {}),
    id: act.coding, kind: "apply", subject: act.coding, replaces: [], coder: from.coder,
  };
  return [...answered(act, from, { answer: "accepted" as const, coding: act.coding }), coding];
}

/** An answer, and what becomes of the coding that the answer before it had put. */
function answered(act: Act, from: Standpoint, said: Partial<Event>): Event[] {
  const before = from.answers(act.subject);
  const subject = before[0]?.subject ?? answering(act.subject, from.coder);
  const answer: Event = {
    ...event(act, "answer", from, { ...said, suggestion: act.subject }),
    subject, coder: from.coder, replaces: before.map((one) => one.id),
  };
  const put = before.find((one) => one.answer === "accepted")?.coding;
  const heads = put === undefined || act.kind === "accept" ? [] : from.heads(put);
  const head = heads.at(-1);
  if (head === undefined || head.gone === true) return [answer];
  const taken = { ...head, id: beside(act.id), kind: "retract", gone: true, by: from.coder };
  return [answer, { ...taken, replaces: heads.map((one) => one.id) }];
}
