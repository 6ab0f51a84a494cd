/** The end: what was decided, in shares, and which codes are to be looked at before the next round. */
import type { Disagreement } from "../../wire/rounds";
import { _, fill, ngettext } from "../../words";
import type { Docket } from "./docket";
import { REASONS, outcome, reasonWords } from "./said";

const MOST = 5;

export function Shares({ docket }: { docket: Docket }) {
  const listed = docket.listed.value;
  const n = listed.length;
  return (
    <section class="cpit-end" aria-label={_("What was decided")}>
      <h2>{_("Nothing is left to decide.")}</h2>
      <p>{fill(ngettext("{n} disagreement was decided.", "{n} disagreements were decided.", n), { n })}</p>
      <Bars title={_("Why coders differed")} counts={REASONS.map((reason) => [reasonWords(reason), because(listed, reason)])} />
      <Bars title={_("What stands")} counts={tally(listed.map(outcome))} />
      <Bars title={_("Definitions to look at again")} counts={unclear(docket).slice(0, MOST)} />
      <button onClick={() => docket.desk.go({ screen: "rounds" })}>{_("Back to the rounds")}</button>
    </section>
  );
}

type Count = readonly [words: string, n: number];

const because = (listed: readonly Disagreement[], reason: string): number =>
  listed.filter((one) => one.decisions.at(-1)?.reason === reason).length;

function tally(words: readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const one of words) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).slice(0, MOST);
}

/** Codes that were disputed because the grid allows several readings. */
function unclear(docket: Docket): Count[] {
  const codes = docket.desk.codes.value;
  return tally(
    docket.listed.value
      .filter((one) => one.decisions.at(-1)?.reason === "definition")
      .map((one) => `${one.code} ${codes.get(one.code)?.name ?? ""}`.trim()),
  );
}

function Bars({ title, counts }: { title: string; counts: readonly Count[] }) {
  const met = counts.filter(([, n]) => n > 0);
  const total = met.reduce((sum, [, n]) => sum + n, 0);
  if (total === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl class="cpit-shares">
        {met.map(([words, n]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{n}</dd>
            <dd><meter min={0} max={total} value={n} aria-hidden="true" /></dd>
          </div>
        ))}
      </dl>
    </>
  );
}
