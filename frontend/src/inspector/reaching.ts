/** What a passage, a selection or a pointer reaches in the open note. */
import type { CodingState, Desk, EpisodeState, MemoState, Stretch } from "../state/desk";
import { pointedCoding } from "../codes/putting";

/** Return the thing pointed at among the things of its kind. */
export function pointedIn<T extends { subject: string }>(desk: Desk, of: string, things: readonly T[]): T | undefined {
  const pointed = desk.pointed.value;
  return pointed?.of === of ? things.find((one) => one.subject === pointed.subject) : undefined;
}

/** Return the passage that a key is about: the selection, else that of the coding pointed at. */
export function passageHere(desk: Desk): Stretch | null {
  const selected = desk.selection.value;
  if (selected && selected.end > selected.start) return selected;
  const coding = pointedCoding(desk);
  return coding && { start: coding.start, end: coding.end };
}

/** Return her codings inside the selection; without one, the coding pointed at. */
export function codingsHere(desk: Desk): CodingState[] {
  const selected = desk.selection.value;
  const mine = (desk.open.value?.codings.value ?? []).filter((one) => one.mine);
  if (selected && selected.end > selected.start) {
    const inside = mine.filter((one) => one.start >= selected.start && one.end <= selected.end);
    if (inside.length > 0) return inside;
  }
  const coding = pointedCoding(desk);
  return coding?.mine ? [coding] : [];
}

/** Return the memos whose passage is exactly that of a coding. */
export function memosOn(desk: Desk, { start, end }: Stretch): MemoState[] {
  return (desk.open.value?.memos.value ?? []).filter((one) => one.start === start && one.end === end);
}

export function episodeOf(desk: Desk, coding: CodingState): EpisodeState | undefined {
  return desk.open.value?.episodes.value.find((one) => one.subject === coding.episode);
}

/** Return the words between two offsets of the open note. */
export const wordsAt = (desk: Desk, { start, end }: Stretch): string =>
  desk.open.value?.offsets.slice(start, end) ?? "";
