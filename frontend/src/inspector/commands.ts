/** What can be written beside the text, by name and by key. */
import { register } from "../commands";
import { pointedCoding } from "../codes/putting";
import { takeSentence } from "../pane/taking";
import { unfold } from "../shell/narrow";
import { retract } from "../state/acts";
import type { Desk } from "../state/desk";
import { _, fill } from "../words";
import { gathered, gatherHere } from "./gathering";
import { takeBack } from "./CodingCard";
import { nameInVivo } from "./naming";
import { passageHere } from "./reaching";
import { writingOf } from "./state";

const READING = ["reading"];

function begin(desk: Desk, of: "memo" | "proposal"): void {
  const on = passageHere(takeSentence(desk));
  if (on && desk.open.value) writingOf(desk).draft.value = { of, on: desk.passage(on) };
  else wordsFirst(desk);
}

const wordsFirst = (desk: Desk): void =>
  desk.say({ tone: "said", words: _("Select words in the note, or point at a coding, first.") });

function inVivo(desk: Desk): void {
  const on = passageHere(takeSentence(desk));
  if (on) nameInVivo(desk, on);
  else wordsFirst(desk);
}

/** Take back what is pointed at, when it is hers. */
function takeBackPointed(desk: Desk): void {
  const open = desk.open.value;
  const pointed = desk.pointed.value;
  const coding = pointedCoding(desk);
  if (!open || !pointed) return;
  if (coding) return coding.mine ? takeBack(desk, coding) : notHers(desk);
  const found = [...open.memos.value, ...open.proposals.value, ...open.episodes.value].find((one) => one.subject === pointed.subject);
  if (!found) return;
  if (!found.mine) return notHers(desk);
  desk.perform([retract(desk, found)], fill(_("Take back {code}"), { code: "name" in found ? found.name : "label" in found ? _("an episode") : _("a memo") }));
  desk.pointed.value = null;
}

const notHers = (desk: Desk): void => desk.say({ tone: "said", words: _("This is someone else's: it can be read, not changed.") });

function toFacets(desk: Desk): void {
  unfold(desk, "codes");
  writingOf(desk).place?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus();
}

register(
  { id: "inspector.memo", words: () => _("Write a memo"), group: "coding", keys: ["m"], screens: READING, run: (desk) => begin(desk, "memo") },
  { id: "inspector.outside", words: () => _("Outside the grid: give a provisional name"), group: "coding", keys: ["h"], screens: READING, run: (desk) => begin(desk, "proposal") },
  { id: "inspector.in_vivo", words: () => _("Outside the grid, in the words of the passage"), group: "coding", keys: ["i"], screens: READING, run: inVivo },
  { id: "inspector.episode", words: () => _("Gather codings into an episode"), group: "coding", keys: ["e"], screens: READING, run: gatherHere },
  {
    id: "inspector.told", words: () => _("The episode is told"), group: "coding", keys: ["Escape"], screens: READING,
    when: (desk) => gathered(desk) !== undefined, run: (desk) => { writingOf(desk).gathering.value = null; },
  },
  {
    id: "inspector.facets", words: () => _("Say the facets of what is pointed at"), group: "coding", keys: ["f"], screens: READING,
    when: (desk) => desk.pointed.value !== null, run: toFacets,
  },
  {
    id: "inspector.back", words: () => _("Take back what is pointed at"), group: "coding", keys: ["Delete", "Backspace"], screens: READING,
    when: (desk) => desk.pointed.value !== null && desk.pointed.value.of !== "suggestion", run: takeBackPointed,
  },
);
