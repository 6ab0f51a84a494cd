/** Searching in all notes: what was found, and going from one hit to the next. */
import { paneOf } from "../pane/panes";
import { uncover } from "../shell/narrow";
import type { Desk, Stretch } from "../state/desk";
import { orSaid } from "../screens/trouble";
import type { Hit } from "../wire/calls";
import type { Id, NoteRow } from "../wire/note";
import { listPassages } from "./passages";
import { listOf, NONE } from "./state";

/** Most hits asked for at once; what is beyond is counted. */
const MOST = 300;

/** Search the words; an answer that comes after other words were typed is let go. */
export async function searchNotes(desk: Desk, words: string): Promise<void> {
  const { search } = listOf(desk);
  search.value = { ...search.value, words, hits: words.trim() === "" ? null : search.value.hits, at: -1 };
  if (words.trim() === "") return;
  const found = await orSaid(desk, desk.call("search", { words, limit: MOST }));
  if (search.value.words === words) search.value = { ...NONE, words, ...found };
}

/** Ask for more of what is listed, hits of the words or passages; the keyboard goes there if asked. */
export async function listMore(desk: Desk, going: boolean): Promise<void> {
  const { search, under } = listOf(desk);
  const { hits, words } = search.value;
  if (under.value) return listPassages(desk, hits!.length);
  const more = await orSaid(desk, desk.call("search", { words, first: hits!.length, limit: MOST }));
  if (more && search.value.hits === hits) search.value = { ...search.value, ...more, hits: [...hits!, ...more.hits], to: going ? hits!.length : -1 };
}

/** Leave passages for what was searched before them, and that for the list of notes; its words are kept. */
export function leaveSearch(desk: Desk): void {
  const { searching, under, search, before } = listOf(desk);
  searching.value = under.value !== null && before.value.searching;
  if (under.value) search.value = { ...before.value.search, to: -1 };
  under.value = null;
}

/** Leave all that was found for the list of notes. */
export function closeSearch(desk: Desk): void {
  leaveSearch(desk);
  listOf(desk).searching.value = false;
}

export interface HitGroup {
  source: Id;
  note: NoteRow | undefined;
  hits: { hit: Hit; rank: number }[];
}

/** Hits note by note, in the order in which they came; each with its rank among all. */
export function byNote(hits: readonly Hit[], notes: readonly NoteRow[]): HitGroup[] {
  const groups = new Map<Id, HitGroup>();
  hits.forEach((hit, rank) => {
    const group = groups.get(hit.source) ?? { source: hit.source, note: notes.find((one) => one.source === hit.source), hits: [] };
    group.hits.push({ hit, rank });
    groups.set(hit.source, group);
  });
  return [...groups.values()];
}

/** Open the note of a hit there; once it is open, its sentence is selected, or its coding pointed at. */
export async function goToHit(desk: Desk, rank: number): Promise<boolean> {
  const { search } = listOf(desk);
  const hit = search.value.hits?.[rank];
  if (!hit) return false;
  const { id, coder } = hit;
  const { shown } = desk;
  search.value = { ...search.value, at: rank, to: -1 };
  if (coder && coder !== desk.hello.value?.coder && !shown.value.includes(coder)) shown.value = [...shown.value, coder];
  desk.go({ screen: "reading", source: hit.source, at: hit.start, end: hit.end });
  uncover(desk);
  const there = await opened(desk, hit.source);
  if (there && id) {
    desk.selection.value = null;
    desk.pointed.value = { of: "coding", subject: id };
    paneOf(desk)?.scroller.focus({ preventScroll: true });
  } else if (there) desk.selection.value = sentenceAround(desk.open.value?.note.sentences ?? [], hit);
  return there;
}

/** Return the stretch of the sentences that a hit touches; the hit alone outside any. */
export function sentenceAround(sentences: readonly number[], { start, end }: Stretch): Stretch {
  let [first, last] = [start, end];
  for (let at = 0; at + 1 < sentences.length; at += 2) {
    const [from, to] = [sentences[at]!, sentences[at + 1]!];
    if (from < end && start < to) [first, last] = [Math.min(first, from), Math.max(last, to)];
  }
  return { start: first, end: last };
}

/** Go to the next or previous hit, around; those that are not listed yet are asked for. */
export async function nextHit(desk: Desk, by: 1 | -1): Promise<void> {
  const { search } = listOf(desk);
  const { hits, at, total } = search.value;
  if (!hits || hits.length === 0) return;
  const to = (at < 0 && by < 0 ? 0 : at) + by;
  if (to === hits.length && to < total) await listMore(desk, false);
  const n = search.value.hits?.length ?? 0;
  if (n > 0) await goToHit(desk, (to + n) % n);
}

/** Wait until a note is open; false when the person went elsewhere meanwhile. */
export function opened(desk: Desk, source: Id): Promise<boolean> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const settle = (): void => {
      const isThere = desk.open.value?.note.source === source;
      const isElsewhere = desk.place.value.source !== source;
      if (!isThere && !isElsewhere) return;
      queueMicrotask(() => stops.forEach((stop) => stop()));
      resolve(isThere);
    };
    stops.push(desk.open.subscribe(settle), desk.place.subscribe(settle));
  });
}
