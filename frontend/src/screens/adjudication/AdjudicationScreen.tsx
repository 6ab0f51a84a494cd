/** Adjudication: where the coders of a closed round differ, decided one by one. */
import { useEffect } from "preact/hooks";

import { useDesk } from "../../shell/context";
import { _, fill, ngettext } from "../../words";
import { docketOf } from "./commands";
import type { Docket } from "./docket";
import { DoubleGrid } from "./DoubleGrid";
import { useHeard } from "../heard";
import { Panel } from "./Panel";
import "../bench.css";
import "./adjudication.css";

export function AdjudicationScreen() {
  const desk = useDesk();
  const { subject } = desk.place.value;
  const docket = docketOf(desk, subject ?? "");
  useEffect(() => {
    if (subject !== undefined) void docket.load();
  }, [docket]);
  const screen = useHeard(`${docket.step.value} ${docket.at.value}`);
  return (
    <div class="cpit-adjudication" tabIndex={-1} ref={screen}>
      <Progress docket={docket} />
      <Body docket={docket} />
    </div>
  );
}

function Body({ docket }: { docket: Docket }) {
  const found = docket.disputes.value;
  if (found === null) return <Waiting docket={docket} />;
  if (found.disagreements.length === 0) {
    return (
      <p class="cpit-empty">
        {found.withheld > 0
          ? _("Nothing to decide yet: these notes are being coded apart in another round, in which you take part.")
          : _("The coders of this round agree everywhere.")}
      </p>
    );
  }
  return (
    <div class="cpit-bench">
      <DoubleGrid docket={docket} />
      <Panel docket={docket} />
    </div>
  );
}

function Waiting({ docket }: { docket: Docket }) {
  const trouble = docket.trouble.value;
  if (!trouble) return <p class="cpit-empty" aria-busy="true">{_("Comparing the coders…")}</p>;
  return (
    <p class="cpit-empty" role="alert">
      {[trouble.error, trouble.exists].filter(Boolean).join(" ")}{" "}
      <button onClick={() => docket.desk.go({ screen: "rounds" })}>{_("Back to the rounds")}</button>
    </p>
  );
}

function Progress({ docket }: { docket: Docket }) {
  const total = docket.listed.value.length;
  const done = total - docket.left.value;
  const withheld = docket.disputes.value?.withheld ?? 0;
  return (
    <header class="cpit-progress">
      <h1>
        {fill(_("Adjudication of {round}"), { round: docket.disputes.value?.round.name ?? "…" })}
      </h1>
      <progress max={Math.max(total, 1)} value={done} aria-label={_("Disagreements decided")} />
      <p role="status">{fill(_("{done} of {total} decided"), { done, total })}</p>
      {withheld > 0 && (
        <p class="cpit-quiet">
          {fill(
            ngettext(
              "{n} is kept back: you are coding its note apart in another round.",
              "{n} are kept back: you are coding their notes apart in another round.",
              withheld,
            ),
            { n: withheld },
          )}
        </p>
      )}
    </header>
  );
}
