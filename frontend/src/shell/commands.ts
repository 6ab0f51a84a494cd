/** What can be done from anywhere in the workbench. */
import { register } from "../commands";
import type { Desk } from "../state/desk";
import { _ } from "../words";
import { helping } from "./Help";
import { folding } from "./narrow";
import type { ColumnName } from "./narrow";

const toggle = (name: ColumnName) => (desk: Desk): void => {
  const folded = folding(desk, name);
  folded.value = !folded.peek();
};

register(
  {
    id: "undo", group: "working", keys: ["Mod+z"], words: () => _("Undo"),
    when: (desk) => desk.undoable.peek() !== null, run: (desk) => desk.undo(),
  },
  {
    id: "redo", group: "working", keys: ["Mod+Shift+z", "Mod+y"], words: () => _("Redo"),
    when: (desk) => desk.redoable.peek() !== null, run: (desk) => desk.redo(),
  },
  {
    id: "help", group: "showing", keys: ["?", "F1"], words: () => _("Show the keys"),
    run: () => (helping.value = !helping.peek()),
  },
  { id: "fold.notes", group: "showing", keys: ["Alt+Digit1"], words: () => _("Fold or unfold the notes"), run: toggle("notes") },
  { id: "fold.codes", group: "showing", keys: ["Alt+Digit2"], words: () => _("Fold or unfold the codes"), run: toggle("codes") },
);
