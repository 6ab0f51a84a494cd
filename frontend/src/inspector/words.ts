/** How the inspector says kinds, acts and dates. */
import type { Desk } from "../state/desk";
import type { Event, MemoKind } from "../wire/note";
import { _, fill } from "../words";

export const MEMO_KINDS: readonly MemoKind[] = ["reflexive", "methodological", "theoretical", "on_code"];

export function memoKindName(kind: MemoKind | null): string {
  switch (kind) {
    case "reflexive": return _("reflexive");
    case "methodological": return _("methodological");
    case "theoretical": return _("theoretical");
    case "on_code": return _("on a code");
    case "correction": return _("correction");
    case null: return _("memo");
  }
}

/** The last thing that happened, with its author and its day. */
export function history(desk: Desk, event: Event): string {
  return fill(deed(event), { who: event.by, when: dayOf(desk, event.at) });
}

function deed(event: Event): string {
  switch (event.kind) {
    case "recode": return _("code replaced by {who}, {when}");
    case "resize": return _("boundary moved by {who}, {when}");
    case "facet": return _("facets said by {who}, {when}");
    case "accept": return _("suggestion accepted by {who}, {when}");
    case "reanchor": return _("followed to the newer text, {when}");
    case "confirm": return _("read again by {who}, {when}");
    case "restore": return _("put back by {who}, {when}");
    default: return _("put by {who}, {when}");
  }
}

/** A day, and the hour when it is today. */
export function dayOf(desk: Desk, at: number): string {
  const date = new Date(at);
  const language = desk.hello.value?.language ?? "fr";
  const today = date.toDateString() === new Date().toDateString();
  return today
    ? date.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" })
    : date.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });
}

/** The words of a passage, the middle left out when it is long. */
export function quoted(words: string, most = 420): string {
  const flat = words.replace(/\s*\n\s*/g, " ¶ ");
  if (flat.length <= most) return flat;
  const half = Math.floor(most / 2);
  return `${flat.slice(0, half).trimEnd()} […] ${flat.slice(-half).trimStart()}`;
}
