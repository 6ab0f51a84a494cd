/** The notes to read and code: where each one stands, and what is left. */
import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { answer, wayOf } from "../commands";
import { toText } from "../inspector/returning";
import { useDesk } from "../shell/context";
import { uncover } from "../shell/narrow";
import type { Desk } from "../state/desk";
import type { NoteRow } from "../wire/note";
import { _, fill, ngettext } from "../words";
import { beside, choices, isIn, NOTHING, ORDERS, readShare, STATES } from "./filters";
import type { Order } from "./filters";
import { openSearch } from "./commands";
import "./notes.css";
import { SearchPanel } from "./SearchPanel";
import { closeSearch, opened } from "./searching";
import { inSight, listOf } from "./state";
import { figure, orderName, progressWords, stateName, visitKindName } from "./words";

/** The next note is fetched ahead once one was open this long, in ms. */
const QUIET = 1_200;

export function NotesColumn(): JSX.Element {
  const desk = useDesk();
  const { searching, under } = listOf(desk);
  if (desk.codebook.value === null) return <div aria-busy="true" />;
  return (
    <div class="cpit-notes">
      <div class="cpit-notes-head">
        <Total desk={desk} />
        <button class="cpit-plain" aria-expanded={searching.value} onClick={() => (searching.value ? closeSearch : openSearch)(desk)}>
          {searching.value ? _("The list") : _("Search in the texts")}
        </button>
      </div>
      {(!searching.value || under.value) && <Filters desk={desk} listing={!under.value} />}
      {searching.value ? <SearchPanel /> : <List desk={desk} />}
    </div>
  );
}

function Total({ desk }: { desk: Desk }): JSX.Element {
  const said = useComputed(() => {
    const notes = desk.notes.value;
    const finished = notes.filter((note) => note.finished).length;
    const left = notes.reduce((sum, note) => sum + (note.finished ? 0 : note.words_left), 0);
    const said = ngettext("{finished} note finished of {n} · {left} words to read", "{finished} notes finished of {n} · {left} words to read", finished);
    return fill(said, { finished, n: notes.length, left: figure(left) });
  });
  return <p class="cpit-notes-total">{said}</p>;
}

/** What is asked of the notes; of passages, only what they may be asked too. */
function Filters({ desk, listing }: { desk: Desk; listing: boolean }): JSX.Element {
  const { asked, order, speaker } = listOf(desk);
  const open = useSignal(false);
  const { territories, visitKinds, speakers } = choices(desk.notes.value);
  const say = (change: Partial<typeof asked.value>): void => { asked.value = { ...asked.value, ...change }; };
  const used = [asked.value.territory, asked.value.visitKind, listing && asked.value.state, speaker.value].filter(Boolean).length;
  const of = (name: keyof typeof asked.value, words: string, options: Options): JSX.Element =>
    choice(words, asked.value[name], (value) => say({ [name]: value }), options, _("all"));
  const clear = (): void => { asked.value = NOTHING; speaker.value = ""; };
  return (
    <search class="cpit-notes-filters">
      {listing && <input
        type="search" aria-label={_("Filter the notes")} placeholder={_("Filter the notes")}
        value={asked.value.words} onInput={(event) => say({ words: event.currentTarget.value })}
      />}
      <div class="cpit-notes-more">
        <button class="cpit-plain" aria-expanded={open.value} onClick={() => { open.value = !open.value; }}>
          {used > 0 ? fill(ngettext("{n} filter", "{n} filters", used), { n: used }) : listing ? _("Filters and order") : _("Filters")}
        </button>
        {used > 0 && <button class="cpit-plain" onClick={clear}>{_("Show all")}</button>}
        {listing && <Legend />}
      </div>
      {open.value && (
        <div class="cpit-notes-choices">
          {listing && of("state", _("State"), STATES.filter((one) => one === asked.value.state || desk.notes.value.some((note) => isIn(one, note))).map((one) => [one, stateName(one)]))}
          {of("territory", _("Territory"), territories.map(itself))}
          {of("visitKind", _("Kind of visit"), visitKinds.map((one) => [one, visitKindName(one)]))}
          {choice(_("Speaker"), speaker.value, (chosen) => { speaker.value = chosen; }, speakers.map(itself), _("everyone"))}
          {listing && choice(_("Order"), order.value, (chosen) => { order.value = chosen as Order; }, ORDERS.map((one) => [one, orderName(one)]))}
        </div>
      )}
    </search>
  );
}

type Options = readonly (readonly [value: string, words: string])[];

const itself = (one: string): [string, string] => [one, one];

/** A list of values, and what asks nothing before them. */
function choice(name: string, value: string, choose: (value: string) => void, options: Options, all?: string): JSX.Element {
  return (
    <label>
      <span>{name}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {all && <option value="">{all}</option>}
        {options.map(([id, words]) => <option key={id} value={id}>{words}</option>)}
      </select>
    </label>
  );
}

