/** What can be done with the list of notes and the search. */
import { register } from "../commands";
import type { Desk } from "../state/desk";
import { unfold } from "../shell/narrow";
import { _ } from "../words";
import { beside } from "./filters";
import { backToList, cameFromList, showPassagesHere } from "./passages";
import { leaveSearch, nextHit } from "./searching";
import { inSight, listOf } from "./state";

function step(desk: Desk, by: 1 | -1): void {
  const next = beside(inSight(desk), desk.place.value.source, by);
  if (next) desk.go({ screen: "reading", source: next.source });
  else desk.say({ tone: "said", words: by > 0 ? _("This is the last note of the list.") : _("This is the first note of the list.") });
}

export function openSearch(desk: Desk): void {
  unfold(desk, "notes");
  if (desk.place.value.screen !== "reading") desk.go({ screen: "reading" });
  leaveSearch(desk);
  listOf(desk).searching.value = true;
}

const hasHits = (desk: Desk): boolean => (listOf(desk).search.value.hits?.length ?? 0) > 0;

register(
  { id: "notes.next", words: () => _("Next note"), group: "moving", keys: ["Alt+PageDown"], run: (desk) => step(desk, 1) },
  // Where suggestions wait, « n » goes to the next of them (pane/commands.ts).
  { id: "notes.next.letter", words: () => _("Next note"), group: "moving", screens: ["reading"], keys: ["n"], when: (desk) => (desk.open.value?.suggestions.value.length ?? 0) === 0, run: (desk) => step(desk, 1) },
  { id: "notes.previous", words: () => _("Previous note"), group: "moving", screens: ["reading"], keys: ["p", "Alt+PageUp"], run: (desk) => step(desk, -1) },
  { id: "notes.search", words: () => _("Search in all notes"), group: "moving", keys: ["Mod+Shift+f", "s"], run: openSearch },
  { id: "notes.passages", words: () => _("All the passages of the code"), group: "showing", screens: ["reading"], keys: ["v"], run: showPassagesHere },
  { id: "notes.back", words: () => _("Back to the passages of the code"), group: "moving", screens: ["reading"], keys: ["Escape"], when: cameFromList, run: backToList },
  { id: "notes.hit.next", words: () => _("Next hit of the search"), group: "moving", keys: ["F3", "Mod+g"], when: hasHits, run: (desk) => void nextHit(desk, 1) },
  { id: "notes.hit.previous", words: () => _("Previous hit of the search"), group: "moving", keys: ["Shift+F3", "Mod+Shift+g"], when: hasHits, run: (desk) => void nextHit(desk, -1) },
  {
    id: "notes.everyone", words: () => _("Read everyone's turns again"), group: "showing",
    when: (desk) => listOf(desk).speaker.value !== "", run: (desk) => { listOf(desk).speaker.value = ""; },
  },
);
