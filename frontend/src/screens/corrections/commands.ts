/** « Corriger le texte… », by name and by key. */
import { register } from "../../commands";
import { _ } from "../../words";
import { correcting } from "./asked";

register({
  id: "correct", group: "coding", keys: ["t"], screens: ["reading"],
  words: () => _("Correct the text…"),
  when: (desk) => desk.selection.peek() !== null && desk.open.peek() !== null,
  run: (desk) => (correcting.value = desk.selection.peek()),
});
