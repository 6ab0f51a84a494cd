/** Correcting words of the open note: what is asked, what will move, what comes of it. */
import { signal } from "@preact/signals";

import type { Desk, OpenNote, Stretch } from "../../state/desk";
import type { Turn } from "../../state/undo";
import type { Id } from "../../wire/note";
import { _, fill } from "../../words";
import { decided } from "./waiting";
import type { Correction } from "./wire";

/** The words that the dialog is about; null when it is closed. */
export const correcting = signal<Stretch | null>(null);

export interface Passage extends Stretch {
  source: Id;
  version: string;
  quote: string;
}

/** How many things stand on these words, her own and those shown. */
export function touched(open: OpenNote, { start, end }: Stretch): number {
  const stands = [...open.codings.value, ...open.memos.value, ...open.proposals.value];
  return stands.filter((one) => one.start < end && start < one.end).length;
}

/** Why these words cannot be corrected at once, or null. */
export function refusal(quote: string): string | null {
  return quote.includes("\n") ? _("Correct one paragraph at a time.") : null;
}

/** After a correction: the note at the same place, the corrected words selected, and how to undo it. */
export async function corrected(desk: Desk, passage: Passage, made: Correction): Promise<void> {
  const asked = made.state === "waiting";
  const { before, words } = made;
  const undo = desk.did(asked ? _("Ask for a correction of the text") : _("Correct the text"), asked ? withdrawing(desk, passage, made) : back(desk, made));
  await shown(desk, made);
  desk.say({
    tone: "done",
    undoing: true,
    words: fill(asked ? _("Asked of whoever holds the study: “{before}” reads “{words}”.") : _("Corrected: “{before}” reads “{words}”. Codings have followed."), { before, words }),
    ...(!asked && { action: { words: _("Correct back"), run: undo } }),
  });
}

/** Correcting back is a correction, that is undone in turn. */
const back = (desk: Desk, { id }: Correction): Turn => async () => {
  const made = await desk.call("corrections.undo", { id });
  await shown(desk, made);
  return back(desk, made);
};

/** What was asked for is withdrawn, then asked for again. */
const withdrawing = (desk: Desk, passage: Passage, { id, words, reason }: Correction): Turn => async () => {
  await desk.call("corrections.undo", { id });
  decided.value++;
  return async () => {
    const made = await desk.call("corrections.ask", { ...passage, words, reason });
    decided.value++;
    return withdrawing(desk, passage, made);
  };
};

/** Show what a correction did; select the words that took the place of others, unless she is elsewhere. */
async function shown(desk: Desk, { state, source, start, words }: Correction): Promise<void> {
  decided.value++;
  if (state === "waiting") return;
  await desk.refresh();
  if (desk.open.peek()?.note.source === source) desk.selection.value = { start, end: start + Array.from(words).length };
}
