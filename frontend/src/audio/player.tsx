/** A quiet bar under the note, when a recording lies beside it. */
import { useEffect, useRef } from "preact/hooks";

import { answer } from "../commands";
import { clock } from "./clock";
import "./player.css";
import { at, BACK, broken, following, hasten, heard, length, load, move, playing, speed, SPEEDS, turn } from "./sound";
import { useDesk } from "../shell/context";
import type { OpenNote } from "../state/desk";
import { _, fill, tongue } from "../words";

export { playAt } from "./sound";

export function Player() {
  const desk = useDesk();
  const open = desk.open.value;
  const address = open?.note.audio ?? null;
  useEffect(() => {
    load(address);
    return () => load(null);
  }, [address]);
  if (open === null || address === null || desk.place.value.screen !== "reading") return null;
  return <Bar open={open} />;
}

function Bar({ open }: { open: OpenNote }) {
  const bar = useRef<HTMLElement>(null);
  const part = heard(open, at.value);
  useEffect(() => {
    const root = bar.current?.closest<HTMLElement>(".cpit");
    if (root) mark(root, playing.value ? (part?.begins ?? null) : null);
  }, [part, playing.value, at.value]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLSelectElement || event.key !== " ") return;
    answer(event);
    if (event.shiftKey) move(at.peek() - BACK);
    else turn();
  };
  if (broken.value) return <p class="cpit-player cpit-quiet">{_("The recording beside this note cannot be played.")}</p>;
  return (
    <section ref={bar} class="cpit-player" aria-label={_("Recording")} onKeyDown={onKeyDown}>
      <button class="cpit-plain" aria-label={playing.value ? _("Pause") : _("Play")} title={_("Space")} onClick={turn}>
        <span aria-hidden="true">{playing.value ? "❚❚" : "►"}</span>
      </button>
      <button class="cpit-plain" title={_("Shift + Space")} onClick={() => move(at.peek() - BACK)}>
        {fill(_("−{n} s"), { n: BACK })}
      </button>
      <input
        type="range" min={0} max={Math.max(1, Math.floor(length.value))} step={1} value={Math.floor(at.value)}
        aria-label={_("Moment")} aria-valuetext={fill(_("{now} of {whole}"), { now: clock(at.value), whole: clock(length.value) })}
        onInput={(event) => move(Number(event.currentTarget.value))}
      />
      <span class="cpit-player-time">{clock(at.value)} / {clock(length.value)}</span>
      <select aria-label={_("Speed")} value={speed.value} onChange={(event) => hasten(Number(event.currentTarget.value))}>
        {SPEEDS.map((one) => <option key={one} value={one}>{fill(_("× {n}"), { n: one.toLocaleString(tongue()) })}</option>)}
      </select>
      <label class="cpit-pick">
        <input type="checkbox" checked={following.value} onChange={(event) => (following.value = event.currentTarget.checked)} />
        <span>{_("Follow")}</span>
      </label>
    </section>
  );
}

/** Mark the turn that is heard by its time code, which stands before its words. */
function mark(root: HTMLElement, begins: number | null): void {
  const said = begins === null ? "" : clock(begins);
  const marked = root.querySelector<HTMLElement>(".pane-time[aria-current]");
  if (marked?.dataset["time"] === said) return;
  marked?.removeAttribute("aria-current");
  const next = said === "" ? null : root.querySelector<HTMLElement>(`.pane-time[data-time="${said}"]`);
  next?.setAttribute("aria-current", "true");
  if (following.peek()) next?.scrollIntoView({ block: "nearest" });
}
