/**
 * What putting a code does, said once for the tree, the digits and the palette.
 *
 * With words selected, it codes them. With nothing selected and one of her codings pointed at, it asks:
 * Enter replaces its code, Shift+Enter puts the code beside, Escape leaves. Else it says what is missing.
 */
import { batch, computed, type ReadonlySignal } from "@preact/signals";

import { apply, recode } from "../state/acts";
import type { CodingState, Desk, Stretch } from "../state/desk";
import { _, fill } from "../words";
import { remembered } from "./pins";
import { codesOf } from "./state";

/** What a code would do now. */
export type Aim = { of: "words"; stretch: Stretch } | { of: "coding"; coding: CodingState } | null;

/** Return what a code would be put on: the selection, else the coding pointed at when it is hers. */
export function aim(desk: Desk): Aim {
  const stretch = desk.selection.value;
  if (stretch && stretch.end > stretch.start) return { of: "words", stretch };
  const coding = pointedCoding(desk);
  return coding?.mine ? { of: "coding", coding } : null;
}

const looks = new WeakMap<Desk, ReadonlySignal<CodingState | null>>();

/** Return the coding pointed at: looked for once, however many lines ask. */
export function pointedCoding(desk: Desk): CodingState | null {
  let look = looks.get(desk);
  if (look === undefined) looks.set(desk, (look = computed(() => found(desk))));
  return look.value;
}

function found(desk: Desk): CodingState | null {
  const pointed = desk.pointed.value;
  if (pointed?.of !== "coding") return null;
  return desk.open.value?.codings.value.find((one) => one.subject === pointed.subject) ?? null;
}

/** Put codes together, as one step of undo; those that no passage can bear are left out. */
export function put(desk: Desk, wanted: readonly string[]): void {
  const codes = [...new Set(wanted)].filter((code) => desk.codes.value.get(code)?.usable);
  const first = codes[0];
  if (first === undefined) return;
  const target = aim(desk);
  if (target?.of === "words") putOn(desk, target.stretch, codes);
  else if (target?.of === "coding" && codes.length === 1) arm(desk, target.coding, first);
  else if (target?.of === "coding") putOn(desk, target.coding, codes);
  else nothingToCode(desk, first);
}

function arm(desk: Desk, coding: CodingState, code: string): void {
  const { armed, read } = codesOf(desk);
  if (coding.code === code) return;
  armed.value = { subject: coding.subject, code };
  read.value = code;
}

/** Return the replacement that waits, as long as its coding is pointed at and nothing is selected. */
export function waiting(desk: Desk): { coding: CodingState; code: string } | null {
  const asked = codesOf(desk).armed.value;
  const target = asked && aim(desk);
  return target?.of === "coding" && target.coding.subject === asked?.subject ? { coding: target.coding, code: asked.code } : null;
}

function nothingToCode(desk: Desk, code: string): void {
  codesOf(desk).read.value = code;
  desk.say({ tone: "said", words: _("Select words in the note first, then choose a code.") });
}

/** Code a passage; the codes that she already put there, exactly, are left as they are. */
function putOn(desk: Desk, { start, end }: Stretch, codes: readonly string[]): void {
  const there = desk.open.value?.codings.value ?? [];
  const known = (code: string): CodingState | undefined =>
    there.find((one) => one.mine && one.code === code && one.start === start && one.end === end);
  const fresh = codes.filter((code) => !known(code));
  const acts = fresh.map((code) => apply(desk, { start, end }, code));
  batch(() => {
    if (acts.length > 0) desk.perform(acts, wordsOf(fresh));
    else desk.say({ tone: "said", words: _("This passage already bears this code.") });
    const subject = acts[0]?.subject ?? known(codes[0]!)?.subject;
    if (subject !== undefined) desk.pointed.value = { of: "coding", subject };
    remember(desk, codes);
  });
}

function wordsOf(codes: readonly string[]): string {
  const listed = codes.join(", ");
  return fill(_("Put {codes}"), { codes: listed });
}

function remember(desk: Desk, codes: readonly string[]): void {
  const state = codesOf(desk);
  state.recent.value = remembered(state.recent.value, codes);
  state.last.value = [...codes];
  state.gathered.value = [];
  state.armed.value = null;
}

/** Answer the question of a replacement: replace the code, or put the other one beside. */
export function confirm(desk: Desk, how: "replace" | "beside"): void {
  const asked = waiting(desk);
  codesOf(desk).armed.value = null;
  if (!asked) return;
  const { coding, code } = asked;
  if (how === "beside") return putOn(desk, coding, [code]);
  const words = fill(_("Replace {old} with {new}"), { old: coding.code, new: code });
  desk.perform([recode(desk, coding, code)], words);
  remember(desk, [code]);
}

/** Gather a code to be put with others, or leave it out. */
export function gather(desk: Desk, code: string): void {
  if (!desk.codes.value.get(code)?.usable) return;
  const { gathered } = codesOf(desk);
  const now = gathered.value;
  gathered.value = now.includes(code) ? now.filter((one) => one !== code) : [...now, code];
}

/** Put the gathered codes, and one more. */
export function putGathered(desk: Desk, more: readonly string[] = []): void {
  put(desk, [...codesOf(desk).gathered.value, ...more]);
}

/** Put the last codes again. */
export function repeat(desk: Desk): void {
  const { last, recent } = codesOf(desk);
  put(desk, last.value.length > 0 ? last.value : recent.value.slice(0, 1));
}

/** Choose a code: answer the question if it is the same one again, else put it with those gathered. */
export function choose(desk: Desk, code: string): void {
  if (waiting(desk)?.code === code) confirm(desk, "replace");
  else putGathered(desk, [code]);
}
