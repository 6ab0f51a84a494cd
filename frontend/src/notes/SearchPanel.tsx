/** Search in all notes: hits by note, each with its line, its speaker and its place. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { answer, wayOf } from "../commands";
import { Highlighted } from "../codes/Highlighted";
import { Named } from "../codes/Mark";
import { codesOf } from "../codes/state";
import { paneOf } from "../pane/panes";
import { useDesk } from "../shell/context";
import type { Desk } from "../state/desk";
import { Offsets } from "../text/offsets";
import type { Hit } from "../wire/calls";
import { _, fill, ngettext } from "../words";
import "./notes.css";
import { backToList, listPassages } from "./passages";
import { byNote, goToHit, leaveSearch, listMore, nextHit, searchNotes } from "./searching";
import { listOf } from "./state";

/** Letters typed closer than this, in ms, are searched together. */
const PAUSE = 180;

export function SearchPanel(): JSX.Element {
  const desk = useDesk();
  const { search, under, asked, speaker } = listOf(desk);
  const groups = useComputed(() => byNote(search.value.hits ?? [], desk.notes.value));
  const panel = useRef<HTMLDivElement>(null);
  const { hits, total, to } = search.value;
  useEffect(() => void listPassages(desk), [under.value, asked.value, speaker.value, desk.hello.value?.language]);
  // Nothing, when no line is to take the keyboard.
  useLayoutEffect(() => panel.current?.querySelector<HTMLElement>(`[data-rank="${to}"]`)?.focus(), [search.value]);
  return (
    <div class="cpit-search" ref={panel} onKeyDown={(event) => keyed(desk, panel.current, event)}>
      <div class="cpit-search-bar">
        {under.value ? <Under desk={desk} /> : <Field desk={desk} />}
        <Summary desk={desk} notes={groups.value.length} />
      </div>
      <div class="cpit-search-found">
        {groups.value.map(({ source, note, hits }) => (
          <section key={source}>
            <h3>
              {note?.title ?? source} <span class="cpit-search-count">{hits.length}</span>
            </h3>
            <ol>{hits.map(({ hit, rank }) => <Found key={rank} desk={desk} hit={hit} rank={rank} />)}</ol>
          </section>
        ))}
        {hits && hits.length < total && (
          <button class="cpit-hit-line" data-rank={hits.length} onClick={() => void listMore(desk, true)}>{_("Show more…")}</button>
        )}
      </div>
    </div>
  );
}

/** The code whose passages are listed, and whether those of others are. */
function Under({ desk }: { desk: Desk }): JSX.Element {
  const { under, search } = listOf(desk);
  const { code, others } = under.value!;
  const n = search.value.others ?? 0;
  return (
    <>
      <h3><Named desk={desk} id={code} /></h3>
      {(others || n > 0) && (
        <label><input type="checkbox" checked={others} onChange={() => { under.value = { code, others: !others }; }} /> {fill(_("Those of others too: {n}"), { n })}</label>
      )}
    </>
  );
}

function Field({ desk }: { desk: Desk }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const waiting = useRef(0);
  const { search } = listOf(desk);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
    return () => window.clearTimeout(waiting.current);
  }, []);
  const typed = (event: InputEvent & { currentTarget: HTMLInputElement }): void => {
    const words = event.currentTarget.value;
    window.clearTimeout(waiting.current);
    waiting.current = window.setTimeout(() => void searchNotes(desk, words), PAUSE);
  };
  return (
    <input
      ref={field} type="search" class="cpit-search-field" defaultValue={search.value.words}
      aria-label={_("Search in all notes")} placeholder={_("Search in all notes")} onInput={typed}
    />
  );
}

function Summary({ desk, notes }: { desk: Desk; notes: number }): JSX.Element {
  const { search, under } = listOf(desk);
  const { hits, total, words } = search.value;
  const step = (by: 1 | -1, sign: string, words: string): JSX.Element =>
    <button class="cpit-plain" aria-label={words} onClick={() => void nextHit(desk, by)}>{sign}</button>;
  return (
    <div class="cpit-search-summary">
      <p role="status">
        {hits ? said(hits.length, total, search.value.notes ?? notes, words) : !under.value && _("Accents and capitals make no difference.")}
      </p>
      {hits?.[0] && <span class="cpit-search-steps">{step(-1, "↑", _("Previous hit"))}{step(1, "↓", _("Next hit"))}</span>}
    </div>
  );
}

function said(shown: number, total: number, notes: number, words: string): string {
  if (words && total === 0) return fill(_("Nothing says “{words}”."), { words });
  const times = fill(words ? ngettext("{n} hit", "{n} hits", total) : ngettext("{n} passage", "{n} passages", total), { n: total });
  const where = fill(ngettext("in {n} note", "in {n} notes", notes), { n: notes });
  return shown < total ? fill(_("{times}, the first {shown} shown"), { times, shown }) : `${times} ${where}`;
}

function Found({ desk, hit, rank }: { desk: Desk; hit: Hit; rank: number }): JSX.Element {
  const here = listOf(desk).search.value.at === rank;
  const line = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => { if (here) line.current?.scrollIntoView({ block: "nearest" }); }, [here]);
  const offsets = new Offsets(hit.line);
  const range = [offsets.unit(hit.at[0]), offsets.unit(hit.at[1])] as const;
  return (
    <li class="cpit-hit" data-here={here}>
      <button ref={line} class="cpit-hit-line" aria-current={here ? "true" : undefined} data-rank={rank} onClick={() => void goToHit(desk, rank)}>
        <span class="cpit-hit-words"><Highlighted text={hit.line} ranges={[range]} /></span>
        <span class="cpit-hit-from">{(hit.told ?? [hit.speaker, hit.place]).filter(Boolean).join(" · ")}</span>
      </button>
      {!hit.id && <button class="cpit-plain cpit-hit-code" onClick={() => void codeHit(desk, rank)}>{_("Code with…")}</button>}
    </li>
  );
}

/** Open a hit with its words selected, then ask which code. */
async function codeHit(desk: Desk, rank: number): Promise<void> {
  if (await goToHit(desk, rank)) codesOf(desk).palette.value = { begins: "" };
}

function keyed(desk: Desk, panel: HTMLElement | null, event: KeyboardEvent): void {
  const lines = [...(panel?.querySelectorAll<HTMLElement>(".cpit-hit-line") ?? [])];
  const from = lines.findIndex((line) => line === event.target);
  const by = wayOf(event);
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (by !== undefined && (from >= 0 || by > 0)) {
    if (from + by < 0) panel?.querySelector<HTMLElement>(".cpit-search-field")?.focus();
    else lines[from + by]?.focus();
  } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) void nextHit(desk, event.shiftKey ? -1 : 1);
  else if (event.key === "Escape") {
    leaveSearch(desk);
    if (listOf(desk).searching.value) backToList(desk);
    else paneOf(desk)?.scroller.focus();
  } else if (event.key === "c" && from >= 0 && !listOf(desk).under.value) void codeHit(desk, from);
  else return;
  answer(event);
}
