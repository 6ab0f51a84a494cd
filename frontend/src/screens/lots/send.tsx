/** « Envoyer mon travail »: what leaves, what it holds of the notes, what to do with it. */
import { useEffect, useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { Desk } from "../../state/desk";
import { _, fill, ngettext } from "../../words";
import { asking } from "./asking";
import { counted, moment } from "./counted";
import { HandedFile } from "./handed";
import "./leaf.css";
import { TroubleSaid } from "./trouble";
import type { Handed, Sending } from "./wire";

export function SendWork() {
  const desk = useDesk();
  const [told] = useState(() => asking<Sending>());
  const [written] = useState(() => asking<Handed>());
  useEffect(() => void told.run(() => desk.call("lots.sending", {})), [desk]);
  const sending = told.answer.value;
  const waiting = desk.saving.value.state !== "saved";
  return (
    <section aria-labelledby="send-title">
      <h1 id="send-title">{_("Send my work")}</h1>
      <TroubleSaid of={told.trouble} />
      {sending !== null && written.answer.value === null && (
        <>
          <Since desk={desk} sending={sending} />
          <Inside sending={sending} />
          {waiting && <p class="cpit-aside">{_("Your last acts are being saved: wait a moment.")}</p>}
          <p class="cpit-acts">
            <button
              class="cpit-first" disabled={written.busy.value || waiting || empty(sending)}
              onClick={() => void written.run(() => desk.call("lots.send", {}))}
            >
              {_("Write the file to send")}
            </button>
          </p>
        </>
      )}
      <TroubleSaid of={written.trouble} />
      <div aria-live="polite">
        {written.answer.value !== null && (
          <>
            <h2>{_("Your file is ready")}</h2>
            <HandedFile desk={desk} file={written.answer.value} />
            <WhatNext />
          </>
        )}
      </div>
    </section>
  );
}

const empty = (sending: Sending): boolean => Object.keys(sending.events).length === 0;

function Since({ desk, sending }: { desk: Desk; sending: Sending }) {
  if (empty(sending)) return <p class="cpit-lead">{_("You have done nothing here yet: there is nothing to send.")}</p>;
  const language = desk.hello.value?.language ?? "fr";
  const news = Object.keys(sending.fresh).length > 0;
  const since = sending.sent === null ? null : moment(sending.sent, language);
  return (
    <>
      <p class="cpit-lead">
        {since === null
          ? fill(_("You have never sent your work from here: {what}."), { what: counted(sending.fresh) })
          : news
            ? fill(_("Since the file of {day}: {what}."), { day: since, what: counted(sending.fresh) })
            : fill(_("Nothing new since the file of {day}."), { day: since })}
      </p>
      {(since !== null || counted(sending.fresh) !== counted(sending.events)) && (
        <p>{fill(_("The file holds all your work ({what}): whoever receives it takes only what is new."), { what: counted(sending.events) })}</p>
      )}
    </>
  );
}

function Inside({ sending }: { sending: Sending }) {
  return (
    <div class="cpit-aside">
      <p>
        <strong>{_("Internal")}</strong> –{" "}
        {_("The text of the notes is not in the file: only places in it, codes, and what you wrote yourself.")}
      </p>
      {sending.quoting > 0 && (
        <p>
          {fill(
            ngettext(
              "{n} memo or remark repeats five words in a row of the notes: it travels as you wrote it.",
              "{n} memos or remarks repeat five words in a row of the notes: they travel as you wrote them.",
              sending.quoting,
            ),
            { n: sending.quoting },
          )}
        </p>
      )}
    </div>
  );
}

function WhatNext() {
  return (
    <ol class="cpit-steps">
      <li>{_("Send this file to whoever holds the study, by the secure channel that your team uses.")}</li>
      <li>{_("Send it as it is: changed or rezipped, it would be refused.")}</li>
      <li>{_("Go on coding: your next file will hold this work and what follows.")}</li>
    </ol>
  );
}
