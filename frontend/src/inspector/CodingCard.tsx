/** One coding: what it says, of which words, who put it and when, and what can be done with it. */
import type { JSX } from "preact";

import { Named } from "../codes/Mark";
import { codesOf } from "../codes/state";
import { paneOf } from "../pane/panes";
import { became } from "../screens/rounds/Decisions";
import { facet, recode, retract } from "../state/acts";
import type { CodingState, Desk } from "../state/desk";
import { _, fill } from "../words";
import { askedOf } from "./asked";
import { Conflict } from "./Conflict";
import { Facets } from "./Facets";
import { gatherHere, labelOf } from "./gathering";
import { MemoEditor } from "./MemoEditor";
import { episodeOf, memosOn, wordsAt } from "./reaching";
import { writingOf } from "./state";
import { dayOf, history, quoted } from "./words";

export function CodingCard({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element {
  const code = desk.codes.value.get(coding.code);
  const head = coding.heads.at(-1)!;
  return (
    <article class="cpit-card" aria-label={fill(_("Coding {code}"), { code: coding.code })}>
      <h3><Named desk={desk} id={coding.code} /></h3>
      {coding.debt && coding.mine && <Owed desk={desk} coding={coding} />}
      <Decided desk={desk} coding={coding} />
      <Said desk={desk} coding={coding} />
      {code && <p class="cpit-card-definition">{code.definition || code.short}</p>}
      <blockquote>{quoted(wordsAt(desk, coding))}</blockquote>
      <p class="cpit-card-history">
        {history(desk, head)}
        {head.grid !== undefined && ` · ${fill(_("grid {version}"), { version: head.grid })}`}
        {coding.waiting && ` · ${_("not saved yet")}`}
      </p>
      <Same desk={desk} coding={coding} />
      {coding.heads.length > 1 && <Conflict desk={desk} coding={coding} />}
      <Memos desk={desk} coding={coding} />
      {coding.mine && <Doing desk={desk} coding={coding} />}
    </article>
  );
}

/** Which one it is of those that bear its code in the note, and the way to the others. */
function Same({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element | null {
  const all = desk.open.value?.codings.value.filter((one) => one.code === coding.code) ?? [];
  const at = all.findIndex((one) => one.subject === coding.subject);
  if (all.length < 2) return null;
  const way = (by: 1 | -1, words: string, sign: string) => (
    <button class="cpit-plain" aria-label={words} title={words} onClick={() => {
      const pane = paneOf(desk);
      pane?.go(pane.standing.get(all.at((at + by) % all.length)!.subject));
    }}>{sign}</button>
  );
  return (
    <p class="cpit-card-history cpit-same-code">
      {fill(_("{rank} of {n} under this code in this note"), { rank: at + 1, n: all.length })}
      {way(-1, _("The one before"), "↑")}{way(1, _("The next one"), "↓")}
    </p>
  );
}

/** What was decided of it where coders differed, and why. */
function Decided({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element | null {
  const one = askedOf(desk).value.decided.get(coding.subject);
  if (!one) return null;
  return (
    <section class="cpit-decided" aria-label={_("Adjudication")}>
      <p><b>⚖ {became(one, coding.code)}</b> {one.why}</p>
      <p class="cpit-card-history">{fill(_("decided by {coder} on {day}"), { coder: one.by, day: dayOf(desk, one.at) })}{one.round && ` · ${one.round}`}</p>
    </section>
  );
}

/** A code that the grid changed: its passage is to be read again. */
function Owed({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element {
  const put = coding.heads.at(-1)?.put ?? coding.code;
  const group = askedOf(desk).value.owed.find((one) => one.owed.some((owed) => owed.id === coding.subject));
  const others = (group?.candidates ?? []).filter((one) => one !== coding.code);
  const stands = desk.codes.value.get(coding.code)?.usable === true;
  const keep = (): void => desk.perform([recode(desk, coding, coding.code)], fill(_("Keep {code}"), { code: coding.code }));
  const become = (code: string): void =>
    desk.perform([recode(desk, coding, code)], fill(_("Replace {old} with {new}"), { old: coding.code, new: code }));
  return (
    <section class="cpit-owed" aria-label={_("To recode")}>
      <p>
        <b>{_("To read again.")}</b>{" "}
        {fill(_("It was put as {code}, which the grid has changed since."), { code: put })}
      </p>
      <div class="cpit-actions">
        {stands && <button onClick={keep}>{fill(_("Keep {code}"), { code: coding.code })}</button>}
        {others.map((code) => (
          <button key={code} title={desk.codes.value.get(code)?.definition} onClick={() => become(code)}>
            {code} {desk.codes.value.get(code)?.name}
          </button>
        ))}
        <button onClick={() => openPalette(desk)}>{_("Choose the code…")}</button>
      </div>
    </section>
  );
}

/** Facets: its own, or those of its episode, which are said there. */
function Said({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element | null {
  const facets = desk.codebook.value?.facets ?? [];
  const around = episodeOf(desk, coding);
  if (facets.length === 0) return null;
  const say = (values: Record<string, string>): void =>
    desk.perform([facet(desk, coding, values)], fill(_("Facets of {code}"), { code: coding.code }));
  if (!around) return <Facets facets={facets} values={coding.facets} onSay={coding.mine ? say : null} />;
  return (
    <section class="cpit-around">
      <p>
        {_("In the episode")}{" "}
        <button class="cpit-link" onClick={() => { desk.pointed.value = { of: "episode", subject: around.subject }; }}>{labelOf(around)}</button>
        {_(", which says its facets.")}
      </p>
      <Facets facets={facets} values={around.facets} onSay={null} />
    </section>
  );
}

function Memos({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element | null {
  const memos = memosOn(desk, coding);
  if (memos.length === 0) return null;
  return (
    <section class="cpit-attached" aria-label={_("Memos on this passage")}>
      {memos.map((one) => one.mine
        ? <MemoEditor key={one.subject} desk={desk} on={one} />
        : <p key={one.subject}>{one.words} <span class="cpit-quiet">– {one.coder}</span></p>)}
    </section>
  );
}

function Doing({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element {
  return (
    <div class="cpit-actions">
      <button onClick={() => { writeMemo(desk, coding); }}>{_("Memo")} <kbd>M</kbd></button>
      {coding.episode === null && <button onClick={() => gatherHere(desk)}>{_("Episode")} <kbd>E</kbd></button>}
      <button onClick={() => openPalette(desk)}>{_("Recode…")} <kbd>C</kbd></button>
      <button class="cpit-plain" onClick={() => takeBack(desk, coding)}>{_("Take back")} <kbd>{_("Del")}</kbd></button>
    </div>
  );
}

const openPalette = (desk: Desk): void => {
  desk.selection.value = null;
  codesOf(desk).palette.value = { begins: "" };
};

function writeMemo(desk: Desk, coding: CodingState): void {
  if (desk.open.value) writingOf(desk).draft.value = { of: "memo", on: desk.passage(coding) };
}

/** Take a coding back. */
export function takeBack(desk: Desk, coding: CodingState): void {
  desk.perform([retract(desk, coding)], fill(_("Take back {code}"), { code: coding.code }));
  desk.pointed.value = null;
}
