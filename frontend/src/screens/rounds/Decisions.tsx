/** What the team decided of the codings of the coder at work, and why: she learns from it. */
import { useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { DecidedOfMine } from "../../wire/rounds";
import { _, fill, ngettext } from "../../words";
import { reasonWords } from "../adjudication/said";
import type { Board } from "./board";
import { day } from "./told";

const FIRST = 8;

export function Decisions({ board }: { board: Board }) {
  const decisions = board.decisions.value;
  const [all, setAll] = useState(false);
  if (decisions.length === 0) return null;
  const n = decisions.length - FIRST;
  return (
    <section class="cpit-decisions">
      <h2>{_("What was decided of my codings")}</h2>
      <ul>{(all ? decisions : decisions.slice(0, FIRST)).map((one) => <li key={one.id}><Line one={one} /></li>)}</ul>
      {!all && n > 0 && (
        <button onClick={() => setAll(true)}>
          {fill(ngettext("Show {n} more", "Show {n} more", n), { n })}
        </button>
      )}
    </section>
  );
}

function Line({ one }: { one: DecidedOfMine }) {
  const desk = useDesk();
  const title = desk.notes.value.find((note) => note.source === one.source)?.title ?? "";
  const mine = [...new Set(one.hers.map((mark) => mark.code))].join(", ");
  return (
    <>
      <p class="cpit-decisions-words">« {one.words} »</p>
      <p>
        <b>{became(one, mine)}</b> {one.why}
      </p>
      <p class="cpit-quiet">
        {reasonWords(one.reason)} · {fill(_("decided by {coder} on {day}"), { coder: one.by, day: day(one.at) })}
        {one.round !== "" && <> · {one.round}</>} ·{" "}
        <button class="cpit-plain" onClick={() => desk.go({ screen: "reading", source: one.source, at: one.start, end: one.end })}>
          {title}
        </button>
      </p>
    </>
  );
}

/** What a coding of hers became, before the reason. */
export function became(one: DecidedOfMine, mine: string): string {
  if (one.kept !== null) return fill(_("{code} kept:"), { code: one.code });
  if (one.code === "") return fill(_("{code} set aside, no code there:"), { code: mine });
  if (mine === one.code) return fill(_("{code}, as another coder put it or on other words:"), { code: one.code });
  return fill(_("{mine} became {code}:"), { mine, code: one.code });
}
