/** Events said in the words of the field. */
import { _, ngettext } from "../../words";
import type { Counts, Sums } from "./wire";

const FAMILIES: Record<string, keyof Sums> = {
  apply: "codings", accept: "codings",
  memo: "memos", propose: "proposals", episode: "episodes",
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

/** Say what one person adds. */
export function told(sums: Partial<Record<keyof Sums, number>>): string {
  const of = (name: keyof Sums): number => sums[name] ?? 0;
  const said = [
    of("codings") > 0 && ngettext("{n} coding", "{n} codings", of("codings")).replace("{n}", String(of("codings"))),
    of("changes") > 0 && ngettext("{n} coding changed", "{n} changes of codings", of("changes")).replace("{n}", String(of("changes"))),
    of("episodes") > 0 && ngettext("{n} state of an episode", "{n} states of episodes", of("episodes")).replace("{n}", String(of("episodes"))),
    of("memos") > 0 && ngettext("{n} memo", "{n} memos", of("memos")).replace("{n}", String(of("memos"))),
    of("proposals") > 0 && ngettext("{n} passage outside the grid", "{n} passages outside the grid", of("proposals")).replace("{n}", String(of("proposals"))),
    of("decisions") > 0 && ngettext("{n} decision", "{n} decisions", of("decisions")).replace("{n}", String(of("decisions"))),
    of("others") > 0 && ngettext("{n} other act", "{n} other acts", of("others")).replace("{n}", String(of("others"))),
  ].filter((one) => one !== false);
  return said.length > 0 ? said.join(", ") : _("nothing");
}

/** A day and an hour, where the reader is. */
export function moment(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

