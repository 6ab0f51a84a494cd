/** The desk at work: what the screens see and do, over one transport. */
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";

import { Away, Refused, type Transport } from "../transport/transport";
import { _, fill, speak } from "../words";
import type { Act, Done, Trouble } from "../wire/acts";
import type { CallName, Calls, Changes, CodeEntry, Codebook, Hello } from "../wire/calls";
import type { Event, Id, NoteRow } from "../wire/note";
import type { Desk, Notice, OpenNote, Place, Pointed, Saving, Stretch } from "./desk";
import { fresh } from "./ids";
import { inverse, type Deed } from "./inverse";
import { Kept, storage } from "./kept";
import { Notices } from "./notices";
import { Opened } from "./open";
import { Outbox } from "./outbox";
import { Shelf, type Waiting } from "./shelf";
import { Undo } from "./undo";

const PAUSE = 2_000;
const NOWHERE: Place = { screen: "reading" };

export class Work implements Desk {
  readonly #hello = signal<Hello | null>(null);
  readonly #codebook = signal<Codebook | null>(null);
  readonly #notes = signal<readonly NoteRow[]>([]);
  readonly #open = signal<Opened | null>(null);
  readonly #place = signal<Place>(NOWHERE);
  readonly #trouble = signal<Trouble | null>(null);
  readonly #lost = signal<number | null>(null);
  readonly #notices = new Notices();
  readonly #undo = new Undo();
  readonly #kept = new Kept();
  readonly #outbox: Outbox;
  #mark: string | null = null;
  #stop: (() => void) | null = null;
  #left = false;
  /** Notes heard of while one was being fetched. */
  #heard = new Set<Id>();
  #rows: ReturnType<typeof setTimeout> | undefined;

  readonly hello: ReadonlySignal<Hello | null> = this.#hello;
  readonly codebook: ReadonlySignal<Codebook | null> = this.#codebook;
  readonly notes: ReadonlySignal<readonly NoteRow[]> = this.#notes;
  readonly open: ReadonlySignal<OpenNote | null> = this.#open;
  readonly place: ReadonlySignal<Place> = this.#place;
  readonly trouble: ReadonlySignal<Trouble | null> = this.#trouble;
  readonly selection = signal<Stretch | null>(null);
  readonly pointed = signal<Pointed>(null);
  readonly shown = signal<readonly string[]>([]);
  readonly notices: ReadonlySignal<readonly Notice[]> = this.#notices.all;
  readonly undoable = this.#undo.undoable;
  readonly redoable = this.#undo.redoable;
  readonly codes: ReadonlySignal<ReadonlyMap<string, CodeEntry>> = computed(
    () => new Map(this.#codebook.value?.codes.map((code) => [code.id, code])),
  );
  readonly turned;
  readonly saving: ReadonlySignal<Saving>;

  constructor(private readonly transport: Transport, readonly door: "page" | "cell") {
    this.#outbox = new Outbox({
      send: (acts) => this.transport.call("perform", { acts }),
      quote: (act) => this.#quoted(act),
      done: (done, waiting) => this.#settled(done, waiting),
      changedText: () => ({
        error: _("The text of the note changed before this could be saved."),
        remedy: _("Do it again on the text as it stands."),
      }),
    });
    this.turned = this.#outbox.turned;
    this.saving = computed(() => this.#saving());
  }

  /** Open the study, as soon as the server answers. */
  async start(): Promise<void> {
    for (;;) {
      try {
        await this.#begin();
        return;
      } catch (reason) {
        this.#trouble.value = reason instanceof Refused ? reason.trouble : AWAY();
        if (!(reason instanceof Away)) return;
        await new Promise((rested) => setTimeout(rested, PAUSE));
      }
    }
  }

  /** Leave: nothing is heard any more. */
  stop(): void {
    this.#left = true;
    this.#unlisten();
    this.transport.close?.();
  }

