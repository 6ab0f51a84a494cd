/** « Corriger le texte… »: the words as they are, what they should be, what will move. */
import { useEffect, useRef, useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { OpenNote, Stretch } from "../../state/desk";
import { _, fill, ngettext } from "../../words";
import { asking } from "../lots/asking";
import { TroubleSaid } from "../lots/trouble";
import { corrected, correcting, refusal, touched } from "./asked";
import "./corrections.css";
import { markWaiting } from "./waiting";
import type { Correction } from "./wire";

export function CorrectionDialog() {
  const desk = useDesk();
  useEffect(() => markWaiting(desk), [desk]);
  const stretch = correcting.value;
  const open = desk.open.value;
  if (stretch === null || open === null) return null;
  return <Sheet key={`${stretch.start}-${stretch.end}`} open={open} stretch={stretch} />;
}

function Sheet({ open, stretch }: { open: OpenNote; stretch: Stretch }) {
  const desk = useDesk();
  // The words as she read them, whatever the text becomes meanwhile.
  const [passage] = useState(() => desk.passage(stretch));
  const sheet = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(null);
  const [words, write] = useState(passage.quote);
  const [reason, explain] = useState("");
  const [asked] = useState(() => asking<Correction>());
  useEffect(() => {
    before.current = document.activeElement;
    sheet.current?.showModal();
    field.current?.select();
  }, []);
  const lot = desk.hello.value?.study?.lot ?? null;
  const impossible = refusal(passage.quote);
  const ready = impossible === null && words.trim() !== "" && words !== passage.quote && !asked.busy.value;
  const close = (): void => {
    correcting.value = null;
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  const correct = async (): Promise<void> => {
    const made = await asked.run(() => desk.call("corrections.ask", { ...passage, words, reason }));
    if (made === null) return;
    close();
    await corrected(desk, passage, made);
  };
  return (
    <dialog ref={sheet} class="cpit-correction" aria-labelledby="cpit-correction-title" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void correct();
        }}
      >
        <h2 id="cpit-correction-title">{lot === null ? _("Correct the text") : _("Ask for a correction of the text")}</h2>
        <p class="cpit-correction-before"><span class="cpit-quiet">{_("The text reads")}</span> <q>{passage.quote}</q></p>
        {impossible !== null && <p role="alert" class="cpit-wrong">{impossible}</p>}
        <p class="cpit-field">
          <label for="cpit-correction-words">{_("It should read")}</label>
          <input id="cpit-correction-words" ref={field} value={words} disabled={impossible !== null} onInput={(event) => write(event.currentTarget.value)} />
        </p>
        <p class="cpit-field">
          <label for="cpit-correction-reason">{_("Why, if it helps (the recording, for instance)")}</label>
          <input id="cpit-correction-reason" value={reason} onInput={(event) => explain(event.currentTarget.value)} />
        </p>
        <p class="cpit-quiet">{moving(touched(open, passage))} {lot === null ? _("The file received stays as it is.") : _("The text changes once whoever holds the study accepts it.")}</p>
        <TroubleSaid of={asked.trouble} />
        <p class="cpit-acts">
          <button type="submit" class="cpit-first" disabled={!ready}>{lot === null ? _("Correct") : _("Ask")}</button>
          <button type="button" onClick={() => sheet.current?.close()}>{_("Leave it as it is")}</button>
        </p>
      </form>
    </dialog>
  );
}

function moving(n: number): string {
  if (n === 0) return _("Nothing is coded on these words.");
  return fill(ngettext("{n} coding or memo stands on these words, and follows.", "{n} codings and memos stand on these words, and follow.", n), { n });
}
