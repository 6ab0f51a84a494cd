/** What is asked for the open note, and again once something is decided: what was decided of her codings, and which codes may take the place of those that changed. */
import { signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Desk } from "../state/desk";
import type { OwedGroup } from "../wire/debt";
import type { Id } from "../wire/note";
import type { DecidedOfMine } from "../wire/rounds";

interface Asked {
  /** The last decision about each of her codings. */
  decided: ReadonlyMap<Id, DecidedOfMine>;
  owed: readonly OwedGroup[];
}

const NOTHING: Asked = { decided: new Map(), owed: [] };
const answers = new WeakMap<Desk, Signal<Asked>>();

/** Return what was answered for the open note of a desk. */
export const askedOf = (desk: Desk): ReadonlySignal<Asked> => answerOf(desk);

function answerOf(desk: Desk): Signal<Asked> {
  const known = answers.get(desk) ?? signal(NOTHING);
  answers.set(desk, known);
  return known;
}

/** Ask again, for another note or for what was decided since; what only informs is left out when it cannot be had. */
export async function ask(desk: Desk, source: Id): Promise<void> {
  const answer = answerOf(desk);
  const since = desk.decided.peek();
  const [decisions, owed] = await Promise.all([
    desk.call("decisions", { source }).catch(() => []),
    desk.open.peek()?.note.debt ? desk.call("debt", {}).catch(() => []) : [],
  ]);
  if (desk.open.peek()?.note.source !== source || desk.decided.peek() !== since) return;
  const decided = new Map(decisions.flatMap((one) => one.hers.map((mark) => [mark.id, one] as const)));
  answer.value = { decided, owed };
}
