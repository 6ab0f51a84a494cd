/** « Recevoir un envoi »: what it would bring, in sentences, then what it brought. */
import { useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import { _, fill, ngettext } from "../../words";
import { asking } from "./asking";
import { told } from "./counted";
import { hand } from "./door";
import { Drop } from "./drop";
import "./leaf.css";
import { TroubleSaid } from "./trouble";
import type { Merged, MergeTold } from "./wire";

interface Trial extends MergeTold {
  file: string;
  name: string;
}

export function ReceiveWork() {
  const desk = useDesk();
  const [trial] = useState(() => asking<Trial>());
  const [merged] = useState(() => asking<MergeTold>());
  const look = (file: File): void => {
    merged.clear();
    void trial.run(async () => {
      const id = await hand(file);
      return { ...(await desk.call("lots.trial", { file: id })), file: id, name: file.name };
    });
  };
  const merge = async (one: Trial): Promise<void> => {
    if ((await merged.run(() => desk.call("lots.merge", { file: one.file }))) === null) return;
    trial.clear();
    await desk.refresh();
  };
  const found = trial.answer.value;
  const able = found?.refused.length === 0 && !found.nothing;
  return (
    <section aria-labelledby="receive-title">
      <h1 id="receive-title">{_("Receive work")}</h1>
      <p class="cpit-lead">{_("The file that someone who codes sends you: nothing changes before you have read what it brings.")}</p>
      <Drop words={_("Drop here the file received")} busy={trial.busy.value} took={look} first={!able} />
      <TroubleSaid of={trial.trouble} />
      <div aria-live="polite">
        {found !== null && (
          <div class="cpit-report">
            <h2>{fill(_("What {name} would bring"), { name: found.name })}</h2>
            <Brought report={found} />
            {able && (
              <p class="cpit-acts">
                <button class="cpit-first" disabled={merged.busy.value} onClick={() => void merge(found)}>
                  {_("Merge into the study")}
                </button>
                <button onClick={() => trial.clear()}>{_("Leave it")}</button>
              </p>
            )}
          </div>
        )}
        {merged.answer.value !== null && (
          <div class="cpit-report">
            <h2>{_("It is in the study")}</h2>
            <Brought report={merged.answer.value} />
            {merged.answer.value.backup !== null && (
              <p class="cpit-quiet">{fill(_("The study as it was before is kept: {path}"), { path: merged.answer.value.backup })}</p>
            )}
          </div>
        )}
      </div>
      <TroubleSaid of={merged.trouble} />
    </section>
  );
}

function Brought({ report }: { report: MergeTold }) {
  if (report.refused.length > 0) {
    return (
      <div class="cpit-trouble" role="alert">
        <p>{_("Refused: nothing can be merged.")}</p>
        <ul>{report.refused.map((one) => <li key={one}>{one}</li>)}</ul>
      </div>
    );
  }
  if (report.nothing) return <p>{_("The study holds all of it already.")}</p>;
  return (
    <ul class="cpit-sentences">
      {report.coders.filter((one) => one.new > 0).map((one) => <li key={one.coder}>{bringing(one)}</li>)}
      {report.moved > 0 && <li>{fill(ngettext("{n} passage follows a corrected text.", "{n} passages follow a corrected text.", report.moved), { n: report.moved })}</li>}
      {report.to_confirm > 0 && <li>{fill(ngettext("{n} passage waits for someone to say where it stands.", "{n} passages wait for someone to say where they stand.", report.to_confirm), { n: report.to_confirm })}</li>}
      {report.conflicts > 0 && <li>{fill(ngettext("{n} conflict to settle: two people changed the same coding.", "{n} conflicts to settle: two people changed the same codings.", report.conflicts), { n: report.conflicts })}</li>}
      {report.notices.map((one) => <li key={one}>{one}</li>)}
    </ul>
  );
}

function bringing(one: Merged): string {
  const known = one.known > 0 ? fill(_(" (known already: {n})"), { n: one.known }) : "";
  return fill(_("{coder}: {what}{known}."), { coder: one.coder === "cpit" ? _("the program") : one.coder, what: told(one), known });
}
