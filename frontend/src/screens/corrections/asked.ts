/** Correcting words of the open note: what is asked, what will move, what comes of it. */
import { signal } from "@preact/signals";

import type { Desk, OpenNote, Stretch } from "../../state/desk";
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

/** After a correction: the note at the same place, the corrected words selected, and how to correct back. */
export async function corrected(desk: Desk, passage: Passage, made: Correction): Promise<void> {
  if (made.state === "waiting") {
    decided.value++;
    desk.say({ tone: "done", words: fill(_("Asked of whoever holds the study: “{before}” reads “{words}”."), { before: made.before, words: made.words }) });
    return;
  }
  await desk.refresh();
  const now = selected(desk, passage, made.words);
  desk.say({
    tone: "done",
    words: fill(_("Corrected: “{before}” reads “{words}”. Codings have followed."), { before: made.before, words: made.words }),
    ...(now && { action: { words: _("Correct back"), run: () => void back(desk, now, made) } }),
  });
}

/** Select the words that took the place of a passage, unless she is elsewhere; return where they stand. */
function selected(desk: Desk, { source, start }: Passage, words: string): Passage | null {
  if (desk.open.peek()?.note.source !== source) return null;
  desk.selection.value = { start, end: start + Array.from(words).length };
  return desk.passage(desk.selection.value);
}

async function back(desk: Desk, passage: Passage, made: Correction): Promise<void> {
  try {
    const undone = await desk.call("corrections.ask", { ...passage, words: made.before, reason: _("Corrected back") });
    await desk.refresh();
    selected(desk, passage, undone.words);
  } catch (error) {
    desk.say({ tone: "wrong", words: (error as Error).message });
  }
}
