/** What a change of the grid leaves to be read again: each passage, and the codes it may bear now. */
import { useEffect } from "preact/hooks";

import { useDesk } from "../../shell/context";
import { useInSight } from "../../shell/sight";
import type { GridChange, Owed, OwedGroup } from "../../wire/debt";
import { _, fill, ngettext } from "../../words";
import { useHeard } from "../heard";
import { pileOf } from "./commands";
import { Context } from "./Context";
import type { Pile } from "./pile";
import { Rereading } from "./Rereading";
import "../bench.css";
import "./debt.css";

export function DebtScreen() {
  const desk = useDesk();
  const pile = pileOf(desk);
  const screen = useHeard(`${pile.at.value} ${pile.choosing.value}`);
  useEffect(() => void pile.load(), [pile]);
  return (
    <div class="cpit-pile" tabIndex={-1} ref={screen}>
      <Head pile={pile} />
      <Body pile={pile} />
    </div>
  );
}

function Head({ pile }: { pile: Pile }) {
  const n = pile.listed.value.length;
  return (
    <header class="cpit-progress">
      <h1>{_("To be read again")}</h1>
      {pile.groups.value !== null && n > 0 && (
        <p role="status">{fill(ngettext("{n} passage", "{n} passages", n), { n })}</p>
      )}
      <LastDone pile={pile} />
    </header>
  );
}

function LastDone({ pile }: { pile: Pile }) {
  const done = pile.last.value;
  if (!done) return null;
  const n = done.ids.length;
  const words = done.code === null
    ? ngettext("{n} coding taken back.", "{n} codings taken back.", n)
    : ngettext("{n} passage read again: {code}.", "{n} passages read again: {code}.", n);
  return (
    <p role="status">
      {fill(words, { n, code: done.code ?? "" })}{" "}
      <button class="cpit-plain" onClick={() => void pile.undo()}>{_("Undo")}</button>
    </p>
  );
}

function Body({ pile }: { pile: Pile }) {
  const groups = pile.groups.value;
  const trouble = pile.trouble.value;
  if (groups === null) {
    return <p class="cpit-empty" role={trouble ? "alert" : undefined}>{trouble?.error ?? "…"}</p>;
  }
  if (groups.length === 0) {
    return (
      <div class="cpit-empty">
        <h2>{_("Nothing is left to be read again.")}</h2>
        <p class="cpit-quiet">{_("When the grid changes and a code is split, merged or redefined, the passages that no rule can follow come here.")}</p>
      </div>
    );
  }
  return (
    <div class="cpit-bench">
      <div class="cpit-pile-list">{groups.map((group) => <Group key={`${group.grid} ${group.code}`} pile={pile} group={group} />)}</div>
      <Rereading pile={pile} />
    </div>
  );
}

const changeWords = (change: GridChange): string => {
  const codes = { before: change.before.join(", "), after: change.after.join(", ") };
  return fill(
    {
      split: _("{before} was split into {after}."),
      merged: _("{before} became part of {after}."),
      retired: _("{before} was retired."),
      renamed: _("{before} was renamed."),
      moved: _("{before} was moved."),
      redefined: _("{before} has a new definition."),
      added: _("{after} was added."),
    }[change.kind],
    codes,
  );
};

function Group({ pile, group }: { pile: Pile; group: OwedGroup }) {
  return (
    <section class="cpit-pile-group">
      <header>
        <h2><span class="cpit-id">{group.code}</span> {group.name}</h2>
        {group.changes.map((change) => (
          <div key={change.reason}>
            <p>{changeWords(change)}</p>
            {change.reason !== "" && (
              <details>
                <summary>{change.author === "" ? _("Why") : fill(_("Why, by {author}"), { author: change.author })}</summary>
                <p class="cpit-pile-reason">{change.reason}</p>
              </details>
            )}
          </div>
        ))}
      </header>
      <ul>{group.owed.map((owed) => <Item key={owed.id} pile={pile} owed={owed} />)}</ul>
    </section>
  );
}

function Item({ pile, owed }: { pile: Pile; owed: Owed }) {
  const now = pile.at.value === owed.id;
  const item = useInSight<HTMLLIElement>(now);
  const title = pile.desk.notes.value.find((note) => note.source === owed.source)?.title ?? "";
  return (
    <li ref={item} class="cpit-pile-item" aria-current={now ? "true" : undefined}>
      <input
        type="checkbox"
        aria-label={fill(_("Take with others: {words}"), { words: owed.words.slice(0, 60) })}
        checked={pile.chosen.value.has(owed.id)}
        onChange={() => pile.toggle(owed.id)}
      />
      <button onClick={() => pile.see(owed.id)}>
        <Context passage={owed} />
        <span class="cpit-quiet">{title} · {owed.place}</span>
      </button>
    </li>
  );
}
