/** A stretch of text cut wherever something begins or ends, so that marks may overlap. */
import type { Mark } from "../../wire/rounds";

export interface Stretch {
  start: number;
  end: number;
}

export interface Piece extends Stretch {
  /** Marks that cover the whole piece. */
  marks: readonly Mark[];
  /** Whether the passage being chosen covers it. */
  chosen: boolean;
}

const covers = (one: Stretch, start: number, end: number): boolean => one.start <= start && one.end >= end;

/** Return the pieces of a stretch, in order: each is covered by the same marks from end to end. */
export function piecesOf(within: Stretch, marks: readonly Mark[], chosen: Stretch | null): Piece[] {
  const stretches: readonly Stretch[] = chosen === null ? marks : [...marks, chosen];
  const edges = stretches.flatMap((one) => [one.start, one.end]);
  const inside = edges.filter((at) => at > within.start && at < within.end);
  const cuts = [...new Set([within.start, ...inside, within.end])].sort((one, other) => one - other);
  return cuts.slice(1).map((end, rank) => {
    const start = cuts[rank]!;
    return {
      start,
      end,
      marks: marks.filter((one) => covers(one, start, end)),
      chosen: chosen !== null && covers(chosen, start, end),
    };
  });
}

export const overlap = (one: Stretch, other: Stretch): boolean => one.start < other.end && other.start < one.end;
