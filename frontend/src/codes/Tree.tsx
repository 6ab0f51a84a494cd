/** The grid as a tree of WAI-ARIA: one line has the keyboard; Enter puts a code, Space gathers it. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { answer } from "../commands";
import type { Desk } from "../state/desk";
import { _ } from "../words";
import { Mark } from "./Mark";
import { toggled } from "./pins";
import { choose, gather, pointedCoding } from "./putting";
import { codesOf } from "./state";
import { step } from "./tree";
import type { Row } from "./tree";
import { usage } from "./usage";

/** A pointer that rests this long on a line, in ms, reads its definition: crossing lines changes nothing. */
const RESTS = 140;

interface Props {
  desk: Desk;
  rows: readonly Row[];
}

export function Tree({ desk, rows }: Props): JSX.Element {
  const state = codesOf(desk);
  const active = rows.some((row) => row.id === state.line.value) ? state.line.value : (rows[0]?.id ?? null);
  const resting = useRef(0);
  const { tree } = state;
  useLayoutEffect(() => {
    if (hasKeyboard(tree.current)) lineOf(tree.current, active)?.focus();
    else lineOf(tree.current, state.line.value)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const rest = (event: MouseEvent): void => {
    window.clearTimeout(resting.current);
    const id = lineUnder(event);
    if (id !== null) resting.current = window.setTimeout(() => { state.read.value = id; }, RESTS);
  };
  return (
    <div
      ref={tree}
      class="cpit-tree"
      role="tree"
      aria-label={_("Codes of the grid")}
      aria-multiselectable="true"
      onKeyDown={(event) => keyed(desk, rows, active, event)}
      onMouseMove={rest}
      onMouseLeave={() => window.clearTimeout(resting.current)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => clicked(desk, rows, event)}
    >
      {rows.map((row) => <Line key={row.id} desk={desk} row={row} active={row.id === active} />)}
    </div>
  );
}

const hasKeyboard = (tree: HTMLElement | null): boolean =>
  tree?.contains(document.activeElement) === true;

const lineOf = (tree: HTMLElement | null, id: string | null): HTMLElement | null =>
  id === null ? null : (tree?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`) ?? null);

const lineUnder = (event: MouseEvent): string | null =>
  event.target instanceof Element
    ? (event.target.closest<HTMLElement>("[data-line]")?.dataset["line"] ?? null)
    : null;

function clicked(desk: Desk, rows: readonly Row[], event: MouseEvent): void {
  const row = rows.find((one) => one.id === lineUnder(event));
  if (!row) return;
  codesOf(desk).line.value = row.id;
  if (row.branch) return toggle(desk, row.id);
  codesOf(desk).read.value = row.id;
  if (event.shiftKey || event.ctrlKey || event.metaKey) gather(desk, row.id);
  else choose(desk, row.id);
}

function toggle(desk: Desk, id: string): void {
  const { folded } = codesOf(desk);
  const now = folded.value;
  folded.value = now.includes(id) ? now.filter((one) => one !== id) : [...now, id];
}

function keyed(desk: Desk, rows: readonly Row[], active: string | null, event: KeyboardEvent): void {
  const row = rows.find((one) => one.id === active);
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const done = moves(desk, rows, row, event) || acts(desk, row, event);
  if (!done) return;
  answer(event);
}

function moves(desk: Desk, rows: readonly Row[], row: Row, event: KeyboardEvent): boolean {
  if (event.shiftKey) return false;
  const taken = step(rows, row.id, event.key);
  if (taken === null) return event.key.startsWith("Arrow");
  if ("go" in taken) codesOf(desk).line.value = taken.go;
  else toggle(desk, row.id);
  return true;
}

function acts(desk: Desk, row: Row, event: KeyboardEvent): boolean {
  const { pins } = codesOf(desk);
  if (event.key === "Enter" && !event.shiftKey && !event.repeat) {
    if (row.branch) toggle(desk, row.id);
    else choose(desk, row.id);
  } else if (event.key === " ") gather(desk, row.id);
  else if (event.key === "P" && event.shiftKey && row.code?.usable) pins.value = toggled(pins.value, row.id);
  else return false;
  return true;
}

function Line({ desk, row, active }: { desk: Desk; row: Row; active: boolean }): JSX.Element {
  const { code } = row;
  const state = codesOf(desk);
  const gathered = useComputed(() => state.gathered.value.includes(row.id));
  const borne = useComputed(() => pointedCoding(desk)?.code === row.id);
  const leaf = code !== null && !row.branch;
  return (
    <div
      role="treeitem"
      class="cpit-line"
      data-line={row.id}
      data-kind={code === null ? "axis" : row.branch ? "family" : "code"}
      aria-level={row.level}
      aria-posinset={row.rank}
      aria-setsize={row.sisters}
      aria-expanded={row.branch ? row.open : undefined}
      aria-selected={leaf ? gathered.value : undefined}
      aria-current={borne.value ? "true" : undefined}
      aria-disabled={leaf && !code.usable ? "true" : undefined}
      tabIndex={active ? 0 : -1}
      onFocus={() => { state.line.value = row.id; if (code) state.read.value = row.id; }}
    >
      <span class="cpit-twisty" aria-hidden="true" />
      {code && <Mark code={code} />}
      {code && <span class="cpit-code-id">{code.id}</span>}
      <span class="cpit-code-name">{row.name}</span>
      {leaf && !code.usable && <span class="cpit-line-note">{_("retired")}</span>}
      {leaf && <Counts desk={desk} id={row.id} />}
    </div>
  );
}

/** The digit of a line and how often it was put: redrawn alone. */
function Counts({ desk, id }: { desk: Desk; id: string }): JSX.Element {
  const pinned = useComputed(() => codesOf(desk).pins.value.indexOf(id) + 1).value;
  const used = useComputed(() => usage(desk).value.get(id) ?? 0).value;
  return (
    <>
      {pinned > 0 && <kbd><span class="cpit-unseen">{_("digit")} </span>{pinned}</kbd>}
      {used > 0 && <span class="cpit-line-used"><span class="cpit-unseen">{_("codings:")} </span>{used}</span>}
    </>
  );
}
