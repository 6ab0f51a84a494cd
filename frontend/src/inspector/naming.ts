/** Passages that the grid does not say: named in one key, or by the words themselves. */
import { fold } from "../codes/folding";
import { propose } from "../state/acts";
import type { Desk, Stretch } from "../state/desk";
import { _, fill } from "../words";
import { wordsAt } from "./reaching";
import { writingOf } from "./state";

/** Longest name made of the words of a passage, in characters. */
const LONGEST = 80;

/** Return a name from words: one line, cut at a word when it is long. */
export function inVivo(words: string): string {
  const flat = words.replace(/\s+/g, " ").trim();
  if (flat.length <= LONGEST) return flat;
  const cut = flat.slice(0, LONGEST - 1);
  const edge = cut.lastIndexOf(" ");
  return `${(edge > LONGEST / 2 ? cut.slice(0, edge) : cut).trimEnd()}…`;
}

/** Propose a passage under a name, spelt as it was the first time. */
export function name(desk: Desk, on: Stretch, typed: string): boolean {
  const asked = typed.replace(/\s+/g, " ").trim();
  if (asked === "") return false;
  const spelt = knownNames(desk).find((one) => fold(one).letters === fold(asked).letters) ?? asked;
  const act = propose(desk, on, spelt);
  desk.perform([act], fill(_("Outside the grid: “{name}”"), { name: spelt }));
  desk.pointed.value = { of: "proposal", subject: act.subject };
  return true;
}

/** Propose a passage under its own words. */
export function nameInVivo(desk: Desk, on: Stretch): void {
  name(desk, on, inVivo(wordsAt(desk, on)));
}

/** Return the provisional names known: of this note, and of those read since the page was opened. */
export function knownNames(desk: Desk): string[] {
  const { names } = writingOf(desk);
  const here = (desk.open.value?.proposals.value ?? []).map((one) => one.name);
  const all = new Map<string, string>();
  for (const one of [...names.value, ...here]) if (!all.has(fold(one).letters)) all.set(fold(one).letters, one);
  const known = [...all.values()];
  if (known.length > names.peek().length) queueMicrotask(() => { names.value = known; });
  return known;
}
