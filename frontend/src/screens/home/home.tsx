/** The first page: go on with a study, receive a lot, train. */
import { useEffect, useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { Desk } from "../../state/desk";
import { _, fill } from "../../words";
import { asking, type Asking } from "../lots/asking";
import { TroubleSaid } from "../lots/trouble";
import { ReceiveLot } from "./receive";
import { sit } from "./together";
import "../lots/leaf.css";
import "./home.css";
import type { Hello } from "../../wire/calls";
import type { Home, RecentStudy } from "./wire";

export function HomePage() {
  const desk = useDesk();
  const [told] = useState(() => asking<Home>());
  const [opening] = useState(() => asking<Hello>());
  useEffect(() => void told.run(() => desk.call("home", {})), [desk]);
  useEffect(stay, []);
  const home = told.answer.value;
  const open = (folder: string): void => void sit(opening, () => desk.call("home.open", { folder }));
  return (
    <div class="cpit-leaf cpit-home">
      <h1 id="home-title">{_("Coding workbench")}</h1>
      <TroubleSaid of={told.trouble} />
      {home !== null && home.said !== "" && <p class="cpit-trouble" role="alert">{home.said}</p>}
      {home !== null && home.recent.length > 0 && <RecentStudies desk={desk} told={told} home={home} open={open} />}
      <TroubleSaid of={opening.trouble} />
      <ReceiveLot desk={desk} open={open} />
      <section aria-labelledby="home-else">
        <h2 id="home-else">{_("Otherwise")}</h2>
        <p>
          <button disabled={opening.busy.value} onClick={() => void sit(opening, () => desk.call("home.demo", {}))}>
            {_("Train on the demonstration")}
          </button>{" "}
          <span class="cpit-quiet">{_("An entirely fictitious study: try everything, nothing is kept.")}</span>
        </p>
        <OpenFolder documents={home?.documents ?? ""} busy={opening.busy.value} open={open} />
        <OnDesktop desk={desk} />
      </section>
      {home !== null && (
        <p class="cpit-quiet cpit-foot">{fill(_("The list of studies opened is kept on this machine alone, by their places, in {folder}."), { folder: home.kept })}</p>
      )}
    </div>
  );
}

/** Let the workbench know that a page is open: alone, it closes by itself. */
function stay(): () => void {
  const source = new EventSource(new URL("api/changes", document.baseURI));
  return () => source.close();
}

interface RecentProps {
  desk: Desk;
  told: Asking<Home>;
  home: Home;
  open: (folder: string) => void;
}

function RecentStudies({ desk, told, home, open }: RecentProps) {
  const forget = (folder: string): void => void told.run(() => desk.call("home.forget", { folder }));
  return (
    <section aria-labelledby="home-recent">
      <h2 id="home-recent">{_("Go on")}</h2>
      <ul class="cpit-recent">
        {home.recent.map((one) => (
          <li key={one.folder}>
            <button class="cpit-open" disabled={!one.there} onClick={() => open(one.folder)}>
              <span class="cpit-study-title">{one.title}</span>
              <span class="cpit-quiet">{described(one)}</span>
            </button>
            <button
              class="cpit-forget" title={_("Take out of this list; the folder stays")}
              aria-label={fill(_("Take {title} out of this list; its folder stays"), { title: one.title })}
              onClick={() => forget(one.folder)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function described(one: RecentStudy): string {
  if (!one.there) return fill(_("No longer in {folder}"), { folder: one.folder });
  if (one.lot !== null) return fill(_("Lot of {coder} – {folder}"), { coder: one.lot, folder: one.folder });
  return one.folder;
}

function OpenFolder({ documents, busy, open }: { documents: string; busy: boolean; open: (folder: string) => void }) {
  const [folder, write] = useState("");
  return (
    <details>
      <summary>{_("Open a study of this machine")}</summary>
      <form
        class="cpit-inline"
        onSubmit={(event) => {
          event.preventDefault();
          if (folder.trim() !== "") open(folder.trim());
        }}
      >
        <label for="home-folder">{_("Its folder")}</label>
        <input id="home-folder" value={folder} placeholder={documents} spellcheck={false} onInput={(event) => write(event.currentTarget.value)} />
        <button type="submit" disabled={busy || folder.trim() === ""}>{_("Open")}</button>
      </form>
    </details>
  );
}

function OnDesktop({ desk }: { desk: Desk }) {
  const [written] = useState(() => asking<{ path: string; system: string }>());
  const told = written.answer.value;
  return (
    <>
      <p>
        <button onClick={() => void written.run(() => desk.call("home.launcher", { home: true }))}>
          {_("Put an icon on the desktop")}
        </button>{" "}
        <span class="cpit-quiet">{_("A double click on it opens this page.")}</span>
      </p>
      <TroubleSaid of={written.trouble} />
      <div aria-live="polite">
        {told !== null && <p>{fill(_("It is there: {path}"), { path: told.path })}</p>}
        {told?.system === ".desktop" && <p class="cpit-quiet">{_("The first time, some desktops ask: right-click it, then “Allow Launching”.")}</p>}
      </div>
    </>
  );
}
