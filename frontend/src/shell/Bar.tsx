/** The top bar: which study, which note, which grid, who codes, and whether all is saved. */
import type { Saving } from "../state/desk";
import { _, fill, ngettext } from "../words";
import { run } from "../commands";
import { DoorMenu } from "../screens/home/menu";
import { useDesk } from "./context";

export function Bar() {
  const desk = useDesk();
  const { study, coder } = desk.hello.value ?? {};
  const note = desk.open.value?.note;
  const grid = desk.codebook.value;
  return (
    <header class="cpit-bar">
      <p class="cpit-where">
        <span class="cpit-study">{study?.title ?? _("Coding workbench")}</span>
        {study?.demonstration && <span class="cpit-mark cpit-spare">{_("demonstration")}</span>}
        {study?.lot && <span class="cpit-mark">{fill(_("lot {lot}"), { lot: study.lot })}</span>}
        {note !== undefined && desk.place.value.screen === "reading" && <span class="cpit-title">{note.title}</span>}
      </p>
      <p class="cpit-state">
        {grid && <span class="cpit-spare" title={grid.title}>{fill(_("grid {version}"), { version: grid.version })}</span>}
        {coder && <span>{coder}</span>}
        <SaveState />
      </p>
      <Theme />
      <Language />
      <DoorMenu />
      <button class="cpit-plain" onClick={() => run("help", desk)} aria-label={_("Keys and help")}>?</button>
    </header>
  );
}

function SaveState() {
  const desk = useDesk();
  const saving = desk.saving.value;
  // Without a study there is nothing to save.
  if (saving.state === "saved" && !desk.hello.value?.study) return null;
  return (
    <span class="cpit-saving" role="status" data-state={saving.state} data-alone={saving.state !== "saved" && saving.alone}>
      {said(saving)}
      {saving.state === "away" && (
        <button class="cpit-plain" onClick={() => desk.nudge()}>{_("Try now")}</button>
      )}
    </span>
  );
}

function said(saving: Saving): string {
  switch (saving.state) {
    case "saved":
      return _("Saved");
    case "saving":
      return _("Saving…");
    case "away":
      return fill(away(saving), { n: saving.waiting });
    case "refused":
      return saving.alone ? _("Refused, kept by this page alone: do not close it") : _("Something was refused");
  }
}

function away({ waiting, alone }: { waiting: number; alone: boolean }): string {
  if (waiting === 0) return _("The workbench does not answer");
  return alone
    ? ngettext("{n} act, kept by this page alone: do not close it", "{n} acts, kept by this page alone: do not close it", waiting)
    : ngettext("{n} act waits for the workbench", "{n} acts wait for the workbench", waiting);
}

const NEXT = { system: "light", light: "dark", dark: "system" } as const;

function Theme() {
  const theme = useDesk().kept<"light" | "dark" | "system">("theme", "system");
  const words = fill(_("Theme: {theme}"), {
    theme: { system: _("as the system"), light: _("light"), dark: _("dark") }[theme.value],
  });
  // A disc: half dark, light, or dark.
  const dark = { system: "M8 2a6 6 0 0 1 0 12z", light: "", dark: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z" }[theme.value];
  return (
    <button class="cpit-plain" aria-label={words} title={words} onClick={() => (theme.value = NEXT[theme.peek()])}>
      <svg class="cpit-icon" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.25" />
        <path d={dark} fill="currentColor" />
      </svg>
    </button>
  );
}

function Language() {
  const desk = useDesk();
  const other = desk.hello.value?.language === "en" ? "fr" : "en";
  // Each language is named in itself.
  const words = { fr: "Français", en: "English" }[other];
  return (
    <button class="cpit-plain" lang={other} onClick={() => void desk.speak(other)}>
      {words}
    </button>
  );
}
