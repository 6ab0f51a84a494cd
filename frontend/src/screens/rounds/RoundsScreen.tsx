/** Rounds of double coding: what a coder has to do, and what whoever holds the study does with them. */
import { useEffect, useMemo, useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { Round } from "../../wire/rounds";
import { _, fill, ngettext } from "../../words";
import { Board } from "./board";
import { ClosedRound } from "./ClosedRound";
import { Decisions } from "./Decisions";
import { OpenRound } from "./OpenRound";
import { Opening } from "./Opening";
import "./rounds.css";

export function RoundsScreen() {
  const desk = useDesk();
  const board = useMemo(() => new Board(desk), [desk]);
  const [opening, setOpening] = useState(false);
  useEffect(() => void board.load(), [board]);
  const rounds = board.rounds.value;
  const holds = desk.hello.value?.study?.lot === null;
  // A round draws among the notes: they are read first.
  const offers = holds && !opening && desk.codebook.value !== null;
  const trouble = board.trouble.value;
  return (
    <div class="cpit-sheet">
      <header class="cpit-sheet-head">
        <h1>{_("Rounds of double coding")}</h1>
        {offers && <button onClick={() => setOpening(true)}>{_("Open a round…")}</button>}
      </header>
      <p class="cpit-sheet-lead">
        {_("Several people code the same notes, each on her own. Until all have finished, nobody sees what the others put; once the round is closed, the team compares, decides, and makes the grid clearer.")}
      </p>
      {trouble && <p role="alert" class="cpit-wrong">{[trouble.error, trouble.exists].filter(Boolean).join(" ")}</p>}
      <Conflicting board={board} />
      {opening && <Opening board={board} onLeave={() => setOpening(false)} />}
      {rounds === null ? <p aria-busy="true">…</p> : <Lists board={board} rounds={rounds} holds={holds} />}
      <Decisions board={board} />
    </div>
  );
}

function Conflicting({ board }: { board: Board }) {
  const n = board.conflicts.value;
  if (n === 0) return null;
  return (
    <p class="cpit-round-step">
      <button onClick={() => board.desk.go({ screen: "conflicts" })}>{_("Settle")}</button>
      <span>{fill(ngettext("{n} thing was changed by two people at once.", "{n} things were changed by two people at once.", n), { n })}</span>
    </p>
  );
}

function Lists({ board, rounds, holds }: { board: Board; rounds: readonly Round[]; holds: boolean }) {
  const open = rounds.filter((one) => one.state === "open" || one.state === "disputed");
  const over = rounds.filter((one) => one.state === "closed" || one.state === "cancelled");
  if (rounds.length === 0) return <p class="cpit-empty">{_("No round was opened yet.")}{holds && ` ${_("“Open a round…”, above, chooses who codes and which notes.")}`}</p>;
  return (
    <>
      {open.length > 0 && <h2>{_("Going on")}</h2>}
      {open.map((round) => <OpenRound key={round.id} board={board} round={round} holds={holds} />)}
      {over.length > 0 && <h2>{_("Over")}</h2>}
      {over.map((round) => <ClosedRound key={round.id} board={board} round={round} holds={holds} />)}
    </>
  );
}
