/** What is done with the workbench itself: change study, an icon, help, closing it. */
import { signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { Desk } from "../../state/desk";
import { _, fill } from "../../words";
import { troubleOf } from "../lots/asking";
import "./menu.css";
import { moved, together } from "./together";

const closed = signal(false);

/** Close the workbench, once everything is saved. */
async function quit(desk: Desk): Promise<void> {
  if (desk.saving.peek().state !== "saved") {
    desk.say({ tone: "wrong", words: _("Something is not saved yet: the workbench stays open.") });
    return;
  }
  await desk.call("home.close", {});
  closed.value = true;
}

/** What is left of the page once the workbench is closed. */
function Closed() {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} class="cpit-closed" aria-labelledby="cpit-closed-title" onCancel={(event) => event.preventDefault()}>
      <h2 id="cpit-closed-title">{_("The workbench is closed")}</h2>
      <p>{_("Everything is saved. You can close this tab.")}</p>
    </dialog>
  );
}

export function DoorMenu() {
  const desk = useDesk();
  const opened = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const abilities = new Set(desk.hello.value?.abilities);
  const study = desk.hello.value?.study ?? null;
  useEffect(() => {
    if (opened.value) list.current?.querySelector("button")?.focus();
  }, [opened.value]);
  useEffect(() => (desk.door === "page" ? together() : undefined), [desk]);
  if (!abilities.has("home")) return null;
  if (closed.value) return <Closed />;
  const close = (): void => {
    opened.value = false;
    button.current?.focus();
  };
  const entry = (words: string, act: () => void | Promise<void>) => (
    <li>
      <button class="cpit-plain" onClick={() => { opened.value = false; void act(); }}>{words}</button>
    </li>
  );
  const told = async (ask: () => Promise<void>): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      const { error: words, remedy } = troubleOf(error);
      desk.say({ tone: "wrong", words: [words, remedy].filter(Boolean).join(" ") });
    }
  };
  return (
    <div
      class="cpit-menu"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !opened.value) return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) opened.value = false;
      }}
    >
      <button ref={button} class="cpit-plain" aria-expanded={opened.value} aria-label={_("Workbench")} onClick={() => (opened.value = !opened.value)}>
        <span aria-hidden="true">☰</span>
      </button>
      {opened.value && (
        <ul ref={list}>
          {study !== null && entry(_("First steps"), () => desk.go({ screen: "first" }))}
          {study !== null && entry(_("Put an icon of this study on the desktop"), () => told(async () => {
            const made = await desk.call("home.launcher", { home: false });
            desk.say({ tone: "done", words: fill(_("It is there: {path}"), { path: made.path }) });
          }))}
          {study !== null && entry(_("Another study…"), () => told(async () => {
            await desk.call("home.leave", {});
            moved();
          }))}
          {abilities.has("quit") && entry(_("Close the workbench"), () => told(() => quit(desk)))}
        </ul>
      )}
    </div>
  );
}
