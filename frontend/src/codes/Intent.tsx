/** What a code would do now, in a sentence; what waits for an answer. */
import type { ComponentChildren, JSX } from "preact";

import type { Desk } from "../state/desk";
import { _, fill, ngettext } from "../words";
import { aim, confirm, putGathered, waiting } from "./putting";
import { codesOf } from "./state";

export function Intent({ desk }: { desk: Desk }): JSX.Element {
  // A button that has the keyboard is what Enter presses.
  return (
    <div class="cpit-intent" aria-live="polite" onKeyDown={(event) => { if (event.key === "Enter") event.stopPropagation(); }}>
      {said(desk)}
    </div>
  );
}

function said(desk: Desk): ComponentChildren {
  const { gathered } = codesOf(desk);
  if (waiting(desk)) return <Question desk={desk} />;
  if (gathered.value.length > 0) return <Gathered desk={desk} />;
  const target = aim(desk);
  if (target?.of === "words") return <p>{_("A code goes on the words selected.")}</p>;
  if (target?.of === "coding") {
    return <p>{fill(_("{code} is pointed at: a code replaces it, after Enter."), { code: target.coding.code })}</p>;
  }
  return <p class="cpit-quiet">{_("Select words in the note, then choose a code.")}</p>;
}

function Question({ desk }: { desk: Desk }): JSX.Element | null {
  const { armed } = codesOf(desk);
  const asked = waiting(desk);
  if (!asked) return null;
  return (
    <div class="cpit-intent-question">
      <p>{fill(_("Replace {old} with {new}?"), { old: asked.coding.code, new: asked.code })}</p>
      <div class="cpit-intent-answers">
        <button class="cpit-first" onClick={() => confirm(desk, "replace")}>{_("Replace")} <kbd>{_("Enter")}</kbd></button>
        <button onClick={() => confirm(desk, "beside")}>{_("Put beside")} <kbd>{_("Shift+Enter")}</kbd></button>
        <button class="cpit-plain" onClick={() => { armed.value = null; }}>{_("Leave")} <kbd>{_("Esc")}</kbd></button>
      </div>
    </div>
  );
}

function Gathered({ desk }: { desk: Desk }): JSX.Element {
  const { gathered } = codesOf(desk);
  const n = gathered.value.length;
  return (
    <div class="cpit-intent-question">
      <p>
        {fill(ngettext("{n} code gathered:", "{n} codes gathered:", n), { n })} <b>{gathered.value.join(", ")}</b>
      </p>
      <div class="cpit-intent-answers">
        <button class="cpit-first" onClick={() => putGathered(desk)}>{_("Put together")} <kbd>{_("Enter")}</kbd></button>
        <button class="cpit-plain" onClick={() => { gathered.value = []; }}>{_("Leave")} <kbd>{_("Esc")}</kbd></button>
      </div>
    </div>
  );
}
