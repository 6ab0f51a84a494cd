/** A round that is over: its figures, what is left to decide, and how to open it again. */
import { useState } from "preact/hooks";

import type { Figures, Round } from "../../wire/rounds";
import { _, fill, ngettext } from "../../words";
import type { Board } from "./board";
import { Reason } from "./Reason";
import { day, decimal, facts } from "./told";

interface Given {
  board: Board;
  round: Round;
  holds: boolean;
}

export function ClosedRound({ board, round, holds }: Given) {
  const closed = round.state === "closed";
  const when = { coder: round.state_by, day: day(round.state_at ?? round.at) };
  return (
    <article class="cpit-round" aria-label={round.name} data-state={round.state}>
      <header>
        <h3>{round.name}</h3>
        <p class="cpit-quiet">{facts(round)}</p>
        <p class="cpit-quiet">{fill(closed ? _("Closed by {coder} on {day}") : _("Cancelled by {coder} on {day}"), when)}</p>
        {round.reason !== "" && <blockquote>{round.reason}</blockquote>}
      </header>
      {closed && <Agreement figures={round.figures} />}
      {closed && <Adjudicate board={board} round={round} />}
      {holds && <Again board={board} round={round} />}
    </article>
  );
}

function Agreement({ figures }: { figures: readonly Figures[] }) {
  const total = figures.find((one) => one.id === "total");
  const codes = figures.filter((one) => one.id !== "total" && one.n_units !== undefined);
  if (!total) return null;
  return (
    <>
      <p class="cpit-round-alpha">
        <b>{total.alpha === undefined ? _("not estimable") : decimal(total.alpha)}</b>{" "}
        {_("Krippendorff’s alpha, all codes together: 1 when coders agree everywhere, 0 when they agree as by chance.")}
        {total.low !== undefined && total.high !== undefined && (
          <> {fill(_("95% interval: {low} to {high}."), { low: decimal(total.low), high: decimal(total.high) })}</>
        )}
      </p>
      <details>
        <summary>{_("Code by code")}</summary>
        <table class="cpit-figures">
          <thead>
            <tr><th scope="col">{_("Code")}</th><th scope="col">{_("Alpha")}</th><th scope="col">{_("Both")}</th><th scope="col">{_("One alone")}</th></tr>
          </thead>
          <tbody>{codes.filter(said).sort(worst).map((one) => <Line key={one.id} one={one} />)}</tbody>
        </table>
      </details>
    </>
  );
}

const alone = (one: Figures): number => (one.first_only ?? 0) + (one.second_only ?? 0);
const said = (one: Figures): boolean => (one.both ?? 0) + alone(one) > 0;
const worst = (one: Figures, other: Figures): number => alone(other) - alone(one);

function Line({ one }: { one: Figures }) {
  return (
    <tr>
      <th scope="row"><span class="cpit-id">{one.id}</span> {one.name}</th>
      <td>{one.alpha === undefined ? "–" : decimal(one.alpha)}</td>
      <td>{one.both ?? 0}</td>
      <td>{alone(one)}</td>
    </tr>
  );
}

function Adjudicate({ board, round }: { board: Board; round: Round }) {
  const told = board.left.value.get(round.id);
  if (told === null) return <p class="cpit-quiet">{_("Its disagreements cannot be told: its grid has changed since.")}</p>;
  if (told === undefined) return <p class="cpit-quiet" aria-busy="true">{_("Comparing the coders…")}</p>;
  const { left, total } = told;
  const words = left === 0
    ? fill(ngettext("{n} disagreement, decided.", "{n} disagreements, all decided.", total), { n: total })
    : fill(ngettext("{n} disagreement left to decide, of {total}.", "{n} disagreements left to decide, of {total}.", left), { n: left, total });
  return (
    <p class="cpit-round-step">
      {total > 0 && (
        <button
          class={left > 0 ? "cpit-first" : ""}
          onClick={() => board.desk.go({ screen: "adjudication", subject: round.id })}
        >
          {left > 0 ? _("Adjudicate") : _("See the decisions")}
        </button>
      )}
      <span>{total === 0 ? _("Coders agree everywhere.") : words}</span>
    </p>
  );
}

function Again({ board, round }: { board: Board; round: Round }) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return <p class="cpit-round-hold"><button class="cpit-plain" onClick={() => setAsked(true)}>{_("Open it again…")}</button></p>;
  }
  return (
    <Reason
      words={_("Its notes will be coded apart again, and its figures computed anew. Why?")}
      action={_("Open it again")}
      onSay={(reason) => void board.act(() => board.desk.call("round.reopen", { round: round.id, reason }))}
      onLeave={() => setAsked(false)}
    />
  );
}
