/** The passages of a code, in all the notes: listed as hits are; the keyboard goes there and back. */
import { pointedCoding } from "../codes/putting";
import { codesOf } from "../codes/state";
import { paneOf } from "../pane/panes";
import { orSaid } from "../screens/trouble";
import { folding } from "../shell/narrow";
import type { Desk } from "../state/desk";
import { _ } from "../words";
import { listOf, NONE } from "./state";

/** List the passages of a code in the place of the notes. */
export function showPassages(desk: Desk, code: string): void {
  const { under, search, searching, before } = listOf(desk);
  codesOf(desk).palette.value = null;
  folding(desk, "notes").value = false;
  if (!under.value) before.value = { search: search.value, searching: searching.value };
  search.value = NONE;
  under.value = { code, others: under.value?.others === true };
  searching.value = true;
}

/** List those of the code that is read, else of the one pointed at. */
export function showPassagesHere(desk: Desk): void {
  const { reading, read } = codesOf(desk);
  const code = (reading.value && read.value) || pointedCoding(desk)?.code || read.value;
  if (code) showPassages(desk, code);
  else desk.say({ tone: "said", words: _("Choose a code first.") });
}

/** Ask for them from one on, those before stay; when another list is asked for meanwhile, let go. */
export async function listPassages(desk: Desk, first = 0): Promise<void> {
  const { asked, speaker, search, under } = listOf(desk);
  const of = under.value;
  if (!of) return;
  const { territory, visitKind } = asked.value;
  const asking = { ...of, territory, visit_kind: visitKind, speaker: speaker.value, first };
  const found = await orSaid(desk, desk.call("passages", asking));
  const { value: before } = search;
  if (!found || under.value !== of || (first > 0 && before.hits?.length !== first)) return;
  // The keyboard goes to a list that was just opened, or to what was added to it.
  const to = first || (before.hits ? -1 : 0);
  const hits = [...(first ? before.hits! : []), ...found.hits];
  const at = hits.findIndex(({ id }) => id === before.hits?.[before.at]?.id);
  search.value = { ...NONE, ...found, hits, at, to };
}

/** Whether the keyboard is in a note as it was opened from the list. */
export function cameFromList(desk: Desk): boolean {
  const { under, search } = listOf(desk);
  const pane = paneOf(desk);
  const id = search.value.hits?.[search.value.at]?.id;
  return under.value !== null && pane?.scroller === document.activeElement && pane?.bounds.moving.value === null
    && desk.selection.value === null && (desk.pointed.value?.subject ?? id) === id;
}

export function backToList(desk: Desk): void {
  const { search } = listOf(desk);
  folding(desk, "notes").value = false;
  search.value = { ...search.value, to: search.value.at };
}