function List({ desk }: { desk: Desk }): JSX.Element {
  const { shown } = listOf(desk);
  const list = useRef<HTMLDivElement>(null);
  const here = desk.place.value.source ?? "";
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [here]);
  useEffect(() => {
    const quiet = setTimeout(() => {
      const next = beside(inSight(desk), here, 1);
      if (next) desk.ahead(next.source);
    }, QUIET);
    return () => clearTimeout(quiet);
  }, [here]);
  const keyed = (event: KeyboardEvent): void => {
    const by = wayOf(event);
    const lines = [...(list.current?.querySelectorAll<HTMLElement>("button.cpit-note") ?? [])];
    const from = lines.findIndex((line) => line === event.target);
    const to = event.key === "Home" ? 0 : event.key === "End" ? lines.length - 1 : by === undefined ? -1 : from + by;
    if (from < 0 || !lines[to] || event.altKey || event.ctrlKey || event.metaKey) return;
    lines[to].focus();
    answer(event);
  };
  const groups = shown.value;
  const tabbed = inSight(desk).some((note) => note.source === here) ? here : inSight(desk)[0]?.source;
  return (
    <nav class="cpit-notes-list" ref={list} aria-label={_("Notes of the study")} onKeyDown={keyed}>
      {groups.length === 0 && <p class="cpit-quiet">{desk.notes.value.length === 0 ? _("This study has no note yet.") : _("No note answers these filters.")}</p>}
      {groups.map(({ round, notes }) => (
        <section key={round ?? ""}>
          {round !== null && <h3>{fill(_("Round “{round}”"), { round })}</h3>}
          {round === null && groups.length > 1 && <h3>{_("Other notes")}</h3>}
          <ul>
            {notes.map((note) => <li key={note.source}><Item desk={desk} note={note} here={note.source === here} tabbed={note.source === tabbed} /></li>)}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function Item({ desk, note, here, tabbed }: { desk: Desk; note: NoteRow; here: boolean; tabbed: boolean }): JSX.Element {
  const choose = async ({ currentTarget: line, detail }: MouseEvent & { currentTarget: HTMLElement }): Promise<void> => {
    desk.go({ screen: "reading", source: note.source });
    uncover(desk);
    // By the keyboard, which goes there too unless it has gone elsewhere meanwhile.
    if (!detail && await opened(desk, note.source) && line === document.activeElement) toText(line);
  };
  return (
    <button
      class="cpit-note" tabIndex={tabbed ? 0 : -1} aria-current={here ? "page" : undefined}
      title={note.path} onClick={(event) => void choose(event)} onFocus={() => desk.ahead(note.source)}
    >
      <span class="cpit-note-title">{note.title}</span>
      <span class="cpit-note-where">{where(desk, note)}</span>
      <Bar note={note} />
      <span class="cpit-note-foot">
        <span class="cpit-note-progress">{progressWords(note)}</span>
        <Asks note={note} />
      </span>
    </button>
  );
}

/** Which visit, when, in which territories: the first ones when they are many. */
function where(desk: Desk, note: NoteRow): string {
  const { territories: all } = note;
  const some = all.length > 3 ? `${all.slice(0, 2).join(", ")} +${all.length - 2}` : all.join(", ");
  return [note.visit_kind && visitKindName(note.visit_kind), note.day && dayName(desk, note.day), some].filter(Boolean).join(" · ");
}

const dayName = (desk: Desk, day: string): string =>
  new Date(`${day}T12:00:00`).toLocaleDateString(desk.hello.value?.language ?? "fr", { day: "numeric", month: "short", year: "numeric" });

/** What the two colours of the lines are. */
function Legend(): JSX.Element {
  return (
    <span class="cpit-notes-legend" aria-hidden="true">
      {([["covered", _("coded")], ["read", _("read so far")]] as const).map(([kind, words]) => (
        <span key={kind}><svg width="14" height="4"><rect class={`cpit-bar-${kind}`} width="14" height="4" rx="2" /></svg> {words}</span>
      ))}
    </span>
  );
}

/** How much was read, a line; how much is covered by codings, in it. The words beside say it too. */
function Bar({ note }: { note: NoteRow }): JSX.Element {
  const wide = (share: number): string => `${Math.round(share * 1000) / 10}%`;
  return (
    <svg class="cpit-note-bar" width="100%" height="3" aria-hidden="true" focusable="false">
      <rect class="cpit-bar-all" width="100%" height="3" rx="1.5" />
      <rect class="cpit-bar-read" width={wide(readShare(note))} height="3" rx="1.5" />
      <rect class="cpit-bar-covered" width={wide(Math.min(note.covered, 1))} height="3" rx="1.5" />
    </svg>
  );
}

function Asks({ note }: { note: NoteRow }): JSX.Element | null {
  if (note.debt === 0 && note.suggestions === 0) return null;
  return (
    <>
      {note.debt > 0 && <span class="cpit-ask cpit-ask-debt">{fill(ngettext("{n} to recode", "{n} to recode", note.debt), { n: note.debt })}</span>}
      {note.suggestions > 0 && <span class="cpit-ask">{fill(ngettext("{n} suggestion", "{n} suggestions", note.suggestions), { n: note.suggestions })}</span>}
    </>
  );
}
