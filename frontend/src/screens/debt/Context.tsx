/** A passage in its paragraph: what is around it is there, and steps back. */
import type { ComponentChildren } from "preact";

import type { Quoted } from "../../wire/debt";

const AROUND = 220;

/** The end of what comes before, or the beginning of what comes after, cut between two words. */
const near = (words: string, end: "last" | "first"): string => {
  if (words.length <= AROUND) return words;
  return end === "last"
    ? `… ${words.slice(-AROUND).replace(/^\S*\s/, "")}`
    : `${words.slice(0, AROUND).replace(/\s\S*$/, "")} …`;
};

interface Given {
  passage: Quoted;
  whole?: boolean;
  children?: ComponentChildren;
}

export function Context({ passage, whole = false, children }: Given) {
  const { before, words, after, speaker } = passage;
  return (
    <p class="cpit-context">
      {speaker !== "" && <span class="cpit-context-who">{speaker}</span>}
      <span class="cpit-context-around">{whole ? before : near(before, "last")}</span>
      <mark>{children ?? words}</mark>
      <span class="cpit-context-around">{whole ? after : near(after, "first")}</span>
    </p>
  );
}