  #unlisten(): void {
    this.#stop?.();
    this.#stop = null;
  }

  async #begin(): Promise<void> {
    const language = this.kept<"fr" | "en" | null>("language", null).peek();
    const hello = await this.#greet(language === null ? {} : { language });
    this.#trouble.value = null;
    if (hello.study === null || hello.coder === null) return;
    this.#mark = (await this.transport.call("changes", { since: null })).mark;
    await this.refresh();
    this.#outbox.open(new Shelf(storage(), hello.study.id, hello.coder));
    this.#unlisten();
    if (this.#left) return;
    this.#stop = this.transport.listen(() => this.#mark, (changes) => this.#hear(changes), (up) => this.#linked(up));
  }

  async #greet(wanted: Calls["hello"][0]): Promise<Hello> {
    const hello = await this.transport.call("hello", wanted);
    speak(hello.words);
    this.#hello.value = hello;
    return hello;
  }

  async speak(language: "fr" | "en"): Promise<void> {
    this.kept<"fr" | "en" | null>("language", null).value = language;
    await this.#try(async () => {
      await this.#greet({ language });
      await this.refresh();
    });
  }

  call<N extends CallName>(name: N, params: Calls[N][0]): Promise<Calls[N][1]> {
    return this.transport.call(name, params);
  }

  async identify(coder: string): Promise<void> {
    await this.transport.call("identify", { coder });
    await this.#begin();
  }

  async refresh(): Promise<void> {
    const [codebook, notes] = await Promise.all([
      this.transport.call("codebook", {}), this.transport.call("notes", {}),
    ]);
    batch(() => {
      this.#codebook.value = codebook;
      this.#notes.value = notes;
    });
    const { source } = this.#place.peek();
    if (source !== undefined) await this.#fetch(source);
  }

  go(place: Place): void {
    const source = place.source ?? (place.screen === "reading" ? this.#place.peek().source : undefined);
    const moved = source !== this.#place.peek().source;
    batch(() => {
      this.#place.value = source === undefined ? place : { ...place, source };
      if (moved && source !== undefined) {
        this.selection.value = null;
        this.pointed.value = null;
      }
    });
    if (source !== undefined && this.#open.peek()?.note.source !== source) void this.#try(() => this.#fetch(source));
  }

  /** Fetch a note until nothing is heard of it meanwhile, then show it with the acts that wait. */
  async #fetch(source: Id): Promise<void> {
    for (let trial = 0; trial < 3; trial++) {
      this.#heard.delete(source);
      const others = this.shown.peek();
      const note = await this.transport.call("note", { source, coders: [...others] });
      if (this.#heard.has(source) && trial < 2) continue;
      if (this.#place.peek().source !== source) return;
      const opened = new Opened(note, this.#me(), this.#codebook.peek()?.version ?? "", others, fresh());
      for (const { act } of this.#outbox.waiting.peek()) if (concerns(act, opened)) opened.expect(act);
      this.#open.value = opened;
      return;
    }
  }

  perform(acts: readonly Act[], words: string): void {
    const back = this.#shown(acts);
    if (words !== "") this.#undo.did({ words, source: this.#open.peek()?.note.source ?? null, back });
    this.#outbox.put(acts, words);
  }

  /** Show acts; return what undoes them, last first. */
  #shown(acts: readonly Act[]): { act: Id; deed: Deed }[] {
    const open = this.#open.peek();
    const back: { act: Id; deed: Deed }[] = [];
    batch(() => {
      for (const act of acts) {
        const heads = open?.record.heads(act.subject) ?? [];
        const answers = open?.record.answers(act.subject) ?? [];
        const deed = inverse(act, heads, answers, (event) => this.#where(event));
        if (deed !== null) back.unshift({ act: act.id, deed });
        if (open !== null && concerns(act, open)) open.expect(act);
      }
    });
    return back;
  }

  undo(): void {
    void this.#try(() => this.#step("undo"));
  }

  redo(): void {
    void this.#try(() => this.#step("redo"));
  }

  async #step(direction: "undo" | "redo"): Promise<void> {
    const step = this.#undo.next(direction);
    if (step === null) return;
    if (step.source !== null && this.#open.peek()?.note.source !== step.source) {
      this.go({ screen: "reading", source: step.source });
      await this.#fetch(step.source);
      if (this.#undo.next(direction) !== step) return;
    }
    const acts: Act[] = [];
    const back: { act: Id; deed: Deed }[] = [];
    // One by one: a deed sees what the one before it has left.
    for (const { deed } of step.back) {
      const act = this.#act(deed);
      acts.push(act);
      back.unshift(...this.#shown([act]));
    }
    this.#undo.moved(direction, { ...step, back });
    for (const [rank, { deed }] of step.back.entries()) {
      const act = acts[rank]!;
      if (deed.kind === "accept" && act.kind === "accept") this.#undo.rename(deed.coding, act.coding);
    }
    this.#outbox.put(acts, step.words);
    const said = direction === "undo" ? _("Undone: {what}") : _("Done again: {what}");
    this.say({ tone: "done", words: fill(said, { what: step.words }) });
  }

  #act(deed: Deed): Act {
    const seen = (this.#open.peek()?.record.heads(deed.subject) ?? []).map((event) => event.id);
    const named = { ...deed, id: fresh(), seen };
    return (deed.kind === "accept" ? { ...named, coding: fresh() } : named) as Act;
  }

  say(notice: Omit<Notice, "id">): void {
    const id = this.#notices.say(notice);
    if (notice.tone !== "wrong") setTimeout(() => this.dismiss(id), notice.action ? 10_000 : 6_000);
  }

  dismiss(notice: number): void {
    this.#notices.take(notice);
  }

  retry(act: Id): void {
    const open = this.#open.peek();
    const turned = this.turned.peek().find((one) => one.act.id === act);
    if (turned !== undefined && open !== null && concerns(turned.act, open)) open.expect(turned.act);
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

  passage({ start, end }: Stretch): { source: Id; version: string; start: number; end: number; quote: string } {
    const open = this.#open.peek();
    if (open === null) throw new Error("no note is open");
    return { source: open.note.source, version: open.note.version, start, end, quote: open.offsets.slice(start, end) };
  }

  kept<T>(name: string, otherwise: T): Signal<T> {
    return this.#kept.get(name, otherwise);
  }

  /** Ask for the work of other coders when it is to be shown. */
  watch(): () => void {
    let first = true;
    return effect(() => {
      void this.shown.value;
      const open = this.#open.peek();
      if (!first && open !== null) void this.#try(() => this.#fetch(open.note.source));
      first = false;
    });
  }

  #me(): string {
    return this.#hello.peek()?.coder ?? "";
  }

  #where(event: Event): { source: Id; version: string; start: number; end: number; quote: string } {
    const stretch = { start: event.start ?? 0, end: event.end ?? 0 };
    return { ...this.passage(stretch), source: event.source ?? this.#open.peek()?.note.source ?? "" };
  }

  async #quoted(act: Act): Promise<Act | null> {
    if (!("quote" in act)) return act;
    const open = this.#open.peek();
    const note = open?.note.source === act.source ? open.note : await this.transport.call("note", { source: act.source });
    if (note.version !== act.version) return null;
    const quote = Array.from(note.text).slice(act.start, act.end).join("");
    return { ...act, quote };
  }

  #settled(done: Done, { words }: Waiting): void {
    const open = this.#open.peek();
    open?.settle({ ...done, events: done.events.filter((event) => belongs(event, open)) });
    for (const event of done.events) if (event.source !== undefined) this.#heard.add(event.source);
    if (done.refused !== undefined) {
      this.#undo.forget(done.act);
      this.say({ tone: "wrong", words: `${words} – ${done.refused.error}` });
    } else if (done.rebased !== undefined) this.say({ tone: "said", words: done.rebased });
  }

  #hear(changes: Changes): void {
    this.#mark = changes.mark;
    if (changes.reset) {
      void this.#try(() => this.refresh());
      return;
    }
    const open = this.#open.peek();
    for (const source of changes.notes) this.#heard.add(source);
    if (open !== null) this.#fold(changes.events.filter((event) => belongs(event, open)), open);
    if (changes.notes.length > 0) this.#reread();
  }

  #fold(events: readonly Event[], open: Opened): void {
    const news = events.filter((event) => event.by !== this.#me() && !open.record.has(event.id));
    open.learn(events);
    const who = [...new Set(news.map((event) => event.by))].join(", ");
    if (who !== "") this.say({ tone: "said", words: fill(_("{who} has just worked on this note."), { who }) });
  }

  /** Read the list of notes again, once for changes that follow each other. */
  #reread(): void {
    clearTimeout(this.#rows);
    this.#rows = setTimeout(() => void this.#try(async () => {
      this.#notes.value = await this.transport.call("notes", {});
      const open = this.#open.peek();
      const row = this.#notes.peek().find((one) => one.source === open?.note.source);
      if (open !== null && row !== undefined && row.version !== open.note.version) await this.#fetch(row.source);
    }), 250);
  }

  #linked(up: boolean): void {
    if (up) {
      this.#lost.value = null;
      this.#outbox.nudge();
    } else this.#lost.value ??= Date.now();
  }

  #saving(): Saving {
    const waiting = this.#outbox.waiting.value.length;
    const [turned] = this.#outbox.turned.value;
    const since = this.#outbox.away.value?.since ?? this.#lost.value;
    if (turned !== undefined) return { state: "refused", trouble: turned.trouble };
    if (since !== null) return { state: "away", waiting, since };
    return waiting > 0 ? { state: "saving", waiting } : { state: "saved" };
  }

  async #try(doing: () => Promise<void>): Promise<void> {
    try {
      await doing();
    } catch (reason) {
      const trouble = reason instanceof Refused ? reason.trouble : reason instanceof Away ? AWAY() : null;
      if (trouble === null) throw reason;
      this.say({ tone: "wrong", words: [trouble.error, trouble.remedy].filter(Boolean).join(" ") });
    }
  }
}

const AWAY = (): Trouble => ({
  error: _("The workbench does not answer."),
  remedy: _("It is tried again by itself; start it again if it was closed."),
});

/** Whether an act is about the note that is open. */
const concerns = (act: Act, open: Opened): boolean =>
  "source" in act ? act.source === open.note.source : open.record.heads(act.subject).length > 0;

/** Whether an event is about the note that is open; those without a passage say so by their subject. */
const belongs = (event: Event, open: Opened): boolean =>
  event.source !== undefined
    ? event.source === open.note.source
    : open.record.heads(event.subject).length > 0 ||
      (event.suggestion !== undefined && open.record.heads(event.suggestion).length > 0);
