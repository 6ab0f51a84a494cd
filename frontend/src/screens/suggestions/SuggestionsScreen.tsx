/** Suggestions that wait, across the notes: accepted or set aside one after the other. */
import { useEffect } from "preact/hooks";

import { Mark } from "../../codes/Mark";
import { useDesk } from "../../shell/context";
import { Key } from "../../shell/Help";
import { useInSight } from "../../shell/sight";
import type { Suggested } from "../../wire/debt";
import { _, fill, ngettext, share } from "../../words";
import { useHeard } from "../heard";
import { Meaning } from "../adjudication/Meaning";
import { Context } from "../debt/Context";
import "../bench.css";
import { trayOf } from "./commands";
import type { Order, Tray } from "./tray";
import "./suggestions.css";

export function SuggestionsScreen() {
  const tray = trayOf(useDesk());
  const screen = useHeard(tray.at.value ?? "");
  useEffect(() => void tray.load(), [tray]);
  return (
    <div class="cpit-pile" tabIndex={-1} ref={screen}>
      <Head tray={tray} />
      <Body tray={tray} />
    </div>
  );
}

function Head({ tray }: { tray: Tray }) {
  const n = tray.listed.value.length;
  const orders: [Order, string][] = [["note", _("by note")], ["code", _("by code")], ["score", _("surest first")]];
  return (
    <header class="cpit-progress">
      <h1>{_("Suggestions")}</h1>
      {n > 0 && <p role="status">{fill(ngettext("{n} waits for you", "{n} wait for you", n), { n })}</p>}
      {n > 0 && (
        <fieldset class="cpit-orders">
          <legend class="cpit-unseen">{_("Order")}</legend>
          {orders.map(([order, words]) => (
            <label key={order}>
              <input type="radio" name="order" checked={tray.order.value === order} onChange={() => (tray.order.value = order)} /> {words}
            </label>
          ))}
        </fieldset>
      )}
    </header>
  );
}

function Body({ tray }: { tray: Tray }) {
  const trouble = tray.trouble.value;
  if (trouble) return <p class="cpit-empty" role="alert">{trouble.error}</p>;
  if (tray.waiting.value === null) return <p class="cpit-empty" aria-busy="true">…</p>;
  if (tray.listed.value.length === 0) {
    return (
      <div class="cpit-empty">
        <h2>{_("No suggestion waits for you.")}</h2>
        <p class="cpit-quiet">{_("A suggestion codes nothing by itself: you accept it or set it aside, and each coder answers for herself.")}</p>
        <p class="cpit-quiet">{_("Whoever holds the study asks a machine for them: they then wait here, and in the notes.")}</p>
      </div>
    );
  }
  return (
    <div class="cpit-bench">
      <div class="cpit-pile-list">
        <ul class="cpit-tray">{tray.listed.value.map((one) => <Item key={one.id} tray={tray} one={one} />)}</ul>
      </div>
      <Answer tray={tray} />
    </div>
  );
}

const score = (one: Suggested): string => (one.score === null ? "" : share(one.score));

function Item({ tray, one }: { tray: Tray; one: Suggested }) {
  const now = tray.at.value === one.id;
  const item = useInSight<HTMLLIElement>(now);
  const code = tray.desk.codes.value.get(one.code);
  const title = tray.desk.notes.value.find((note) => note.source === one.source)?.title ?? "";
  return (
    <li ref={item} class="cpit-tray-item" aria-current={now ? "true" : undefined}>
      <button onClick={() => (tray.at.value = one.id)}>
        <span class="cpit-tray-code">
          {code && <Mark code={code} />}<span class="cpit-id">{one.code}</span> {code?.name ?? ""} <span class="cpit-quiet">{score(one)}</span>
        </span>
        <Context passage={one}><Terms one={one} /></Context>
        <span class="cpit-quiet">{title} · {one.place}</span>
      </button>
    </li>
  );
}

/** The passage, the words that the suggestion went by in bold. */
function Terms({ one }: { one: Suggested }) {
  const letters = [...one.words];
  const cuts = one.terms.map(([start, end]) => [start - one.start, end - one.start] as const);
  let at = 0;
  const pieces = cuts.map(([start, end]) => {
    const plain = letters.slice(at, start).join("");
    at = end;
    return <>{plain}<b>{letters.slice(start, end).join("")}</b></>;
  });
  return <>{pieces}{letters.slice(at).join("")}</>;
}

function Answer({ tray }: { tray: Tray }) {
  const one = tray.current.value;
  if (!one) return <aside class="cpit-panel" />;
  const code = tray.desk.codes.value.get(one.code);
  return (
    <aside class="cpit-panel" aria-label={_("The suggestion")}>
      <header>
        <h2>{code && <Mark code={code} />} <span class="cpit-id">{one.code}</span> {code?.name ?? ""}</h2>
        <p class="cpit-quiet">
          {fill(_("Suggested by {who}"), { who: one.by })}{one.score !== null && <> · {fill(_("sure at {score}"), { score: score(one) })}</>}
        </p>
      </header>
      <div class="cpit-choices">
        <button class="cpit-first" onClick={() => tray.answer(true)}><Key name="a" /> {_("Accept, and go on")}</button>
        <button onClick={() => tray.answer(false)}><Key name="r" /> {_("Set aside, and go on")}</button>
        <button onClick={() => tray.desk.go({ screen: "reading", source: one.source, at: one.start, end: one.end, subject: one.id })}>
          <Key name="o" /> {_("Open it in its note")}
        </button>
      </div>
      {code && <section class="cpit-meanings"><Meaning code={code} /></section>}
    </aside>
  );
}
