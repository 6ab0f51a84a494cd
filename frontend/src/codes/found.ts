/** What the palette finds: codes, or commands after « > », or notes after « # ». */
import type { Command } from "../commands";
import type { Desk } from "../state/desk";
import type { CodeEntry } from "../wire/calls";
import type { NoteRow } from "../wire/note";
import { search, searched } from "./fuzzy";
import type { Found, Ranges, Searched } from "./fuzzy";
import { codesOf } from "./state";

export type Item =
  | { of: "code"; id: string; code: CodeEntry; family: string; found: readonly Ranges[] }
  | { of: "command"; id: string; command: Command; words: string; found: readonly Ranges[] }
  | { of: "note"; id: string; note: NoteRow; found: readonly Ranges[] };

/** Most items shown: more would not be read. */
const MOST = 60;

const prepared = new WeakMap<readonly CodeEntry[], Searched<CodeEntry>[]>();

/** Return what a query names, best first. */
export function found(desk: Desk, commands: readonly Command[], query: string): Item[] {
  const rest = query.slice(1).trim();
  if (query.startsWith(">")) return commandItems(desk, commands, rest);
  if (query.startsWith("#")) return noteItems(desk, rest);
  return query.trim() === "" ? usualItems(desk) : codeItems(desk, query);
}

function codeItems(desk: Desk, query: string): Item[] {
  const hits = search(readied(desk), query).filter((hit) => hit.thing.usable);
  return hits.slice(0, MOST).map((hit) => codeItem(desk, hit.thing, hit.ranges));
}

/** Without a query: those put lately, those pinned, then the whole grid in its order. */
function usualItems(desk: Desk): Item[] {
  const { recent, pins } = codesOf(desk);
  const known = desk.codes.value;
  const first = [...new Set([...recent.value.slice(0, 5), ...pins.value])];
  const all = [...new Set([...first, ...known.keys()])].map((id) => known.get(id));
  return all.filter((code) => code?.usable).map((code) => codeItem(desk, code!, [[], [], [], []]));
}

function codeItem(desk: Desk, code: CodeEntry, ranges: readonly Ranges[]): Item {
  return { of: "code", id: code.id, code, family: familyName(desk, code), found: ranges };
}

const familyName = (desk: Desk, code: CodeEntry): string =>
  (code.parent === null
    ? desk.codebook.value?.axes.find((axis) => axis.id === code.axis)?.name
    : desk.codes.value.get(code.parent)?.name) ?? "";

/** Codes ready to be searched: folded once a codebook. */
function readied(desk: Desk): Searched<CodeEntry>[] {
  const codes = desk.codebook.value?.codes ?? [];
  let ready = prepared.get(codes);
  if (!ready) {
    ready = codes.map((code) =>
      searched(code, [[code.id, 1.2], [code.name, 1], [code.short === code.name ? "" : code.short, 0.6], [familyName(desk, code), 0.5]]));
    prepared.set(codes, ready);
  }
  return ready;
}

function commandItems(desk: Desk, commands: readonly Command[], query: string): Item[] {
  const possible = commands.filter((one) => one.when?.(desk) ?? true);
  const ready = possible.map((one) => searched(one, [[one.words(), 1]]));
  return hitsOf(ready, query).map(({ thing, ranges }) =>
    ({ of: "command", id: thing.id, command: thing, words: thing.words(), found: ranges }));
}

function noteItems(desk: Desk, query: string): Item[] {
  const ready = desk.notes.value.map((note) =>
    searched(note, [[note.title, 1], [note.path, 0.8], [note.territories.join(" "), 0.5]]));
  return hitsOf(ready, query).map(({ thing, ranges }) => ({ of: "note", id: thing.source, note: thing, found: ranges }));
}

function hitsOf<T>(ready: readonly Searched<T>[], query: string): Found<T>[] {
  return search(ready, query).slice(0, MOST);
}
