/** What is done, undone and done again: shown at once on the open note, then put on its way. */
import { batch } from "@preact/signals";

import type { Act } from "../wire/acts";
import type { Event, Id } from "../wire/note";
import type { Stretch } from "./desk";
import { fresh } from "./ids";
import { inverse, type Deed } from "./inverse";
import type { Opened } from "./open";
import { Undo, type Step, type Turn } from "./undo";

export interface Place {
  open: () => Opened | null;
  /** Open the note of a step, and wait for it. */
  go: (source: Id) => Promise<void>;
  send: (acts: readonly Act[], words: string) => void;
}

export interface Passage extends Stretch {
  source: Id;
  version: string;
  quote: string;
}

type Back = { act: Id; deed: Deed }[];

export class Doing {
  readonly undo = new Undo();

  #turning: Promise<unknown> | null = null;

  constructor(private readonly at: Place) {}

  perform(acts: readonly Act[], words: string): void {
    const back = this.#shown(acts);
    if (words !== "") this.undo.did({ words, source: this.at.open()?.note.source ?? null, back });
    this.at.send(acts, words);
  }

  /** Something was done that no act says: return how to undo it. */
  did(words: string, turn: Turn): () => Promise<string | null> {
    const step: Step = { words, source: this.at.open()?.note.source ?? null, back: [], turn };
    this.undo.did(step);
    return () => this.#turn("undo", step);
  }

  /** Undo what no act said, or do it again: when it cannot be, it stays the step to undo. */
  async #turn(direction: "undo" | "redo", { words, turn }: Step): Promise<string | null> {
    if (turn === undefined || !this.undo.turned(direction, turn)) return null;
    this.#turning = turn().then((next) => this.undo.turned(direction, turn, next));
    try {
      await this.#turning;
    } finally {
      this.#turning = null;
    }
    return words;
  }

  /** Undo the last step, or do it again; return its words, null when it became another, nothing when there is none. */
  async step(direction: "undo" | "redo"): Promise<string | null | undefined> {
    // Pressed twice: one after the other.
    while (this.#turning !== null) await this.#turning.catch(() => null);
    const step = this.undo.next(direction);
    if (step === null) return undefined;
    if (step.source !== null && this.at.open()?.note.source !== step.source) {
      await this.at.go(step.source);
      if (this.undo.next(direction) !== step || this.at.open()?.note.source !== step.source) return null;
    }
    if (step.turn !== undefined) return this.#turn(direction, step);
    const acts: Act[] = [];
    const back: Back = [];
    batch(() => {
      // One by one: a deed sees what the one before it has left.
      for (const { deed } of step.back) {
        const act = this.#act(deed);
        acts.push(act);
        back.unshift(...this.#shown([act]));
      }
    });
    this.undo.moved(direction, { ...step, back });
    for (const [rank, { deed }] of step.back.entries()) {
      const act = acts[rank]!;
      if (deed.kind === "accept" && act.kind === "accept") this.undo.rename(deed.coding, act.coding);
    }
    this.at.send(acts, step.words);
    return step.words;
  }

  passage({ start, end }: Stretch): Passage {
    const open = this.at.open();
    if (open === null) throw new Error("no note is open");
    return { source: open.note.source, version: open.note.version, start, end, quote: open.offsets.slice(start, end) };
  }

  /** Show acts; return what undoes them, last first. */
  #shown(acts: readonly Act[]): Back {
    const open = this.at.open();
    const back: Back = [];
    batch(() => {
      for (const act of acts) {
        const heads = open?.record.heads(act.subject) ?? [];
        const answers = open?.record.answers(act.subject) ?? [];
        const deed = inverse(act, heads, answers, (event) => this.#where(event));
        if (deed !== null) back.unshift({ act: act.id, deed });
        if (open?.concerns(act)) open.expect(act);
      }
    });
    return back;
  }

  #act(deed: Deed): Act {
    const open = this.at.open();
    // The first reading of a note took its subject from the server.
    const subject = deed.kind === "read" && open !== null ? open.reading.peek().subject : deed.subject;
    const seen = (open?.record.heads(subject) ?? []).map((event) => event.id);
    const named = { ...deed, subject, id: fresh(), seen };
    return (deed.kind === "accept" ? { ...named, coding: fresh() } : named) as Act;
  }

  #where(event: Event): Passage {
    const passage = this.passage({ start: event.start ?? 0, end: event.end ?? 0 });
    return { ...passage, source: event.source ?? passage.source };
  }
}
