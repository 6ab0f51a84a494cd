/** Events said in the words of the field. */
import { _, fill, ngettext } from "../../words";
import type { Counts, Sums } from "./wire";

const FAMILIES: Record<string, keyof Sums> = {
  apply: "codings", accept: "codings",
  memo: "memos", propose: "proposals", episode: "episodes", correct: "corrections",
  retract: "changes", restore: "changes", recode: "changes", resize: "changes", facet: "changes",
};

/** Say counts by kind of event as « 12 codings, 2 memos ». */
export function counted(counts: Counts): string {
  const sums: Partial<Record<keyof Sums, number>> = {};
  for (const [kind, n] of Object.entries(counts)) {
    const family = FAMILIES[kind] ?? "others";
    sums[family] = (sums[family] ?? 0) + n;
  }
  return told(sums);
}

const SAID: readonly [keyof Sums, (n: number) => string][] = [
  ["codings", (n) => ngettext("{n} coding", "{n} codings", n)],
  ["changes", (n) => ngettext("{n} coding changed", "{n} changes of codings", n)],
  ["episodes", (n) => ngettext("{n} state of an episode", "{n} states of episodes", n)],
  ["memos", (n) => ngettext("{n} memo", "{n} memos", n)],
  ["proposals", (n) => ngettext("{n} passage outside the grid", "{n} passages outside the grid", n)],
  ["decisions", (n) => ngettext("{n} decision", "{n} decisions", n)],
  ["corrections", (n) => ngettext("{n} correction proposed", "{n} corrections proposed", n)],
  ["others", (n) => ngettext("{n} other act", "{n} other acts", n)],
];

/** Say what one person adds. */
export function told(sums: Partial<Record<keyof Sums, number>>): string {
  const said = SAID.flatMap(([name, words]) => (sums[name] ? fill(words(sums[name]), { n: sums[name] }) : []));
  return said.length > 0 ? said.join(", ") : _("nothing");
}

/** A day and an hour, where the reader is. */
export function moment(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

