/** The text of one block cut where a bar starts or ends, or where its setting changes. */
import type { Block } from "./layout";
import type { Span } from "./spans";

/** How the words themselves are set: as text, a speaker's label, the marks of a line, a term that matched. */
export type Setting = "text" | "label" | "mark" | "term";

export interface Run {
  start: number;
  end: number;
  setting: Setting;
  spans: readonly Span[];
}

const NONE: readonly Span[] = [];

/** Return the runs of a block, in order: together they are its text, each has one set of bars. */
export function runsOf(block: Block, spans: readonly Span[]): Run[] {
  const cuts = new Set([block.start, block.end]);
  const add = (at: number): void => {
    if (at > block.start && at < block.end) cuts.add(at);
  };
  [block.from, block.to, block.labelled].forEach(add);
  for (const span of spans) {
    [span.start, span.end, ...span.terms.flat()].forEach(add);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => {
    const start = sorted[i]!;
    const over = spans.filter((span) => span.start < end && start < span.end);
    return { start, end, setting: setting(block, start, end, over), spans: over.length ? over : NONE };
  });
}

function setting(block: Block, start: number, end: number, over: readonly Span[]): Setting {
  if (start < block.from || end > block.to || block.kind === "between") return "mark";
  if (start < block.labelled) return "label";
  return over.some((span) => span.terms.some(([from, to]) => from < end && start < to)) ? "term" : "text";
}
