/** « Recevoir mon lot »: drop the file, see what it is, name its folder. */
import { useState } from "preact/hooks";

import type { Desk } from "../../state/desk";
import type { Hello } from "../../wire/calls";
import { _, fill, ngettext } from "../../words";
import { asking } from "../lots/asking";
import { hand } from "../lots/door";
import { Drop } from "../lots/drop";
import { TroubleSaid } from "../lots/trouble";
import { sit } from "./together";
import type { LotSeen } from "./wire";

type Seen = LotSeen & { file: string };

export function ReceiveLot({ desk, open }: { desk: Desk; open: (folder: string) => void }) {
  const [seen] = useState(() => asking<Seen>());
  const look = (file: File): void =>
    void seen.run(async () => {
      const id = await hand(file);
      return { ...(await desk.call("home.look", { file: id })), file: id };
    });
  const lot = seen.answer.value;
  return (
    <section aria-labelledby="home-receive">
      <h2 id="home-receive">{_("Receive my lot")}</h2>
      {lot === null && <Drop words={_("Drop here the file that you were sent, such as lot-prenom.zip")} busy={seen.busy.value} took={look} />}
      <TroubleSaid of={seen.trouble} />
      <div aria-live="polite">{lot !== null && <TheLot desk={desk} lot={lot} open={open} leave={() => seen.clear()} />}</div>
    </section>
  );
}

interface LotProps {
  desk: Desk;
  lot: Seen;
  open: (folder: string) => void;
  leave: () => void;
}

function TheLot({ desk, lot, open, leave }: LotProps) {
  const [folder, write] = useState(lot.folder);
  const [opening] = useState(() => asking<Hello>());
  const receive = (): void => void sit(opening, () => desk.call("home.receive", { file: lot.file, folder }));
  return (
    <form
      class="cpit-report"
      onSubmit={(event) => {
        event.preventDefault();
        if (folder.trim() !== "") receive();
      }}
    >
      <p class="cpit-lead">
        {lot.documents === null
          ? fill(_("The lot of {coder}: {title}"), lotWords(lot))
          : fill(ngettext("The lot of {coder}: {title}, {n} note", "The lot of {coder}: {title}, {n} notes", lot.documents), { ...lotWords(lot), n: lot.documents })}
      </p>
      {lot.already.map((one) => (
        <p class="cpit-aside" key={one}>
          {fill(_("A lot of this study is open already in {folder}. Send the work that is there before coding in this one."), { folder: one })}{" "}
          <button type="button" class="cpit-inlink" onClick={() => open(one)}>{_("Open that one")}</button>
        </p>
      ))}
      <p class="cpit-field">
        <label for="lot-folder">{_("It will be opened in this new folder, which stays on this machine")}</label>
        <input id="lot-folder" value={folder} spellcheck={false} onInput={(event) => write(event.currentTarget.value)} />
      </p>
      <TroubleSaid of={opening.trouble} />
      <p class="cpit-acts">
        <button type="submit" class="cpit-first" disabled={opening.busy.value || folder.trim() === ""}>{_("Open my lot")}</button>
        <button type="button" onClick={leave}>{_("Another file")}</button>
      </p>
    </form>
  );
}

const lotWords = (lot: Seen): { coder: string; title: string } => ({ coder: lot.coder, title: lot.title });
