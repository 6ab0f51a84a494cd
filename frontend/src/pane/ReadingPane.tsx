/** The note being read: a printed page, with the marks of a proof. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { playAt } from "../audio/sound";
import { useDesk } from "../shell/context";
import type { OpenNote, Place } from "../state/desk";
import { _, fill, ngettext } from "../words";
import { finish } from "./commands";
import { Pane } from "./pane";
import { hold } from "./panes";
import { resume, viewOf, type View } from "./view";
import "./pane.css";

export function ReadingPane() {
  const { open, pressed } = useDesk();
  const drawn = useRef<OpenNote | null>(null);
  const keyboard = useRef(false);
  // Read again, a note is drawn again once the mouse is up: what was selected is kept.
  if (!pressed.value || keyOf(open.value) !== keyOf(drawn.current)) drawn.current = open.value;
  return drawn.current === null ? <NoNote /> : <OpenPane key={drawn.current.note.source} open={drawn.current} keyboard={keyboard} />;
}

const keyOf = (open: OpenNote | null): string => `${open?.note.source} ${open?.note.version}`;

/** Where to begin: at the note that she left last, or at the first one. */
function NoNote() {
  const desk = useDesk();
  if (desk.codebook.value === null) return <p class="pane-empty" aria-busy="true">{_("Reading the notes…")}</p>;
  const left = desk.notes.value.filter((note) => !note.finished);
  const last = left.filter((note) => note.last !== null).sort((a, b) => b.last! - a.last!)[0];
  const next = last ?? left[0];
  return (
    <div class="pane-empty">
      {next && (
        <p><button class="cpit-first" onClick={() => desk.go({ screen: "reading", source: next.source })}>
          {fill(last ? _("Go on with “{note}”") : _("Begin with “{note}”"), { note: next.title })}
        </button></p>
      )}
      <p>{next ? _("or choose a note in the list.") : _("Choose a note in the list.")}</p>
    </div>
  );
}

function OpenPane({ open, keyboard }: { open: OpenNote; keyboard: { current: boolean } }) {
  const desk = useDesk();
  const scroller = useRef<HTMLDivElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const [pane, setPane] = useState<Pane | null>(null);
  const view = useRef<View | null>(null);
  const visited = useRef<Place | null>(null);
  const { note } = open;
  useLayoutEffect(() => {
    const made = new Pane(desk, open, scroller.current!, root.current!, note.audio === null ? null : playAt);
    const hasKeyboard = (): boolean => made.scroller.contains(document.activeElement);
    hold(desk, made);
    setPane(made);
    if (view.current) resume(made, view.current);
    // Who reads by the keyboard goes on by it in the next note.
    if (keyboard.current && !hasKeyboard()) made.scroller.focus({ preventScroll: true });
    return () => {
      view.current = viewOf(made);
      keyboard.current = hasKeyboard();
      made.stop();
      hold(desk, null);
    };
  }, [open]);
  const place = desk.place.value;
  useEffect(() => {
    // Read again, a note stays where one has gone since.
    if (pane === null || place.at === undefined || place.source !== note.source || place === visited.current) return;
    visited.current = place;
    pane.visit(place.at, place.end);
  }, [pane, place]);
  return (
    <section class="pane" aria-label={_("Note")}>
      <Blind open={open} />
      <div class="pane-scroller" ref={scroller} tabIndex={0} role="region" aria-label={note.title} data-lm-suppress-shortcuts="true">
        <header class="pane-title">
          <h1 class={note.text.trimStart().startsWith(note.title) ? "cpit-unseen" : undefined}>{note.title}</h1>
          <Others open={open} />
        </header>
        <div class="pane-page" ref={root} />
        <Finished open={open} pane={pane} />
      </div>
      <p class="cpit-unseen" aria-live="polite">{pane?.said.value}</p>
      <Selected open={open} />
    </section>
  );
}

/** What is hidden during a round, and until when. */
function Blind({ open }: { open: OpenNote }) {
  const { blind } = open.note;
  if (blind === null) return null;
  const who = blind.coders.join(", ");
  return (
    <p class="pane-blind">
      {fill(_("Blind double coding, {round}: what {coders} code here is not shown before the round ends."), {
        round: blind.round, coders: who,
      })}
    </p>
  );
}

/** Whose work is shown beside hers, when there is any. */
function Others({ open }: { open: OpenNote }) {
  const { shown } = useDesk();
  const { blind } = open.note;
  // Somebody shown beside may begin while the note is open.
  const beside = shown.value.filter((coder) => !blind?.coders.includes(coder));
  const others = [...new Set([...open.note.others, ...beside])].sort();
  if (others.length === 0) return null;
  const toggle = (coder: string): void => {
    const now = shown.peek();
    shown.value = now.includes(coder) ? now.filter((one) => one !== coder) : [...now, coder];
  };
  return (
    <div class="pane-others" role="group" aria-label={_("Show the work of others too")}>
      <span>{_("Show too:")}</span>
      {others.map((coder) => (
        <label key={coder}>
          <input type="checkbox" checked={shown.value.includes(coder)} onChange={() => toggle(coder)} />
          {coder}
        </label>
      ))}
    </div>
  );
}

/** Tell screen readers what is selected, once it stays so. */
function Selected({ open }: { open: OpenNote }) {
  const desk = useDesk();
  const [said, setSaid] = useState("");
  const selected = desk.selection.value;
  useEffect(() => {
    const wait = setTimeout(() => setSaid(selected === null ? "" : summary(open, selected.start, selected.end)), 250);
    return () => clearTimeout(wait);
  }, [selected?.start, selected?.end]);
  return <p class="cpit-unseen" aria-live="polite">{said}</p>;
}

function summary(open: OpenNote, start: number, end: number): string {
  const words = open.offsets.slice(start, end).split(/\s+/);
  const n = words.length;
  if (n <= 8) return fill(_("Selected: {words}"), { words: words.join(" ") });
  const [first, last] = [words.slice(0, 4).join(" "), words.slice(-4).join(" ")];
  return fill(ngettext("Selected, {n} word: {first} … {last}", "Selected, {n} words: {first} … {last}", n), { n, first, last });
}

function Finished({ open, pane }: { open: OpenNote; pane: Pane | null }) {
  const desk = useDesk();
  const done = open.reading.value.finished;
  return (
    <footer class="pane-end">
      {done ? <p class="cpit-quiet">{_("You have finished this note.")}</p> : (
        <button disabled={pane === null} onClick={() => pane && finish(desk, pane)}>
          {_("I have finished this note")}
        </button>
      )}
    </footer>
  );
}
