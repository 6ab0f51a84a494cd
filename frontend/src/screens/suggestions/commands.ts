/** What suggestions are answered with, by key: the same as in a note. */
import { register } from "../../commands";
import type { Desk } from "../../state/desk";
import { _ } from "../../words";
import { Tray } from "./tray";

const trays = new WeakMap<Desk, Tray>();

/** Return the suggestions that wait at a desk. */
export function trayOf(desk: Desk): Tray {
  let tray = trays.get(desk);
  if (!tray) trays.set(desk, (tray = new Tray(desk)));
  return tray;
}

const screens = ["suggestions"];
const at = (run: (tray: Tray) => void) => (desk: Desk): void => run(trayOf(desk));

register(
  {
    id: "suggestions.accept", screens, group: "coding", keys: ["a", "Mod+Enter"],
    words: () => _("Accept the suggestion, go to the next"), run: at((tray) => tray.answer(true)),
  },
  {
    id: "suggestions.reject", screens, group: "coding", keys: ["r"],
    words: () => _("Set the suggestion aside, go to the next"), run: at((tray) => tray.answer(false)),
  },
  { id: "suggestions.next", screens, group: "moving", keys: ["j", "ArrowDown"], words: () => _("Next suggestion"), run: at((tray) => tray.go(1)) },
  { id: "suggestions.previous", screens, group: "moving", keys: ["k", "ArrowUp"], words: () => _("Suggestion before"), run: at((tray) => tray.go(-1)) },
  {
    id: "suggestions.open", screens, group: "moving", keys: ["o"], words: () => _("Open it in its note"),
    run: (desk) => {
      const one = trayOf(desk).current.peek();
      if (one) desk.go({ screen: "reading", source: one.source, at: one.start, end: one.end, subject: one.id });
    },
  },
  {
    id: "suggestions.undo", screens, group: "working", keys: ["u", "Mod+z"], when: (desk) => desk.undoable.peek() !== null,
    words: () => _("Undo the last answer"), run: at((tray) => tray.undo()),
  },
);
