/** What else can be pointed at: a memo, a passage outside the grid, a suggestion, words selected. */
import type { ComponentChildren, JSX } from "preact";

import { Named } from "../codes/Mark";
import { run } from "../commands";
import { accept, propose, reject, retract } from "../state/acts";
import type { Desk, MemoState, ProposalState, Stretch, SuggestionState } from "../state/desk";
import { _, fill, share } from "../words";
import { MemoEditor } from "./MemoEditor";
import { wordsAt } from "./reaching";
import { history, memoKindName, quoted } from "./words";
import { Written } from "./Written";

export function MemoCard({ desk, memo }: { desk: Desk; memo: MemoState }): JSX.Element {
  return (
    <article class="cpit-card" aria-label={_("Memo")}>
      <h3>{_("Memo")} <span class="cpit-quiet">{memoKindName(memo.kind)}</span></h3>
      <Quote desk={desk} on={memo} />
      {memo.mine && memo.kind !== "correction" ? <MemoEditor key={memo.subject} desk={desk} on={memo} /> : <p class="cpit-card-words">{memo.words}</p>}
      <p class="cpit-card-history">{history(desk, memo.heads.at(-1)!)}</p>
      {memo.mine && <TakeBack onDo={() => { desk.perform([retract(desk, memo)], _("Take back a memo")); desk.pointed.value = null; }} />}
    </article>
  );
}

export function ProposalCard({ desk, proposal }: { desk: Desk; proposal: ProposalState }): JSX.Element {
  const again = (name: string, words: string): void =>
    desk.perform([propose(desk, proposal, name || proposal.name, words)], fill(_("Outside the grid: “{name}”"), { name }));
  return (
    <article class="cpit-card" aria-label={_("Outside the grid")}>
      <h3>{_("Outside the grid")}</h3>
      <Written key={`name ${proposal.subject}`} name={_("Provisional name")} words={proposal.name} fixed={!proposal.mine} onLeft={(name) => again(name, proposal.words)} />
      <Quote desk={desk} on={proposal} />
      <Written key={`words ${proposal.subject}`} name={_("Why the grid lacks it")} long words={proposal.words} fixed={!proposal.mine} onLeft={(words) => again(proposal.name, words)} />
      <p class="cpit-card-history">{history(desk, proposal.heads.at(-1)!)}</p>
      {proposal.mine && <TakeBack onDo={() => { desk.perform([retract(desk, proposal)], fill(_("Take back {code}"), { code: proposal.name })); desk.pointed.value = null; }} />}
    </article>
  );
}

export function SuggestionCard({ desk, suggestion }: { desk: Desk; suggestion: SuggestionState }): JSX.Element {
  const code = desk.codes.value.get(suggestion.code);
  const sure = suggestion.score === null ? "" : ` · ${fill(_("sure at {score}"), { score: share(suggestion.score) })}`;
  return (
    <article class="cpit-card" aria-label={_("Suggestion")}>
      <h3><Named desk={desk} id={suggestion.code} /> <span class="cpit-quiet">{_("suggested")}</span></h3>
      {code && <p class="cpit-card-definition">{code.definition || code.short}</p>}
      <Quote desk={desk} on={suggestion} />
      <p class="cpit-card-history">{fill(_("Suggested by {who}"), { who: suggestion.by })}{sure}</p>
      <div class="cpit-actions">
        <button class="cpit-first" onClick={() => desk.perform([accept(desk, suggestion)], fill(_("Accept {code}"), { code: suggestion.code }))}>{_("Accept")} <kbd>A</kbd></button>
        <button onClick={() => desk.perform([reject(desk, suggestion)], fill(_("Reject {code}"), { code: suggestion.code }))}>{_("Reject")} <kbd>R</kbd></button>
      </div>
    </article>
  );
}

/** Words selected: what can be done with them, and by which key. */
export function SelectionCard({ desk, on }: { desk: Desk; on: Stretch }): JSX.Element {
  return (
    <article class="cpit-card" aria-label={_("Words selected")}>
      <h3>{_("Words selected")}</h3>
      <Quote desk={desk} on={on} />
      <div class="cpit-actions">
        <Act desk={desk} command="codes.find" k="C">{_("Code with…")}</Act>
        <Act desk={desk} command="inspector.memo" k="M">{_("Memo")}</Act>
        <Act desk={desk} command="inspector.outside" k="H">{_("Outside the grid")}</Act>
        <Act desk={desk} command="inspector.in_vivo" k="I">{_("In their words")}</Act>
        <Act desk={desk} command="inspector.episode" k="E">{_("Episode")}</Act>
        <Act desk={desk} command="correct" k="T">{_("Correct")}</Act>
      </div>
    </article>
  );
}

function Act({ desk, command, k, children }: { desk: Desk; command: string; k: string; children: ComponentChildren }): JSX.Element {
  return (
    <button onMouseDown={(event) => event.preventDefault()} onClick={() => run(command, desk)}>
      {children} <kbd>{k}</kbd>
    </button>
  );
}

function Quote({ desk, on }: { desk: Desk; on: Stretch }): JSX.Element {
  return <blockquote>{quoted(wordsAt(desk, on))}</blockquote>;
}

function TakeBack({ onDo }: { onDo: () => void }): JSX.Element {
  return (
    <div class="cpit-actions">
      <button class="cpit-plain" onClick={onDo}>{_("Take back")} <kbd>{_("Del")}</kbd></button>
    </div>
  );
}
