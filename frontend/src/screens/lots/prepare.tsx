/** « Préparer un lot »: for whom, of which notes. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { Desk } from "../../state/desk";
import type { Id } from "../../wire/note";
import { _, fill, ngettext } from "../../words";
import { asking } from "./asking";
import { HandedFile } from "./handed";
import "./leaf.css";
import { TroubleSaid } from "./trouble";
import type { Handed, LotChoices } from "./wire";

type Prepared = Handed & { coder: string; documents: number; left_behind: number };
/** All the notes, those chosen, or those of the round of that name. */
type Share = "all" | "chosen" | { round: string };

export function PrepareLot() {
  const desk = useDesk();
  const [known] = useState(() => asking<LotChoices>());
  const [written] = useState(() => asking<Prepared>());
  const coder = useSignal("");
  const share = useSignal<Share>("all");
  const chosen = useSignal<ReadonlySet<Id>>(new Set());
  useEffect(() => void known.run(() => desk.call("lots.choices", {})), [desk]);
  const choices = known.answer.value;
  const ready = coder.value !== "" && (share.value !== "chosen" || chosen.value.size > 0);
  const write = (): void => {
    const { coder: whose, ...of } = asked(desk, coder.value, share.value, chosen.value);
    void written.run(() => desk.call("lots.prepare", { coder: whose, ...of }));
  };
  return (
    <section aria-labelledby="prepare-title">
      <h1 id="prepare-title">{_("Prepare a lot")}</h1>
      <p class="cpit-lead">{_("What one person needs to code on her own machine: the notes, the grids, her own codings, and nothing of the others.")}</p>
      <TroubleSaid of={known.trouble} />
      {choices !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) write();
          }}
        >
          <Whose coder={coder} choices={choices} />
          <Which desk={desk} coder={coder.value} choices={choices} share={share} chosen={chosen} />
          <p class="cpit-aside"><strong>{_("Internal")}</strong> – {_("This file holds the notes in full: hand it to this person alone, by the secure channel that your team uses.")}</p>
          <p class="cpit-acts">
            <button type="submit" class="cpit-first" disabled={!ready || written.busy.value}>{_("Write the lot")}</button>
          </p>
        </form>
      )}
      <TroubleSaid of={written.trouble} />
      <div aria-live="polite">{written.answer.value !== null && <Ready desk={desk} lot={written.answer.value} />}</div>
    </section>
  );
}

function asked(desk: Desk, coder: string, share: Share, chosen: ReadonlySet<Id>): { coder: string; sources?: string[]; round?: string } {
  if (share === "all") return { coder };
  if (share !== "chosen") return { coder, round: share.round };
  return { coder, sources: desk.notes.value.filter((one) => chosen.has(one.source)).map((one) => one.path) };
}

function Whose({ coder, choices }: { coder: Signal<string>; choices: LotChoices }) {
  return (
    <p class="cpit-field">
      <label for="lot-coder">{_("For whom")}</label>
      <select id="lot-coder" required value={coder.value} onChange={(event) => (coder.value = event.currentTarget.value)}>
        <option value="">{_("Choose…")}</option>
        {choices.coders.map((one) => <option key={one} value={one}>{one}</option>)}
      </select>
    </p>
  );
}

interface WhichProps {
  desk: Desk;
  coder: string;
  choices: LotChoices;
  share: Signal<Share>;
  chosen: Signal<ReadonlySet<Id>>;
}

function Which({ desk, coder, choices, share, chosen }: WhichProps) {
  const one = (value: Share, words: string) => (
    <label class="cpit-pick">
      <input type="radio" name="lot-share" checked={same(share.value, value)} onChange={() => (share.value = value)} />
      <span>{words}</span>
    </label>
  );
  return (
    <fieldset>
      <legend>{_("Which notes")}</legend>
      {one("all", fill(ngettext("The {n} note of the study", "The {n} notes of the study", desk.notes.value.length), { n: desk.notes.value.length }))}
      {choices.rounds.filter((round) => round.coders.includes(coder)).map((round) =>
        one({ round: round.name }, fill(ngettext("The round “{name}”: {n} note, coded blind", "The round “{name}”: {n} notes, coded blind", round.notes), { name: round.name, n: round.notes })),
      )}
      {one("chosen", _("The notes chosen here"))}
      {share.value === "chosen" && (
        <ul class="cpit-chosen">
          {desk.notes.value.map((note) => (
            <li key={note.source}>
              <label class="cpit-pick">
                <input
                  type="checkbox" checked={chosen.value.has(note.source)}
                  onChange={() => (chosen.value = toggled(chosen.value, note.source))}
                />
                <span>{note.title} <span class="cpit-quiet">{note.path}</span></span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function same(one: Share, other: Share): boolean {
  return typeof one === "string" || typeof other === "string" ? one === other : one.round === other.round;
}

function toggled(set: ReadonlySet<Id>, one: Id): ReadonlySet<Id> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

function Ready({ desk, lot }: { desk: Desk; lot: Prepared }) {
  return (
    <>
      <h2>{fill(ngettext("The lot of {coder} is ready: {n} note", "The lot of {coder} is ready: {n} notes", lot.documents), { coder: lot.coder, n: lot.documents })}</h2>
      <HandedFile desk={desk} file={lot} />
      <ol class="cpit-steps">
        <li>{fill(_("Hand it to {coder} alone, by the secure channel that your team uses."), { coder: lot.coder })}</li>
        <li>{_("There: open the workbench, then “Receive my lot”.")}</li>
        {lot.left_behind > 0 && (
          <li>{fill(ngettext("{n} act stays here: what others did to these codings.", "{n} acts stay here: what others did to these codings.", lot.left_behind), { n: lot.left_behind })}</li>
        )}
      </ol>
    </>
  );
}
