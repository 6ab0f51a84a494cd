/** The desk at work: what the screens see and do, over one transport. */
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";

import { Away, Refused, type Transport } from "../transport/transport";
import { _, fill, speak } from "../words";
import type { Act, Trouble } from "../wire/acts";
import type { CallName, Calls, CodeEntry, Codebook, Hello } from "../wire/calls";
import type { Id, Note, NoteRow } from "../wire/note";
import type { Desk, Notice, Place, Saving, Stretch } from "./desk";
import { Doing, type Passage } from "./doing";
import { fresh } from "./ids";
import { Kept, storage } from "./kept";
import { Listening } from "./listening";
import { News } from "./news";
import { away, Notices } from "./notices";
import { Opened } from "./open";
import { Outbox } from "./outbox";
import { renewed } from "./rows";
import { savingOf } from "./saving";
import { Shelf } from "./shelf";
import type { Turn } from "./undo";
import { Whereabouts } from "./whereabouts";

const PAUSE = 2_000;

export class Work implements Desk {
  readonly #hello = signal<Hello | null>(null);
  readonly #codebook = signal<Codebook | null>(null);
  readonly #notes = signal<readonly NoteRow[]>([]);
  readonly #trouble = signal<Trouble | null>(null);
  readonly #notices = new Notices();
  readonly #at = new Whereabouts({
    ask: (source, coders) => this.transport.call("note", { source, coders: [...coders] }),
    made: (note, coders) => this.#opened(note, coders),
    attempt: (doing) => this.#notices.attempt(doing),
  });
  readonly #doing = new Doing({
    open: () => this.open.peek(),
    go: async (source) => {
      this.go({ screen: "reading", source });
      await this.#at.opening;
    },
    send: (acts, words) => this.#outbox.put(acts, words),
  });
  readonly #news = new News({
    at: this.#at,
    undo: this.#doing.undo,
    me: () => this.#me(),
    say: (notice) => this.say(notice),
    isWaiting: () => this.#outbox.waiting.peek().length > 0,
  });
  readonly #kept = new Kept();
  readonly #outbox: Outbox;
  readonly #listening: Listening;
  #over = false;

  readonly hello: ReadonlySignal<Hello | null> = this.#hello;
  readonly codebook: ReadonlySignal<Codebook | null> = this.#codebook;
  readonly notes: ReadonlySignal<readonly NoteRow[]> = this.#notes;
  readonly open: ReadonlySignal<Opened | null> = this.#at.open;
  readonly place: ReadonlySignal<Place> = this.#at.place;
  readonly trouble: ReadonlySignal<Trouble | null> = this.#trouble;
  readonly selection = this.#at.selection;
  readonly pointed = this.#at.pointed;
  readonly pressed = this.#at.pressed;
  readonly shown = this.#at.shown;
  readonly decided = signal(0);
  readonly notices: ReadonlySignal<readonly Notice[]> = this.#notices.all;
  readonly undoable = this.#doing.undo.undoable;
  readonly redoable = this.#doing.undo.redoable;
  readonly codes: ReadonlySignal<ReadonlyMap<string, CodeEntry>> = computed(
    () => new Map(this.#codebook.value?.codes.map((code) => [code.id, code])),
  );
  readonly turned;
  readonly saving: ReadonlySignal<Saving>;

  constructor(private readonly transport: Transport, readonly door: "page" | "cell") {
    this.#outbox = new Outbox({
      send: (acts) => this.transport.call("perform", { acts }),
      quote: (act) => this.#quoted(act),
      done: (done, waiting) => this.#news.answered(done, waiting),
      changedText: () => ({
        error: _("The text of the note changed before this could be saved."),
        remedy: _("Do it again on the text as it stands."),
      }),
    });
    this.#listening = new Listening(transport, {
      coders: () => this.shown.peek(),
      notes: (sources) => sources.forEach((source) => this.#at.hear(source)),
      events: (events) => this.#news.learn(events),
      rows: () => void this.#notices.attempt(() => this.#reread()),
      reset: () => void this.#notices.attempt(() => this.refresh()),
      decided: () => void this.decided.value++,
      linked: (up) => (up ? this.#outbox.nudge() : this.#at.forget()),
    });
    this.turned = this.#outbox.turned;
    this.saving = computed(() => savingOf(this.#outbox, this.#listening.lost.value));
  }

  /** Open the study, as soon as the server answers. */
  async start(): Promise<void> {
    while (!this.#over) {
      try {
        await this.#begin();
        return;
      } catch (reason) {
        this.#trouble.value = reason instanceof Refused ? reason.trouble : away();
        if (!(reason instanceof Away)) return;
        await new Promise((rested) => setTimeout(rested, PAUSE));
      }
    }
  }

  /** Leave: nothing is heard any more. */
  stop(): void {
    this.#over = true;
    this.#listening.stop();
    this.#outbox.close();
  }

  async #begin(): Promise<void> {
    const language = this.kept<"fr" | "en" | null>("language", null).peek();
    const hello = await this.#greet(language === null ? {} : { language });
    this.#trouble.value = null;
    if (hello.study === null || hello.coder === null) return;
    await this.#listening.take();
    await this.#refresh();
    this.#outbox.open(new Shelf(storage(), hello.study.id, hello.coder));
    this.#listening.start();
  }

  async #greet(wanted: Calls["hello"][0]): Promise<Hello> {
    const hello = await this.transport.call("hello", wanted);
    batch(() => {
      speak(hello.words, hello.language);
      this.#hello.value = hello;
    });
    return hello;
  }

  async speak(language: "fr" | "en"): Promise<void> {
    this.kept<"fr" | "en" | null>("language", null).value = language;
    await this.#notices.attempt(async () => {
      await this.#greet({ language });
      await this.#refresh();
    });
  }

  call<N extends CallName>(name: N, params: Calls[N][0]): Promise<Calls[N][1]> {
    return this.transport.call(name, params);
  }

  async identify(coder: string): Promise<void> {
    await this.transport.call("identify", { coder });
    await this.#begin();
  }

  refresh(): Promise<void> {
    return this.#notices.attempt(() => this.#refresh());
  }

  async #refresh(): Promise<void> {
    this.#at.forget();
    const [codebook, notes] = await Promise.all([
      this.transport.call("codebook", {}), this.transport.call("notes", {}),
    ]);
    batch(() => {
      this.#codebook.value = codebook;
      this.#notes.value = renewed(this.#notes.peek(), notes);
      this.decided.value++;
    });
    const { source } = this.place.peek();
    if (source !== undefined) await this.#at.fetch(source);
  }

  go(place: Place): void {
    const { screen, source } = this.place.peek();
    this.#at.go(place);
    const now = this.place.peek();
    if (now.screen !== screen || now.source !== source) this.#notices.leave();
  }

  ahead(source: Id): void {
    if (this.#listening.lost.peek() === null) this.#at.ahead(source);
  }

  /** A note as it is shown, with the acts that wait. */
  #opened(note: Note, coders: readonly string[]): Opened {
    const opened = new Opened(note, this.#me(), this.#codebook.peek()?.version ?? "", coders, fresh());
    for (const { act } of this.#outbox.waiting.peek()) if (opened.concerns(act)) opened.expect(act);
    return opened;
  }

  perform(acts: readonly Act[], words: string): void {
    this.#doing.perform(acts, words);
  }

  undo(): void {
    void this.#notices.attempt(async () => this.#stepped("undo", await this.#doing.step("undo")));
  }

  did(words: string, turn: Turn): () => void {
    const undo = this.#doing.did(words, turn);
    return () => void this.#notices.attempt(async () => this.#stepped("undo", await undo()));
  }

  redo(): void {
    void this.#notices.attempt(async () => this.#stepped("redo", await this.#doing.step("redo")));
  }

  #stepped(direction: "undo" | "redo", what: string | null | undefined): void {
    const undo = direction === "undo";
    const none = undo ? _("Nothing to undo.") : _("Nothing to do again.");
    const said = undo ? _("Undone: {what}") : _("Done again: {what}");
    if (what !== null) this.say({ tone: what ? "done" : "said", undoing: true, words: what ? fill(said, { what }) : none });
  }

  say(notice: Omit<Notice, "id">): void {
    this.#notices.say(notice);
  }

  dismiss(notice: number): void {
    this.#notices.take(notice);
  }

  retry(act: Id): void {
    const open = this.open.peek();
    const turned = this.turned.peek().find((one) => one.act.id === act);
    if (turned !== undefined && open?.concerns(turned.act)) open.expect(turned.act);
    this.#outbox.retry(act);
  }

  drop(act: Id): void {
    this.#outbox.drop(act);
  }

  nudge(): void {
    this.#outbox.nudge();
  }

  fresh(): Id {
    return fresh();
  }

  passage(stretch: Stretch): Passage {
    return this.#doing.passage(stretch);
  }

  leaving(call: () => void): () => void {
    return this.#at.leaving(call);
  }

  kept<T>(name: string, otherwise: T): Signal<T> {
    return this.#kept.get(name, otherwise);
  }

  /** Ask for the work of other coders when it is to be shown. */
  watch(): () => void {
    let first = true;
    return effect(() => {
      void this.shown.value;
      const open = this.open.peek();
      if (!first && open !== null) {
        // Heard from before the note is read: what is done meanwhile is told.
        this.#listening.start();
        void this.#notices.attempt(() => this.#at.fetch(open.note.source));
      }
      first = false;
    });
  }

  #me(): string {
    return this.#hello.peek()?.coder ?? "";
  }

  async #quoted(act: Act): Promise<Act | null> {
    if (!("quote" in act)) return act;
    // A note that is no more in the list has no words left to give.
    if (!this.#notes.peek().some((one) => one.source === act.source)) return null;
    const open = this.open.peek();
    const note = open?.note.source === act.source ? open.note : await this.transport.call("note", { source: act.source });
    if (note.version !== act.version) return null;
    const quote = Array.from(note.text).slice(act.start, act.end).join("");
    return { ...act, quote };
  }

  /** Read the list of notes again, and the open one if its text is another. */
  async #reread(): Promise<void> {
    this.#notes.value = renewed(this.#notes.peek(), await this.transport.call("notes", {}));
    const open = this.open.peek();
    const row = this.#notes.peek().find((one) => one.source === open?.note.source);
    if (open !== null && row !== undefined && row.version !== open.note.version) await this.#at.fetch(row.source);
  }
}
