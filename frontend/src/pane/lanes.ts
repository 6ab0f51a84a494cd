/** Which line each bar is drawn on: chosen when it is first shown, and kept. */
import type { Id } from "../wire/note";

interface Stretch {
  subject: Id;
  start: number;
  end: number;
}

/** Lanes of one note. A bar never jumps because another one came or went. */
export class Lanes {
  readonly #lanes = new Map<Id, number>();
  #drawn: Stretch[] = [];

  lane(subject: Id): number {
    return this.#lanes.get(subject) ?? 0;
  }

  /** Take what is shown now, sorted by start; return nothing: `lane` tells. */
  take(stretches: readonly Stretch[]): void {
    const before = new Map(this.#drawn.map((one) => [one.subject, one]));
    const settled: Stretch[] = [];
    const fresh: Stretch[] = [];
    for (const one of stretches) {
      const old = before.get(one.subject);
      (old !== undefined && old.start === one.start && old.end === one.end ? settled : fresh).push(one);
    }
    if (settled.length === 0) this.#sweep(fresh);
    else for (const one of fresh) this.#seat(one, settled);
    this.#drawn = [...stretches];
  }

  /** Seat all of them at once, from left to right. */
  #sweep(stretches: readonly Stretch[]): void {
    let active: Stretch[] = [];
    for (const one of stretches) {
      active = active.filter((other) => other.end > one.start);
      this.#choose(one, active);
      active.push(one);
    }
  }

  #seat(one: Stretch, settled: Stretch[]): void {
    this.#choose(one, settled.filter((other) => other.start < one.end && one.start < other.end));
    settled.push(one);
  }

  /** The lane it had if it is free (undone, then done again), else the first free one. */
  #choose(one: Stretch, around: readonly Stretch[]): void {
    const taken = new Set(around.map((other) => this.lane(other.subject)));
    const had = this.#lanes.get(one.subject);
    if (had !== undefined && !taken.has(had)) return;
    let lane = 0;
    while (taken.has(lane)) lane++;
    this.#lanes.set(one.subject, lane);
  }
}
