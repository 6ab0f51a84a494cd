/** A round that is going on: her notes and how far she is, and what whoever holds the study can do. */
import { useState } from "preact/hooks";

import { progressWords } from "../../notes/words";
import { useDesk } from "../../shell/context";
import type { NoteRow } from "../../wire/note";
import type { Round } from "../../wire/rounds";
import { _, fill } from "../../words";
import type { Board } from "./board";
import { Reason } from "./Reason";
import { day, facts } from "./told";

interface Given {
  board: Board;
  round: Round;
  holds: boolean;
}

export function OpenRound({ board, round, holds }: Given) {
  return (
    <article class="cpit-round" aria-label={round.name}>
      <header>
        <h3>{round.name}</h3>
        <p class="cpit-quiet">{facts(round)}</p>
        <p class="cpit-quiet">{fill(_("Opened by {coder} on {day}"), { coder: round.by, day: day(round.at) })}</p>
      </header>
      {round.state === "disputed" && (
        <p class="cpit-wrong">{_("Two copies of the study left this round in different states: close it or cancel it again.")}</p>
      )}
      {round.mine ? <Mine board={board} round={round} /> : <p>{_("You do not take part in it.")}</p>}
      <Waiting round={round} />
      {holds && <Holding board={board} round={round} />}
    </article>
  );
}

function Mine({ board, round }: { board: Board; round: Round }) {
  const { desk } = board;
  const notes = desk.notes.value.filter((note) => round.sources.includes(note.source));
  const me = desk.hello.value?.coder ?? "";
  const finished = round.finished[me] !== undefined;
  const step = (name: "round.finish" | "round.resume") => () => void board.act(() => desk.call(name, { round: round.id }));
  return (
    <>
      <ul class="cpit-round-notes">{notes.map((note) => <li key={note.source}><Assigned note={note} /></li>)}</ul>
      {finished ? (
        <p class="cpit-round-step">
          <b>{_("You have said that you had finished.")}</b>
          <button onClick={step("round.resume")} disabled={board.busy.value}>{_("I take it up again")}</button>
        </p>
      ) : (
        <p class="cpit-round-step">
          <button class="cpit-first" onClick={step("round.finish")} disabled={board.busy.value}>{_("I have finished")}</button>
          <span class="cpit-quiet">{_("When you have read every note to the end: a passage that you left uncoded then counts as seen.")}</span>
        </p>
      )}
    </>
  );
}

function Assigned({ note }: { note: NoteRow }) {
  const desk = useDesk();
  const read = note.words === 0 || note.finished ? note.words : note.words - note.words_left;
  return (
    <button onClick={() => desk.go({ screen: "reading", source: note.source })}>
      <span class="cpit-round-title">{note.title}</span>
      <progress max={Math.max(note.words, 1)} value={read} aria-label={fill(_("Read, {note}"), { note: note.title })} />
      <span class="cpit-quiet">
        {progressWords(note)}
      </span>
    </button>
  );
}

function Waiting({ round }: { round: Round }) {
  const others = round.waiting.join(", ");
  return (
    <p class="cpit-quiet">
      {round.waiting.length === 0
        ? _("Everybody has finished: the round can be closed.")
        : fill(_("Still coding: {coders}. What each of you puts stays hidden from the others until all have finished."), { coders: others })}
    </p>
  );
}

type Asked = "close" | "cancel" | null;

function Holding({ board, round }: { board: Board; round: Round }) {
  const { desk } = board;
  const [asked, setAsked] = useState<Asked>(null);
  const ready = round.waiting.length === 0;
  const close = (reason: string): void => void board.act(() => desk.call("round.close", { round: round.id, reason }));
  const cancel = (reason: string): void => void board.act(() => desk.call("round.cancel", { round: round.id, reason }));
  if (asked === "close") {
    return (
      <Reason
        words={fill(_("{coders} did not say that they had finished. Why close the round now?"), { coders: round.waiting.join(", ") })}
        action={_("Close anyway")}
        onSay={close}
        onLeave={() => setAsked(null)}
      />
    );
  }
  if (asked === "cancel") {
    return (
      <Reason
        words={_("The codings stay, the round counts for nothing. Why cancel it?")}
        action={_("Cancel the round")}
        onSay={cancel}
        onLeave={() => setAsked(null)}
      />
    );
  }
  return (
    <p class="cpit-round-hold">
      <button disabled={board.busy.value} onClick={() => (ready ? close("") : setAsked("close"))}>
        {ready ? _("Close the round and compare") : _("Close…")}
      </button>
      <button class="cpit-plain" onClick={() => setAsked("cancel")}>{_("Cancel the round…")}</button>
    </p>
  );
}
