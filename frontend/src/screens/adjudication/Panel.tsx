/** The disagreement looked at: its kind, what each coder put, what the codes mean, what is decided. */
import type { Disagreement } from "../../wire/rounds";
import { _, fill } from "../../words";
import { Mark } from "../../codes/Mark";
import { Key } from "../../shell/Help";
import { Decision } from "./Decision";
import type { Docket } from "./docket";
import { Meaning } from "./Meaning";
import { kindTold, kindWords, outcome, reasonWords } from "./said";
import { Shares } from "./Shares";

export function Panel({ docket }: { docket: Docket }) {
  const one = docket.current.value;
  const found = docket.disputes.value;
  if (!one || !found) return <aside class="cpit-panel" />;
  const over = docket.left.value === 0;
  return (
    <aside class="cpit-panel" aria-label={_("The disagreement")}>
      {over && <Shares docket={docket} />}
      <Head docket={docket} one={one} />
      <Trouble docket={docket} />
      {found.refused !== null && one.open && <p class="cpit-quiet">{found.refused}</p>}
      {!one.open && <Decided docket={docket} one={one} />}
      {one.open && found.refused === null && <Decision docket={docket} />}
      {docket.step.value !== "choosing" && <Codes docket={docket} one={one} />}
    </aside>
  );
}

function Head({ docket, one }: { docket: Docket; one: Disagreement }) {
  const rank = docket.listed.value.indexOf(one) + 1;
  return (
    <header>
      <div class="cpit-panel-steps">
        <p class="cpit-quiet">
          {fill(_("Disagreement {n} of {total}"), { n: rank, total: docket.listed.value.length })} · {one.place}
        </p>
        <span>
          <button class="cpit-plain" aria-label={_("Previous disagreement")} onClick={() => docket.go(-1)}>‹<Key name="k" /></button>
          <button class="cpit-plain" aria-label={_("Next disagreement")} onClick={() => docket.go(1)}>›<Key name="j" /></button>
        </span>
      </div>
      <h2>{kindWords(one.kind)}</h2>
      <p>{kindTold(one.kind)}</p>
    </header>
  );
}

function Trouble({ docket }: { docket: Docket }) {
  const trouble = docket.trouble.value;
  if (!trouble) return null;
  return <p role="alert" class="cpit-wrong">{[trouble.error, trouble.exists].filter(Boolean).join(" ")}</p>;
}

function Decided({ docket, one }: { docket: Docket; one: Disagreement }) {
  const last = one.decisions.at(-1);
  if (!last) return null;
  return (
    <div class="cpit-decided">
      <p class="cpit-decision-said">{outcome(one)}</p>
      <blockquote>{last.why}</blockquote>
      <p class="cpit-quiet">{fill(_("{reason} · decided by {coder}"), { reason: reasonWords(last.reason), coder: last.by })}</p>
      {docket.disputes.value?.refused === null && (
        <button onClick={() => void docket.undoHere()}>{_("Take this decision back")}</button>
      )}
    </div>
  );
}

/** What the codes in dispute mean, one under the other: the eye compares. */
function Codes({ docket, one }: { docket: Docket; one: Disagreement }) {
  const marks = Object.values(one.marks).flat();
  const ids = [...new Set(marks.map((mark) => mark.code))];
  return (
    <section class="cpit-meanings" aria-label={_("What these codes mean")}>
      {ids.map((id) => {
        const code = docket.desk.codes.value.get(id);
        const by = Object.keys(one.marks).filter((coder) => one.marks[coder]!.some((mark) => mark.code === id));
        return (
          <article key={id}>
            <h3>{code && <Mark code={code} />}<span class="cpit-id">{id}</span> {code?.name ?? ""}</h3>
            <p class="cpit-quiet">{by.join(", ")}</p>
            {code && <Meaning code={code} />}
          </article>
        );
      })}
    </section>
  );
}
