/** What can be done from anywhere in the workbench. */
import { register } from "../commands";
import { _ } from "../words";
import { helping } from "./Help";
import { toggle } from "./narrow";
import { goRound } from "./regions";

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
  { id: "region.next", group: "showing", keys: ["F6"], fields: true, words: () => _("Next part of the page"), run: (desk) => goRound(desk, 1) },
  { id: "region.back", group: "showing", keys: ["Shift+F6"], fields: true, words: () => _("Part of the page before"), run: (desk) => goRound(desk, -1) },
  { id: "fold.notes", group: "showing", keys: ["Alt+Digit1"], words: () => _("Fold or unfold the notes"), run: (desk) => toggle(desk, "notes") },
  { id: "fold.codes", group: "showing", keys: ["Alt+Digit2"], words: () => _("Fold or unfold the codes"), run: (desk) => toggle(desk, "codes") },
);
