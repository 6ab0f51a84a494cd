/** The codes under the digits: a key each, in the coder's own order. */
import type { JSX } from "preact";

import { answer } from "../commands";
import type { Desk } from "../state/desk";
import type { CodeEntry } from "../wire/calls";
import { _, fill } from "../words";
import { Mark } from "./Mark";
import { moved, PLACES, toggled } from "./pins";
import { choose, gather } from "./putting";
import { codesOf } from "./state";

/** What travels when a code is dragged: its id, never words of a note. */
export const CODE = "application/x-cpit-code";

export function Pins({ desk }: { desk: Desk }): JSX.Element | null {
  const { pins } = codesOf(desk);
  const pinned = pins.value.map((id) => desk.codes.value.get(id)).filter((code) => code !== undefined);
  const drop = (event: DragEvent, place: number): void => {
    const code = event.dataTransfer?.getData(CODE);
    if (!code) return;
    event.preventDefault();
    const now = pins.value.includes(code) ? pins.value : toggled(pins.value, code);
    pins.value = moved(now, code, place);
  };
  const over = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes(CODE)) event.preventDefault();
  };
  return (
    <section class="cpit-pins" aria-label={_("Codes under the digits")} onDragOver={over} onDrop={(event) => drop(event, PLACES)}>
      {pinned.length === 0 && <p class="cpit-quiet">{_("Shift+P on a code pins it under a digit.")}</p>}
      <ol>
        {pinned.map((code, place) => (
          <li key={code.id} class="cpit-pin" onDragOver={over} onDrop={(event) => { event.stopPropagation(); drop(event, place); }}>
            <kbd class="cpit-pin-handle" aria-hidden="true" draggable onDragStart={(event) => event.dataTransfer?.setData(CODE, code.id)}>
              {place + 1}
            </kbd>
            <Pin desk={desk} code={code} place={place} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Pin({ desk, code, place }: { desk: Desk; code: CodeEntry; place: number }): JSX.Element {
  const { pins, read, gathered } = codesOf(desk);
  const keyed = (event: KeyboardEvent): void => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by !== undefined) pins.value = moved(pins.value, code.id, place + by);
    else if (event.key === "Delete" || (event.key === "P" && event.shiftKey)) pins.value = toggled(pins.value, code.id);
    else return;
    answer(event);
  };
  return (
    <button
      aria-pressed={gathered.value.includes(code.id)}
      aria-keyshortcuts={String(place + 1)}
      title={fill(_("{name}: digit {digit}. Alt+arrows move it, Delete unpins it."), { name: code.name, digit: place + 1 })}
      onFocus={() => { read.value = code.id; }}
      onMouseEnter={() => { read.value = code.id; }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => (event.shiftKey ? gather(desk, code.id) : choose(desk, code.id))}
      onKeyDown={keyed}
    >
      <Mark code={code} />
      <span class="cpit-code-id">{code.id}</span>
      <span class="cpit-code-name">{code.name}</span>
    </button>
  );
}
