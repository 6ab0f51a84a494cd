/** What can be done from anywhere in the workbench. */
import { register } from "../commands";
import { _ } from "../words";
import { helping } from "./Help";
import { toggle } from "./narrow";

register(
  {
    id: "undo", group: "working", keys: ["Mod+z"], words: () => _("Undo"),
    run: (desk) => desk.undo(),
  },
  {
    id: "redo", group: "working", keys: ["Mod+Shift+z", "Mod+y"], words: () => _("Redo"),
    run: (desk) => desk.redo(),
  },
  {
    id: "help", group: "showing", keys: ["?", "F1"], words: () => _("Show the keys"),
    run: () => (helping.value = !helping.peek()),
  },
  { id: "fold.notes", group: "showing", keys: ["Alt+Digit1"], words: () => _("Fold or unfold the notes"), run: (desk) => toggle(desk, "notes") },
  { id: "fold.codes", group: "showing", keys: ["Alt+Digit2"], words: () => _("Fold or unfold the codes"), run: (desk) => toggle(desk, "codes") },
);
