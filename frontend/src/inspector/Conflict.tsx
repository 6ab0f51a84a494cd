/** Two states of one coding that neither replaces the other: people choose. */
import type { JSX } from "preact";

import { facet, recode, resize, retract } from "../state/acts";
import type { CodingState, Desk } from "../state/desk";
import type { Act } from "../wire/acts";
import type { Event } from "../wire/note";
import { _, fill } from "../words";
import { wordsAt } from "./reaching";
import { history, quoted } from "./words";

export function Conflict({ desk, coding }: { desk: Desk; coding: CodingState }): JSX.Element {
  return (
    <section class="cpit-conflict" aria-label={_("Two states to settle")}>
      <p><b>{_("Two changes were made apart.")}</b> {_("Which one stands?")}</p>
      <ol>
        {coding.heads.map((head) => (
          <li key={head.id}>
            <State desk={desk} head={head} />
            {coding.mine && <button onClick={() => keep(desk, coding, head)}>{_("Keep this one")}</button>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function State({ desk, head }: { desk: Desk; head: Event }): JSX.Element {
  const facets = desk.codebook.value?.facets ?? [];
  const said = facets.flatMap((one) => one.values.filter((value) => value.id === head.facets?.[one.id]).map((value) => value.name));
  if (head.gone) return <p>{_("taken back")} · <span class="cpit-quiet">{history(desk, head)}</span></p>;
  return (
    <div>
      <p><span class="cpit-code-id">{head.code}</span> {desk.codes.value.get(head.code ?? "")?.name}</p>
      <blockquote>{quoted(wordsAt(desk, { start: head.start ?? 0, end: head.end ?? 0 }), 160)}</blockquote>
      {said.length > 0 && <p>{said.join(", ")}</p>}
      <p class="cpit-quiet">{history(desk, head)}</p>
    </div>
  );
}

function keep(desk: Desk, coding: CodingState, head: Event): void {
  desk.perform(keeping(desk, coding, head), fill(_("Settle {code}"), { code: head.code ?? coding.code }));
}

/** Acts that make one state stand: only what differs between the states is said, each act on the one before. */
export function keeping(desk: Desk, coding: CodingState, head: Event): Act[] {
  if (head.gone) return [retract(desk, coding)];
  const differs = (what: (event: Event) => string): boolean => new Set(coding.heads.map(what)).size > 1;
  const acts: Act[] = [];
  if (head.code !== undefined && differs((one) => `${one.gone ?? false} ${one.code}`)) acts.push(recode(desk, coding, head.code));
  if (differs((one) => `${one.start} ${one.end}`)) acts.push(resize(desk, coding, { start: head.start ?? 0, end: head.end ?? 0 }));
  if (acts.length === 0 || differs((one) => JSON.stringify(one.facets ?? {}))) acts.push(facet(desk, coding, { ...head.facets }));
  return acts.map((act, rank) => (rank === 0 ? act : { ...act, seen: [acts[rank - 1]!.id] }));
}
