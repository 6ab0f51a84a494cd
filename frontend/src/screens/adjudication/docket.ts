/** The adjudication of one round: what is left to decide, what is being decided, what was. */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";

import type { Desk } from "../../state/desk";
import { Offsets } from "../../text/offsets";
import type { DisagreementReason, Disagreement, Disputes, DoubleNote } from "../../wire/rounds";
import { _ } from "../../words";
import { Walk } from "../walk";
import { REASONS } from "./said";
import { moved } from "./bounds";
import type { Stretch } from "./pieces";

/** What is about to be decided: a coder's kept, a code put, or none. */
export interface Draft {
  keep: string | null;
  code: string | null;
  /** Where the code is put, when it is elsewhere than the passage in dispute. */
  passage: Stretch | null;
  reason: DisagreementReason;
  why: string;
}

export type Step = "looking" | "choosing" | "bounding" | "saying";

export interface OpenedNote {
  note: DoubleNote;
  offsets: Offsets;
}

/** The reason that a machine would say from the kind; people confirm it. */
const LIKELY = { boundary: "boundary", omission: "omission", neighbouring_code: "definition" } as const;
const REMEMBERED = 20;

export class Docket extends Walk<Disagreement> {
  readonly disputes: Signal<Disputes | null> = signal(null);
  readonly note: Signal<OpenedNote | null> = signal(null);
  readonly draft: Signal<Draft | null> = signal(null);
  readonly step: Signal<Step> = signal("looking");
  /** What was said lately, the last first: a round often repeats itself. */
  readonly said: Signal<readonly string[]> = signal([]);
  readonly #done: string[] = [];
  readonly #notes = new Map<string, OpenedNote>();

  readonly listed: ReadonlySignal<readonly Disagreement[]> = computed(() => this.disputes.value?.disagreements ?? []);
  readonly left: ReadonlySignal<number> = computed(() => this.listed.value.filter((one) => one.open).length);

  constructor(desk: Desk, readonly round: string) {
    super(desk);
  }

  async load(at?: string): Promise<void> {
    await this.attempt(async () => {
      const found = await this.desk.call("disputes", { round: this.round });
      this.disputes.value = found;
      const listed = found.disagreements;
      this.see((listed.find((one) => one.id === at) ?? listed.find((one) => one.open) ?? listed[0])?.id ?? null);
    });
  }

  override see(id: string | null): void {
    super.see(id);
    this.drop();
    const source = this.current.value?.source;
    if (source !== undefined && this.note.value?.note.source !== source) void this.#open(source);
  }

  /** Go to the next one left to decide: from the top again, if none is left further on. */
  onward(): void {
    if (this.go(1, (one) => one.open)) return;
    const earlier = this.listed.value.find((one) => one.open);
    if (earlier && earlier.id !== this.at.value) this.see(earlier.id);
  }

  keep(coder: string): void {
    this.#begin({ keep: coder, code: null, passage: null }, "saying");
  }

  none(): void {
    this.#begin({ keep: null, code: null, passage: null }, "saying");
  }

  choose(): void {
    const one = this.current.value;
    if (one) this.#begin({ keep: null, code: this.draft.value?.code ?? one.code }, "choosing");
  }

  put(code: string): void {
    this.#begin({ keep: null, code }, "saying");
  }

  bound(passage: Stretch | null): void {
    const one = this.current.value;
    if (!one) return;
    const draft = this.draft.value;
    const from = passage ?? draft?.passage ?? { start: one.start, end: one.end };
    this.#begin({ keep: null, code: draft?.code ?? one.code, passage: from }, "bounding");
  }

  move(end: "start" | "end", way: 1 | -1): void {
    const draft = this.draft.value;
    const opened = this.note.value;
    if (draft?.passage && opened) {
      this.draft.value = { ...draft, passage: moved(opened.offsets, draft.passage, end, way) };
    }
  }

  say(words: Partial<Pick<Draft, "reason" | "why">>): void {
    if (this.draft.value) this.draft.value = { ...this.draft.value, ...words };
  }

  nextReason(way: 1 | -1): void {
    const at = REASONS.indexOf(this.draft.value?.reason ?? "slip") + way;
    this.say({ reason: REASONS[(at + REASONS.length) % REASONS.length]! });
  }

  drop(): void {
    this.draft.value = null;
    this.step.value = "looking";
    this.trouble.value = null;
  }

  /** Enter: the words are chosen, then what is decided is sent. */
  async confirm(): Promise<void> {
    if (this.step.value === "bounding") this.step.value = "saying";
    else await this.decide();
  }

  async decide(): Promise<void> {
    const one = this.current.value;
    const draft = this.draft.value;
    const why = draft?.why.trim() ?? "";
    if (!one || !draft || this.busy.value) return;
    if (why === "") {
      this.step.value = "saying";
      this.trouble.value = { error: _("Say why, in a few words: the next coder will need it.") };
      return;
    }
    await this.attempt(async () => {
      this.#follow(await this.desk.call("dispute.decide", { ...this.#verdict(draft), id: one.id, why }));
      this.#done.push(one.id);
      this.said.value = [why, ...this.said.value.filter((said) => said !== why)].slice(0, REMEMBERED);
      // She may have gone on already.
      if (this.at.value !== one.id) return;
      this.drop();
      this.onward();
    });
  }

  /** Take back the last decision made here, or that of the disagreement looked at. */
  async undo(): Promise<void> {
    const here = this.current.value;
    const id = this.#done.at(-1) ?? (here && here.decisions.length > 0 ? here.id : undefined);
    if (id === undefined || this.busy.value) return;
    await this.attempt(async () => {
      this.#follow(await this.desk.call("dispute.undo", { round: this.round, id }));
      if (this.#done.at(-1) === id) this.#done.pop();
      this.see(id);
    });
  }

  async undoHere(): Promise<void> {
    const id = this.at.value;
    if (id === null) return;
    const rank = this.#done.lastIndexOf(id);
    if (rank >= 0) this.#done.splice(rank, 1);
    this.#done.push(id);
    await this.undo();
  }

  #begin(what: Partial<Draft>, step: Step): void {
    const one = this.current.value;
    if (!one || !one.open || this.disputes.value?.refused) return;
    const fresh: Draft = { keep: null, code: null, passage: null, reason: LIKELY[one.kind], why: "" };
    this.draft.value = { ...(this.draft.value ?? fresh), ...what };
    this.step.value = step;
    this.trouble.value = null;
  }

  #verdict({ keep, code, passage, reason }: Draft): {
    round: string; reason: DisagreementReason; keep?: string; code?: string;
    passage?: Stretch & { quote: string };
  } {
    const given = { round: this.round, reason };
    if (keep !== null) return { ...given, keep };
    if (code === null) return given;
    const offsets = this.note.value?.offsets;
    if (passage === null || !offsets) return { ...given, code };
    return { ...given, code, passage: { ...passage, quote: offsets.slice(passage.start, passage.end) } };
  }

  #follow(after: Disagreement): void {
    const found = this.disputes.value;
    if (!found) return;
    const disagreements = found.disagreements.map((one) => (one.id === after.id ? after : one));
    this.disputes.value = { ...found, disagreements };
  }

  async #open(source: string): Promise<void> {
    let opened = this.#notes.get(source);
    if (!opened) {
      await this.attempt(async () => {
        const note = await this.desk.call("dispute.note", { round: this.round, source });
        opened = { note, offsets: new Offsets(note.text) };
        this.#notes.set(source, opened);
      });
    }
    if (opened && this.current.value?.source === source) this.note.value = opened;
  }
}
