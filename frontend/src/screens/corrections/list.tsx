/** « Corrections proposées »: each in its place, accepted or declined with a reason. */
import { useEffect, useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { Desk } from "../../state/desk";
import { _, fill, ngettext } from "../../words";
import { asking } from "../lots/asking";
import { moment } from "../lots/counted";
import "../lots/leaf.css";
import { TroubleSaid } from "../lots/trouble";
import "./corrections.css";
import { decided } from "./waiting";
import type { Correction } from "./wire";

export function Corrections() {
  const desk = useDesk();
  const [told] = useState(() => asking<Correction[]>());
  const read = (): void => void told.run(() => desk.call("corrections", {}));
  useEffect(read, [desk]);
  const all = told.answer.value ?? [];
  const waiting = all.filter((one) => one.state === "waiting");
  const decided = all.filter((one) => one.state !== "waiting");
  return (
    <section class="cpit-leaf" aria-labelledby="corrections-title">
      <h1 id="corrections-title">{_("Corrections of texts")}</h1>
      <TroubleSaid of={told.trouble} />
      {told.answer.value !== null && <p class="cpit-lead" aria-live="polite">{awaited(waiting.length)}</p>}
      <ul class="cpit-corrections">{waiting.map((one) => <Asked key={one.id} desk={desk} one={one} read={read} />)}</ul>
      {decided.length > 0 && (
        <>
          <h2>{_("Already decided")}</h2>
          <ul class="cpit-corrections">
            {decided.map((one) => (
              <li key={one.id}>
                <Words one={one} />
                <p class="cpit-quiet">{outcome(desk, one)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function awaited(n: number): string {
  if (n === 0) return _("No correction waits. To ask for one: in a note, select the words, then T.");
  return fill(ngettext("{n} correction waits for an answer.", "{n} corrections wait for an answer.", n), { n });
}

interface AskedProps {
  desk: Desk;
  one: Correction;
  read: () => void;
}

function Asked({ desk, one, read }: AskedProps) {
  const [asked] = useState(() => asking<Correction>());
  const [reason, explain] = useState<string | null>(null);
  const lot = desk.hello.value?.study?.lot ?? null;
  const decide = async (ask: () => Promise<Correction>): Promise<void> => {
    if ((await asked.run(ask)) === null) return;
    read();
    decided.value++;
    await desk.refresh();
  };
  const language = desk.hello.value?.language ?? "fr";
  return (
    <li>
      <Words one={one} />
      <p class="cpit-quiet">
        {fill(_("{coder}, {day}, in {path}"), { coder: one.coder, day: moment(one.at, language), path: titleOf(desk, one) })}
        {one.reason !== "" && <> – « {one.reason} »</>}
      </p>
      {lot !== null && <p class="cpit-quiet">{_("Whoever holds the study decides.")}</p>}
      {reason === null && (
        <p class="cpit-acts">
          {lot === null && (
            <>
              <button class="cpit-first" disabled={asked.busy.value} onClick={() => void decide(() => desk.call("corrections.accept", { id: one.id }))}>
                {_("Correct the text")}
              </button>
              <button onClick={() => explain("")}>{_("Leave it as it is…")}</button>
            </>
          )}
          {one.coder === desk.hello.value?.coder && (
            <button disabled={asked.busy.value} onClick={() => void decide(() => desk.call("corrections.undo", { id: one.id }))}>{_("Take back")}</button>
          )}
          <button class="cpit-plain" onClick={() => desk.go({ screen: "reading", source: one.source, at: one.start, end: one.end })}>{_("See the note")}</button>
        </p>
      )}
      {reason !== null && (
        <form
          class="cpit-inline"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== "") void decide(() => desk.call("corrections.decline", { id: one.id, reason: reason.trim() }));
          }}
        >
          <label for={`why-${one.id}`}>{_("Why it stays")}</label>
          <input id={`why-${one.id}`} autofocus value={reason} onInput={(event) => explain(event.currentTarget.value)} />
          <button type="submit" disabled={reason.trim() === "" || asked.busy.value}>{_("Leave it as it is")}</button>
          <button type="button" class="cpit-plain" onClick={() => explain(null)}>{_("Cancel")}</button>
        </form>
      )}
      <TroubleSaid of={asked.trouble} />
    </li>
  );
}

function Words({ one }: { one: Correction }) {
  return (
    <p class="cpit-corrected">
      {one.left}
      <del>{one.before}</del> <ins>{one.words}</ins>
      {one.right}
    </p>
  );
}

const titleOf = (desk: Desk, { source, path }: Correction): string => desk.notes.value.find((note) => note.source === source)?.title ?? path;

function outcome(desk: Desk, one: Correction): string {
  const { coder, by, why } = one;
  const path = titleOf(desk, one);
  if (one.state === "made") return by === "" || by === coder ? fill(_("Corrected by {coder} in {path}"), { coder, path }) : fill(_("Asked by {coder}, accepted by {by}, in {path}"), { coder, by, path });
  if (one.state === "withdrawn") return fill(_("Asked by {coder}, withdrawn"), { coder });
  return fill(_("Asked by {coder}, declined by {by}: {why}"), { coder, by, why });
}
