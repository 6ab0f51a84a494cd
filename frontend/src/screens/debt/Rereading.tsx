/** The codes that a passage may bear now, their definitions one under the other, each under a key. */
import { Mark } from "../../codes/Mark";
import { Key } from "../../shell/Help";
import type { CodeEntry } from "../../wire/calls";
import type { OwedGroup } from "../../wire/debt";
import { _, fill, ngettext } from "../../words";
import { CodeChoice } from "../adjudication/CodeChoice";
import { Meaning } from "../adjudication/Meaning";
import type { Pile } from "./pile";

export function Rereading({ pile }: { pile: Pile }) {
  const group = pile.group.value;
  const trouble = pile.trouble.value;
  if (!group) return <aside class="cpit-panel" />;
  return (
    <aside class="cpit-panel" aria-label={_("Which code now?")}>
      {trouble && <p role="alert" class="cpit-wrong">{trouble.error}</p>}
      <Question pile={pile} />
      {pile.choosing.value
        ? (
          <CodeChoice
            words={_("Code of this passage")}
            onChoose={(code) => void pile.put(code)}
            onLeave={() => { pile.choosing.value = false; }}
          />
        )
        : <Ways pile={pile} group={group} />}
      <Former group={group} />
    </aside>
  );
}

function Question({ pile }: { pile: Pile }) {
  const n = pile.about.length;
  return (
    <h2>{n > 1 ? fill(ngettext("Which code for {n} passage?", "Which code for these {n} passages?", n), { n }) : _("Which code now?")}</h2>
  );
}

function Ways({ pile, group }: { pile: Pile; group: OwedGroup }) {
  const codes = pile.desk.codes.value;
  return (
    <div class="cpit-ways">
      {group.candidates.map((id, rank) => (
        <Candidate key={id} id={id} rank={rank} code={codes.get(id)} busy={pile.busy.value} run={() => pile.candidate(rank)} />
      ))}
      <div class="cpit-choices">
        <button onClick={() => { pile.choosing.value = true; }}><Key name="c" /> {_("Another code…")}</button>
        <button onClick={() => void pile.put(null)}><Key name="Digit0" /> {_("Take the coding back")}</button>
        <button onClick={() => pile.go(1)}><Key name="j" /> {_("Later: go to the next one")}</button>
      </div>
    </div>
  );
}

interface One {
  id: string;
  rank: number;
  code: CodeEntry | undefined;
  busy: boolean;
  run: () => void;
}

function Candidate({ id, rank, code, busy, run }: One) {
  return (
    <article class="cpit-candidate">
      <button disabled={busy} onClick={run}>
        <Key name={`Digit${rank + 1}`} /> {code && <Mark code={code} />}
        <span><span class="cpit-id">{id}</span> {code?.name ?? ""}</span>
      </button>
      {code && <Meaning code={code} />}
    </article>
  );
}

function Former({ group }: { group: OwedGroup }) {
  if (group.definition === "") return null;
  return (
    <section class="cpit-former">
      <h3>{fill(_("Before, in the grid {grid}"), { grid: group.grid })}</h3>
      <p><span class="cpit-id">{group.code}</span> {group.name}</p>
      <p class="cpit-quiet">{group.definition}</p>
    </section>
  );
}
