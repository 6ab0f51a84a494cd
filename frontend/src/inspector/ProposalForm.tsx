/** A name for what the grid does not say: one of those already proposed, or a new one. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { answer, wayOf } from "../commands";
import { search, searched } from "../codes/fuzzy";
import { Highlighted } from "../codes/Highlighted";
import type { Desk, Stretch } from "../state/desk";
import { _ } from "../words";
import { knownNames, name } from "./naming";
import { wordsAt } from "./reaching";
import { toText } from "./returning";
import { quoted } from "./words";

const OFFERED = 6;

export function ProposalForm({ desk, on, onLeft }: { desk: Desk; on: Stretch; onLeft: () => void }): JSX.Element {
  const typed = useSignal("");
  const at = useSignal(-1);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const names = knownNames(desk).map((one) => searched(one, [[one, 1]]));
  const offered = search(names, typed.value).slice(0, OFFERED);
  const leave = (): void => {
    toText(field.current);
    onLeft();
  };
  const give = (words: string): void => { if (name(desk, on, words)) leave(); };
  const keyed = (event: KeyboardEvent): void => {
    const by = wayOf(event);
    if (by !== undefined) at.value = Math.max(-1, Math.min(offered.length - 1, at.value + by));
    else if (event.key === "Enter" && !event.isComposing) give(offered[at.value]?.thing ?? typed.value);
    else if (event.key === "Escape") leave();
    else return;
    answer(event);
  };
  return (
    <form class="cpit-card" aria-label={_("Outside the grid")} onSubmit={(event) => { event.preventDefault(); give(typed.value); }}>
      <h3>{_("Outside the grid")}</h3>
      <blockquote>{quoted(wordsAt(desk, on), 200)}</blockquote>
      <label>
        <span>{_("Provisional name")}</span>
        <input
          ref={field} type="text" role="combobox" autocomplete="off" aria-expanded={offered.length > 0} aria-controls="cpit-names"
          aria-activedescendant={at.value >= 0 ? `cpit-name-${at.value}` : undefined}
          onInput={(event) => { typed.value = event.currentTarget.value; at.value = -1; }} onKeyDown={keyed}
        />
      </label>
      <ul id="cpit-names" role="listbox" aria-label={_("Names already proposed")} class="cpit-names">
        {offered.map((one, rank) => (
          <li key={one.thing} id={`cpit-name-${rank}`} role="option" aria-selected={rank === at.value} onMouseDown={(event) => { event.preventDefault(); give(one.thing); }}>
            <Highlighted text={one.thing} ranges={one.ranges[0] ?? []} />
          </li>
        ))}
      </ul>
      <p class="cpit-quiet">{_("Enter names the passage. A name already proposed joins its passages.")}</p>
    </form>
  );
}
