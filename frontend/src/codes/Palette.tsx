/** One field that finds a code, a command or a note in a few letters; each letter is heard at once. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { commands } from "../commands";
import { useDesk } from "../shell/context";
import type { Desk } from "../state/desk";
import { _, fill, ngettext } from "../words";
import { Choice, idOf } from "./Choice";
import "./codes.css";
import { see } from "./CodesColumn";
import { Definition } from "./Definition";
import { found } from "./found";
import type { Item } from "./found";
import { fold } from "./folding";
import { aim, gather, put } from "./putting";
import { codesOf } from "./state";

/** The palette, when it is open. */
export function Palette(): JSX.Element | null {
  const desk = useDesk();
  const { palette } = codesOf(desk);
  return palette.value && <Opened desk={desk} begins={palette.value.begins} />;
}

function Opened({ desk, begins }: { desk: Desk; begins: string }): JSX.Element {
  const query = useSignal(begins);
  const at = useSignal(0);
  /** Whether the arrows chose the line: Space is then a tick, not a letter. */
  const chosen = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const items = found(desk, commands(), query.value);
  const highlighted = items[Math.min(at.value, items.length - 1)];
  useTakenFocus(field);
  const close = (): void => { codesOf(desk).palette.value = null; };
  const keyed = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (!listens({ desk, items, at, chosen, highlighted, close, field }, event)) return;
    event.preventDefault();
  };
  return (
    <div class="cpit-palette-veil" onMouseDown={(event) => { if (event.target === event.currentTarget) close(); }}>
      <div class="cpit-palette" role="dialog" aria-modal="true" tabIndex={-1} aria-label={_("Find a code, a command or a note")} onKeyDown={keyed}>
        <Field field={field} highlighted={highlighted} begins={begins} onTyped={(typed) => { query.value = typed; at.value = 0; chosen.value = false; }} />
        <Said desk={desk} query={query.value} n={items.length} />
        <div class="cpit-palette-body">
          <ul role="listbox" id="cpit-palette" aria-label={_("Found")} aria-multiselectable="true">
            {items.map((item, index) => (
              <Choice
                key={`${item.of} ${item.id}`}
                desk={desk}
                item={item}
                here={item === highlighted}
                onRest={() => { at.value = index; }}
                onTake={(several) => { if (several) gather(desk, item.id); else take(desk, item, close); }}
              />
            ))}
          </ul>
          {highlighted?.of === "code" && (
            <div class="cpit-palette-gloss">
              <Definition desk={desk} code={highlighted.code} onSee={(code) => { field.current!.value = code; query.value = code; at.value = 0; }} />
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

/** Take the keyboard when opened, give it back where it was when closed. */
function useTakenFocus(field: { current: HTMLInputElement | null }): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true }); };
  }, []);
}

interface FieldProps {
  field: { current: HTMLInputElement | null };
  highlighted: Item | undefined;
  begins: string;
  onTyped: (typed: string) => void;
}

/** The field keeps its own letters: what is drawn follows them, never the reverse. */
function Field({ field, highlighted, begins, onTyped }: FieldProps): JSX.Element {
  return (
    <input
      ref={field}
      type="text"
      role="combobox"
      defaultValue={begins}
      autocomplete="off"
      spellcheck={false}
      aria-label={_("Find a code, a command or a note")}
      placeholder={_("A code – or > for commands, # for notes")}
      aria-expanded="true"
      aria-controls="cpit-palette"
      aria-autocomplete="list"
      aria-activedescendant={highlighted ? idOf(highlighted) : undefined}
      onInput={(event) => onTyped(event.currentTarget.value)}
    />
  );
}

function Said({ desk, query, n }: { desk: Desk; query: string; n: number }): JSX.Element {
  const { gathered } = codesOf(desk);
  return (
    <p class="cpit-palette-said" role="status">
      {n === 0 ? _("Nothing has these letters.") : isCodes(query) ? whatEnterDoes(desk) : _("Enter goes there, Esc closes.")}
      {gathered.value.length > 0 && <b> {gathered.value.join(", ")}</b>}
    </p>
  );
}

const isCodes = (query: string): boolean => !query.startsWith(">") && !query.startsWith("#");

function whatEnterDoes(desk: Desk): string {
  const target = aim(desk);
  const n = codesOf(desk).gathered.value.length;
  if (n > 0) return fill(ngettext("Enter puts {n} code:", "Enter puts {n} codes together:", n), { n });
  if (target?.of === "words") return _("Enter codes the words selected. To put several: arrows, Space on each, Enter.");
  if (target?.of === "coding") return fill(_("Enter asks to replace {code}. To put several beside: arrows, Space on each, Enter."), { code: target.coding.code });
  return _("No words are selected: Enter shows the code and its meaning.");
}

interface Listening {
  desk: Desk;
  items: readonly Item[];
  at: { value: number };
  chosen: { value: boolean };
  highlighted: Item | undefined;
  close: () => void;
  field: { current: HTMLInputElement | null };
}

function listens(here: Listening, event: KeyboardEvent): boolean {
  if (event.isComposing) return false;
  switch (event.key) {
    case "Escape": here.close(); return true;
    case "Enter": if (!event.repeat) enter(here.desk, here.highlighted, here.close); return true;
    case "Tab": return true;
    case " ": return ticks(here);
    default: return moves(here, event.key);
  }
}

function moves({ at, chosen, items }: Listening, key: string): boolean {
  const last = items.length - 1;
  const to = {
    ArrowDown: at.value >= last ? 0 : at.value + 1,
    ArrowUp: at.value <= 0 ? last : at.value - 1,
    PageDown: Math.min(last, at.value + 8),
    PageUp: Math.max(0, at.value - 8),
  }[key];
  if (to === undefined) return false;
  at.value = to;
  chosen.value = true;
  return true;
}

/** Space ticks when it cannot be a letter: nothing typed, a line chosen by arrow, the id of a code typed. */
function ticks({ desk, chosen, highlighted, field }: Listening): boolean {
  if (highlighted?.of !== "code" || !field.current) return false;
  const typed = fold(field.current.value).letters.trim();
  const sure = typed === "" || chosen.value || typed === fold(highlighted.id).letters;
  if (!sure) return false;
  gather(desk, highlighted.id);
  field.current.select();
  chosen.value = true;
  return true;
}

function enter(desk: Desk, highlighted: Item | undefined, close: () => void): void {
  const gathered = codesOf(desk).gathered.value;
  if (gathered.length > 0 && (!highlighted || highlighted.of === "code")) {
    close();
    put(desk, gathered);
  } else if (highlighted) take(desk, highlighted, close);
}

function take(desk: Desk, item: Item, close: () => void): void {
  close();
  if (item.of === "command") item.command.run(desk);
  else if (item.of === "note") desk.go({ screen: "reading", source: item.id });
  else if (aim(desk)) put(desk, [...codesOf(desk).gathered.value, item.id]);
  else see(desk, item.id);
}
