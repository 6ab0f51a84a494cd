/** What is being written, else what is pointed at, else the words selected; then the memos of the note. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { useDesk } from "../shell/context";
import type { Desk, Stretch } from "../state/desk";
import { _ } from "../words";
import { ask } from "./asked";
import { CodingCard } from "./CodingCard";
import "./commands";
import { EpisodeCard } from "./EpisodeCard";
import "./inspector.css";
import { MemoEditor } from "./MemoEditor";
import { MemosPanel } from "./MemosPanel";
import { MemoCard, ProposalCard, SelectionCard, SuggestionCard } from "./OtherCards";
import { ProposalForm } from "./ProposalForm";
import { pointedIn, wordsAt } from "./reaching";
import { useReturn } from "./returning";
import { writingOf } from "./state";
import { quoted } from "./words";

export function Inspector(): JSX.Element | null {
  const desk = useDesk();
  const source = useComputed(() => desk.open.value?.note.source);
  const { box, ...keyboard } = useReturn<HTMLElement>(`${desk.pointed.value?.subject} ${writingOf(desk).draft.value?.of}`);
  const decided = desk.decided.value;
  useEffect(() => { if (source.value !== undefined) void ask(desk, source.value); }, [desk, source.value, decided]);
  useLayoutEffect(() => { writingOf(desk).place = box.current; });
  if (source.value === undefined) return <section class="cpit-inspector" aria-label={_("What is pointed at")} />;
  return (
    <section class="cpit-inspector" aria-label={_("What is pointed at")} ref={box} {...keyboard}>
      <Writing desk={desk} />
      <MemosPanel desk={desk} />
    </section>
  );
}

function Writing({ desk }: { desk: Desk }): JSX.Element | null {
  const { draft } = writingOf(desk);
  const begun = draft.value;
  const left = (): void => { if (draft.peek() === begun) draft.value = null; };
  const note = desk.open.value?.note;
  if (begun === null || begun.on.source !== note?.source || begun.on.version !== note.version) return <PointedAt desk={desk} />;
  const key = `${begun.on.start} ${begun.on.end}`;
  if (begun.of === "proposal") return <ProposalForm key={key} desk={desk} on={begun.on} onLeft={left} />;
  return (
    <article class="cpit-card" aria-label={_("New memo")}>
      <h3>{_("New memo")}</h3>
      <blockquote>{quoted(wordsAt(desk, begun.on), 200)}</blockquote>
      <MemoEditor key={key} desk={desk} on={begun.on} onLeft={left} />
    </article>
  );
}

function PointedAt({ desk }: { desk: Desk }): JSX.Element | null {
  const open = desk.open.value;
  const selected = useLatest(desk);
  if (!open) return null;
  if (selected) return <SelectionCard desk={desk} on={selected} />;
  const coding = pointedIn(desk, "coding", open.codings.value);
  if (coding) return <CodingCard key={coding.subject} desk={desk} coding={coding} />;
  const episode = pointedIn(desk, "episode", open.episodes.value);
  if (episode) return <EpisodeCard key={episode.subject} desk={desk} episode={episode} />;
  const memo = pointedIn(desk, "memo", open.memos.value);
  if (memo) return <MemoCard key={memo.subject} desk={desk} memo={memo} />;
  const proposal = pointedIn(desk, "proposal", open.proposals.value);
  if (proposal) return <ProposalCard key={proposal.subject} desk={desk} proposal={proposal} />;
  const suggestion = pointedIn(desk, "suggestion", open.suggestions.value);
  if (suggestion) return <SuggestionCard key={suggestion.subject} desk={desk} suggestion={suggestion} />;
  return <Nothing />;
}

/** Return the words selected when they were selected after something was pointed at, or with nothing pointed at. */
function useLatest(desk: Desk): Stretch | null {
  const selected = desk.selection.value;
  const pointed = desk.pointed.value;
  const seen = useRef({ selected, pointed, isWords: pointed === null });
  if (seen.current.pointed !== pointed) seen.current = { selected, pointed, isWords: pointed === null };
  else if (seen.current.selected !== selected) seen.current = { selected, pointed, isWords: true };
  return seen.current.isWords && selected && selected.end > selected.start ? selected : null;
}

function Nothing(): JSX.Element {
  return <p class="cpit-inspector-nothing">{_("Select words or point at a coding: it is shown here. Rest on a code above to read what it means.")}</p>;
}
