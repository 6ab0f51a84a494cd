/** Everything that a person can do, by name and by key: the palette, menus and help read this list. */
import type { Desk } from "./state/desk";
import { _ } from "./words";

export interface Command {
  id: string;
  /** Said in the palette and in the help, through `_()`: called when shown. */
  words: () => string;
  /** Group of the help sheet. */
  group: "coding" | "moving" | "showing" | "working";
  /**
   * Keys, such as "k", "Shift+ArrowRight", "Mod+z" (Ctrl, or Command on macOS), "Digit1" (the physical
   * key: AZERTY included). Single letters are heard only when no field is being written in.
   */
  keys?: readonly string[];
  when?: (desk: Desk) => boolean;
  /** Screens that hear its keys; all of them when left out. */
  screens?: readonly string[];
  /** Whether its keys are heard while a field is being written in. */
  fields?: boolean;
  run: (desk: Desk) => void;
}

const known = new Map<string, Command>();

/** Add commands to the list; two that could answer to one key are a mistake of ours. */
export function register(...commands: readonly Command[]): void {
  for (const command of commands) {
    const rival = [...known.values()].find((one) => one.id === command.id || contend(one, command));
    if (rival !== undefined) throw new Error(`${command.id} contends with ${rival.id}`);
    known.set(command.id, command);
  }
}

/** Every command, in the order in which parts of the workbench say them. */
export const commands = (): readonly Command[] => [...known.values()];

/** Run a command by its id, when it can be done now; return whether it was. */
export function run(id: string, desk: Desk): boolean {
  const command = known.get(id);
  if (command === undefined || command.when?.(desk) === false) return false;
  command.run(desk);
  return true;
}

/** Let nobody else hear what is answered. */
export function answer(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Which way an arrow goes in a list. */
export const wayOf = ({ key }: KeyboardEvent): 1 | -1 | undefined => ({ ArrowDown: 1, ArrowUp: -1 } as const)[key];

/** Answer to a key; return whether some command did. */
export function hear(event: KeyboardEvent, desk: Desk): boolean {
  if (event.defaultPrevented || event.isComposing || chooses(event)) return false;
  const writing = isField(event.target);
  const { screen } = desk.place.peek();
  // A dialog has its own keys; Escape closes it, whatever could be left behind it.
  const apart = event.target instanceof Element && event.target.closest("dialog") !== null;
  for (const command of known.values()) {
    if ((writing && command.fields !== true) || (apart && command.id !== "help")) continue;
    if (command.screens?.includes(screen) === false || command.when?.(desk) === false) continue;
    if (command.keys?.some((key) => matches(key, event)) !== true) continue;
    answer(event);
    command.run(desk);
    return true;
  }
  return false;
}

/** Whether a key goes from one choice to another, or along a scale: they are heard where they are drawn. */
const chooses = ({ key, target }: KeyboardEvent): boolean =>
  key.startsWith("Arrow") && target instanceof HTMLInputElement && /radio|range/.test(target.type);

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether a key event is the one that a command names. */
export function matches(key: string, event: KeyboardEvent): boolean {
  const { name, mods } = parsed(key);
  const letter = name.length === 1;
  // A mark such as « ? » needs Shift on some keyboards and not on others.
  const free = letter && name.toLowerCase() === name.toUpperCase();
  // On an AZERTY keyboard « [ » is written with AltGr, or Option: it is that mark, and nothing else.
  if (!mods.has("Alt") && (event.getModifierState("AltGraph") || (isMac() && event.altKey))) {
    return free && mods.size === 0 && event.key === name;
  }
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  const other = isMac() ? event.ctrlKey : event.metaKey;
  if (mod !== mods.has("Mod") || event.altKey !== mods.has("Alt") || other) return false;
  if (/^(Digit|Numpad)/.test(name)) {
    // A pad whose digits are locked moves instead.
    const moves = name.startsWith("Numpad") && event.key.length > 1;
    return event.code === name && !moves && event.shiftKey === mods.has("Shift");
  }
  const same = letter ? event.key.toLowerCase() === name.toLowerCase() : event.key === name;
  return same && (free || event.shiftKey === mods.has("Shift"));
}

/** Write the first key of a command for people: « Ctrl + Maj + Z ». */
export function keyWords(key: string): string[] {
  const { name, mods } = parsed(key);
  const marks: Record<string, string> = isMac()
    ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" }
    : { Mod: "Ctrl", Alt: "Alt", Shift: "⇧" };
  const names: Record<string, string> = {
    ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Enter: "↵", Escape: _("Esc"), " ": "␣",
    Backspace: "⌫", Delete: _("Del"), Home: _("Home"), End: _("End"), PageUp: "⇞", PageDown: "⇟",
  };
  const shown = names[name] ?? (/^Digit\d$/.test(name) ? name.slice(5) : name.length === 1 ? name.toUpperCase() : name);
  return [...["Mod", "Alt", "Shift"].filter((mod) => mods.has(mod)).map((mod) => marks[mod]!), shown];
}

function parsed(key: string): { name: string; mods: Set<string> } {
  const pieces = key === "+" ? ["+"] : key.split("+");
  return { name: pieces.at(-1)!, mods: new Set(pieces.slice(0, -1)) };
}

function contend(one: Command, other: Command): boolean {
  const keys = one.keys?.some((key) => other.keys?.some((same) => key.toLowerCase() === same.toLowerCase()));
  if (keys !== true || one.when !== undefined || other.when !== undefined) return false;
  return one.screens === undefined || other.screens === undefined || one.screens.some((s) => other.screens!.includes(s));
}

const TYPED = new Set(["text", "search", "number", "date", "email", "password", "tel", "url", "time"]);

/** Whether keys are words being written there. */
export function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return TYPED.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    || (target instanceof HTMLElement && target.isContentEditable);
}
