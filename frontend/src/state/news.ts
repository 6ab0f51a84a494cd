/** What comes back of her acts, and what others do, on the open note: shown there, and said. */
import { _, fill } from "../words";
import type { Done } from "../wire/acts";
import type { Event } from "../wire/note";
import type { Notice } from "./desk";
import type { Waiting } from "./shelf";
import type { Undo } from "./undo";
import type { Whereabouts } from "./whereabouts";

/** In whose name the program carries things to a corrected text (`model/event.py`). */
const PROGRAM = "cpit";

export interface Reader {
  at: Whereabouts;
  undo: Undo;
  me: () => string;
  say: (notice: Omit<Notice, "id">) => void;
  /** Whether acts of hers are on their way. */
  isWaiting: () => boolean;
}

export class News {
  constructor(private readonly reader: Reader) {}

  /** Take what an act became. */
  answered(done: Done, { act, words }: Waiting): void {
    const { at, undo, say } = this.reader;
    const open = at.open.peek();
    open?.settle({ ...done, events: done.events.filter((event) => open.bears(event)) });
    for (const event of done.events) if (event.source !== undefined) at.hear(event.source);
    const [first] = done.events;
    // Put in another window before: that coding is the one, and there is nothing of this act to undo.
    const known = act.kind === "apply" && first !== undefined && first.subject !== act.id;
    if (known && at.pointed.peek()?.subject === act.id) at.pointed.value = { of: "coding", subject: first.subject };
    if (known || done.refused !== undefined) undo.forget(act.id);
    if (done.refused !== undefined) say({ tone: "wrong", words: `${words} – ${done.refused.error}` });
    else if (done.rebased !== undefined) say({ tone: "said", words: done.rebased });
  }

  /** Take what others did on the open note, and say who; what the program carried is nobody's work. */
  learn(events: readonly Event[]): void {
    const { at, me, say, isWaiting } = this.reader;
    const open = at.open.peek();
    if (open === null) return;
    const known = events.filter((event) => open.bears(event));
    const news = known.filter((event) => !open.record.has(event.id));
    const changed = news.some((event) => event.by === me() && event.replaces.some((id) => open.record.has(id)));
    open.learn(known);
    const who = [...new Set(news.map((event) => event.by))].filter((by) => by !== me() && by !== PROGRAM).join(", ");
    if (who !== "") say({ tone: "said", words: fill(_("{who} has just worked on this note."), { who }) });
    // As long as an act of hers waits, what comes may be what it became: its answer will tell.
    if (changed && !isWaiting()) say({ tone: "said", words: _("You have just changed this note in another window.") });
  }
}
