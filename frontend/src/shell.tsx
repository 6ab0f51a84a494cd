/** The page: a bar, columns that fold, a screen in the middle, and what is said. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { CodesColumn } from "./codes/CodesColumn";
import { Palette } from "./codes/Palette";
import { hear } from "./commands";
import { Inspector } from "./inspector/Inspector";
import { writingOf } from "./inspector/state";
import { NotesColumn } from "./notes/NotesColumn";
import { Player } from "./audio/player";
import { CorrectionDialog } from "./screens/corrections/dialog";
import { FirstTime } from "./screens/help/first";
import { screens } from "./screens/index";
import { Identity } from "./screens/identity";
import { Bar } from "./shell/Bar";
import { Column } from "./shell/Column";
import { uncover, unfold, width } from "./shell/narrow";
import { DeskContext } from "./shell/context";
import { Help } from "./shell/Help";
import { Navigation } from "./shell/Navigation";
import { Notices } from "./shell/Notices";
import "./shell.css";
import "./shell/commands";
import type { Desk } from "./state/desk";
import { _ } from "./words";

export function Shell({ desk, root }: { desk: Desk; root: HTMLElement }) {
  const theme = desk.kept<"light" | "dark" | "system">("theme", "system").value;
  const hello = desk.hello.value;
  useEffect(() => {
    root.dataset["theme"] = theme;
    root.lang = hello?.language ?? "fr";
  }, [root, theme, hello]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => void hear(event, desk);
    // In a page of its own, keys are heard even when what had the focus is gone.
    const ear = desk.door === "page" ? document.body : root;
    ear.addEventListener("keydown", onKey);
    return () => ear.removeEventListener("keydown", onKey);
  }, [root, desk]);
  useEffect(() => {
    const sized = new ResizeObserver(([entry]) => (width.value = entry?.contentRect.width ?? Infinity));
    sized.observe(root);
    return () => sized.disconnect();
  }, [root]);
  return (
    <DeskContext.Provider value={desk}>
      <Content desk={desk} />
      <Palette />
      {hello && <Help />}
      <Notices />
      <CorrectionDialog />
      <FirstTime />
    </DeskContext.Provider>
  );
}

function Content({ desk }: { desk: Desk }) {
  const hello = desk.hello.value;
  const trouble = desk.trouble.value;
  if (hello === null) {
    return (
      <main class="cpit-alone" aria-busy={trouble === null}>
        <p>{trouble?.error ?? "…"}</p>
        {trouble !== null && <p class="cpit-quiet">{[trouble.exists, trouble.remedy].filter(Boolean).join(" ")}</p>}
      </main>
    );
  }
  if (hello.study !== null && hello.coder === null) return <Identity />;
  return (
    <div class="cpit-frame">
      <Bar />
      <Navigation />
      <Middle desk={desk} />
      <Player />
    </div>
  );
}

function Middle({ desk }: { desk: Desk }) {
  const name = desk.hello.value?.study === null && screens["home"] ? "home" : desk.place.value.screen;
  const screen = screens[name] ?? screens["reading"]!;
  const main = useRef<HTMLElement>(null);
  const seen = useRef(name);
  // Whoever goes to another screen by key finds herself in it.
  useEffect(() => {
    if (seen.current !== name) main.current?.focus();
    seen.current = name;
  }, [name]);
  const { source } = desk.place.value;
  // A note chosen in a list that lies over the text is read at once.
  useEffect(() => uncover(desk), [desk, source]);
  // What is begun beside the text is seen at once, or the first letters typed would be commands.
  const draft = writingOf(desk).draft.value;
  useLayoutEffect(() => {
    if (draft !== null) unfold(desk, "codes");
  }, [desk, draft]);
  const beside = screen.columns ?? [];
  return (
    <div class="cpit-columns">
      {beside.includes("notes") && (
        <Column name="notes" side="start" words={_("Notes")} width={300}>
          <NotesColumn />
        </Column>
      )}
      <main class="cpit-screen" tabIndex={-1} ref={main} aria-label={screen.words()} data-screen={name} onPointerDown={() => uncover(desk)}>
        <screen.component key={screen.columns ? name : `${name} ${desk.hello.value?.language}`} />
      </main>
      {beside.includes("codes") && (
        <Column name="codes" side="end" words={_("Codes")} width={340}>
          <CodesColumn />
          <Inspector />
        </Column>
      )}
    </div>
  );
}
