/** The index of codes, always in sight: those under the digits, the tree of the grid, what a code means. */
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";

import { answer, run } from "../commands";
import { escaped } from "../inspector/returning";
import { useDesk } from "../shell/context";
import { uncover, unfold } from "../shell/narrow";
import type { Desk } from "../state/desk";
import { _, fill, ngettext } from "../words";
import "./codes.css";
import "./commands";
import { Definition } from "./Definition";
import { Intent } from "./Intent";
import { Pins } from "./Pins";
import { toggled } from "./pins";
import { choose } from "./putting";
import { codesOf } from "./state";
import { Tree } from "./Tree";
import { axisRow, rows } from "./tree";
import type { Row } from "./tree";

export function CodesColumn(): JSX.Element | null {
  const desk = useDesk();
  const state = codesOf(desk);
  const shown = useComputed(() => {
    const book = desk.codebook.value;
    return book ? rows(book, new Set(state.folded.value), state.filter.value) : [];
  });
  const book = desk.codebook.value;
  if (!book) return null;
  const { reading } = state;
  return (
    <div
      class="cpit-codes"
      onKeyDown={(event) => escaped(event, () => run("codes.leave", desk) || uncover(desk))}
      onMouseOver={() => { reading.value = !isWriting(); }}
      onMouseLeave={() => { reading.value = false; }}
      onFocusIn={() => { reading.value = true; }}
      onFocusOut={(event) => { reading.value = event.currentTarget.matches(":hover"); }}
    >
      <Filter desk={desk} shown={shown.value} />
      <Intent desk={desk} />
      <Pins desk={desk} />
      <Tree desk={desk} rows={shown.value} />
      <Gloss desk={desk} />
    </div>
  );
}

/** Whether words are being written in the inspector: the gloss does not come over them. */
const isWriting = (): boolean => document.activeElement?.closest(".cpit-inspector") != null;

/** Show a code in the tree: what hides it is unfolded, the filter is emptied, its definition is read there. */
export function see(desk: Desk, id: string): void {
  const state = codesOf(desk);
  const above = new Set<string>();
  for (let code = desk.codes.value.get(id); code; code = code.parent === null ? undefined : desk.codes.value.get(code.parent)) {
    if (code.parent === null) above.add(axisRow(code.axis));
    else above.add(code.parent);
  }
  state.filter.value = "";
  state.folded.value = state.folded.value.filter((line) => !above.has(line));
  unfold(desk, "codes");
  state.line.value = id;
  state.tree.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)?.focus();
}

interface FilterProps {
  desk: Desk;
  shown: readonly Row[];
}

function Filter({ desk, shown }: FilterProps): JSX.Element {
  const { filter, line, tree } = codesOf(desk);
  const usable = shown.filter((row) => row.code?.usable);
  const keyed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      const first = usable[0] ?? shown[0];
      if (first) line.value = first.id;
      tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    } else if (event.key === "Escape" && filter.value !== "") {
      filter.value = "";
    } else if (event.key === "Enter" && filter.value !== "" && usable.length === 1 && usable[0]) {
      choose(desk, usable[0].id);
    } else return;
    answer(event);
  };
  return (
    <div class="cpit-codes-filter">
      <input
        type="search"
        aria-label={_("Filter the codes")}
        placeholder={_("Filter the codes")}
        value={filter.value}
        onInput={(event) => { filter.value = event.currentTarget.value; }}
        onKeyDown={keyed}
      />
      {filter.value !== "" && (
        <p role="status" class="cpit-codes-found">{found(usable.length)}</p>
      )}
    </div>
  );
}

const found = (n: number): string =>
  n === 0 ? _("No code has these words.") : n === 1 ? _("One code: Enter puts it.") : fill(ngettext("{n} code", "{n} codes", n), { n });

/** The definition at the foot of the index, over what is pointed at, as long as codes are read. */
function Gloss({ desk }: { desk: Desk }): JSX.Element | null {
  const { read, reading, pins } = codesOf(desk);
  const code = desk.codes.value.get(read.value ?? "");
  if (!reading.value || !code) return null;
  const pinned = pins.value.includes(code.id);
  return (
    <section class="cpit-gloss" aria-label={_("What the code means")} tabIndex={0}>
      {code.usable && (
        <button class="cpit-plain cpit-gloss-pin" aria-pressed={pinned} onClick={() => { pins.value = toggled(pins.value, code.id); }}>
          {pinned ? _("Unpin") : _("Pin")}
        </button>
      )}
      <Definition desk={desk} code={code} onSee={(other) => see(desk, other)} />
    </section>
  );
}
