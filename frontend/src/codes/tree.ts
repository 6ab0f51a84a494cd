/** The grid as a tree: axes, families, codes; what of it is shown, and where the keyboard goes. */
import type { CodeEntry, Codebook } from "../wire/calls";
import { fold, terms } from "./folding";

/** One line of the tree. `id` is that of its code, or the axis after a colon. */
export interface Row {
  id: string;
  code: CodeEntry | null;
  name: string;
  level: number;
  parent: string | null;
  /** Whether it has lines under it, and whether they are shown. */
  branch: boolean;
  open: boolean;
  /** Its rank among its sisters, from 1, and how many they are. */
  rank: number;
  sisters: number;
  /** Codings of the coder, its own and those under it. */
  used: number;
}

export const axisRow = (axis: string): string => `:${axis}`;

interface Branch {
  id: string;
  code: CodeEntry | null;
  name: string;
  under: Branch[];
  used: number;
}

/** Axes in the order in which coders need them: situations first, then that of the grid. */
export function axesInOrder(codebook: Codebook): Codebook["axes"] {
  const first = ["situations", "postures", "needs", "stakes", "actors", "competences", "innovation"];
  const rank = (id: string): number => (first.includes(id) ? first.indexOf(id) : first.length);
  return [...codebook.axes].sort((one, other) => rank(one.id) - rank(other.id));
}

function branches(codebook: Codebook): Branch[] {
  const under = new Map<string, CodeEntry[]>();
  for (const code of codebook.codes) {
    const above = code.parent ?? axisRow(code.axis);
    under.set(above, [...(under.get(above) ?? []), code]);
  }
  const grow = (code: CodeEntry): Branch => {
    const inside = (under.get(code.id) ?? []).map(grow);
    return { id: code.id, code, name: code.name, under: inside, used: sum(inside, code.used) };
  };
  return axesInOrder(codebook).map(({ id, name }) => {
    const inside = (under.get(axisRow(id)) ?? []).map(grow);
    return { id: axisRow(id), code: null, name, under: inside, used: sum(inside, 0) };
  });
}

const sum = (under: readonly Branch[], own: number): number =>
  under.reduce((total, one) => total + one.used, own);

/**
 * Return the lines shown.
 *
 * Without a filter, those under a folded line are left out. With one, every line that it names, those
 * above and, when it names a family, those under it; nothing is folded.
 */
export function rows(codebook: Codebook, folded: ReadonlySet<string>, filter: string): Row[] {
  const wanted = terms(filter);
  const shown: Row[] = [];
  const walk = (siblings: readonly Branch[], level: number, parent: string | null, all: boolean): void => {
    const kept = all ? siblings : siblings.filter((one) => named(one, wanted));
    kept.forEach((one, index) => {
      const open = wanted.length > 0 || !folded.has(one.id);
      const { id, code, name, used } = one;
      shown.push({
        id, code, name, used, level, parent, open, branch: one.under.length > 0, rank: index + 1, sisters: kept.length,
      });
      if (open) walk(one.under, level + 1, id, all || (one.code !== null && says(one, wanted)));
    });
  };
  walk(branches(codebook), 1, null, wanted.length === 0);
  return shown;
}

const says = (one: Branch, wanted: readonly string[]): boolean => {
  const words = fold(`${one.code?.id ?? ""} ${one.name} ${one.code?.short ?? ""}`).letters;
  return wanted.every((term) => words.includes(term));
};

const named = (one: Branch, wanted: readonly string[]): boolean =>
  says(one, wanted) || one.under.some((inside) => named(inside, wanted));

/** What a key of the WAI-ARIA tree does: go to a line, or fold or unfold the one where it is. */
export type Step = { go: string } | { fold: string } | { unfold: string } | null;

/** Return what a key does from a line. */
export function step(shown: readonly Row[], from: string, key: string): Step {
  const at = shown.findIndex((row) => row.id === from);
  const here = shown[at];
  const to = (index: number): Step => (shown[index] ? { go: shown[index].id } : null);
  if (!here) return to(0);
  switch (key) {
    case "ArrowDown": return to(at + 1);
    case "ArrowUp": return to(at - 1);
    case "Home": return to(0);
    case "End": return to(shown.length - 1);
    case "ArrowRight": return rightOf(here, shown[at + 1]);
    case "ArrowLeft": return here.branch && here.open ? { fold: here.id } : here.parent === null ? null : { go: here.parent };
    default: return null;
  }
}

function rightOf(here: Row, next: Row | undefined): Step {
  if (!here.branch) return null;
  if (!here.open) return { unfold: here.id };
  return next ? { go: next.id } : null;
}
