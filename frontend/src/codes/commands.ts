/** What can be done with codes, by name and by key. */
import { register } from "../commands";
import type { Command } from "../commands";
import { takeSentence } from "../pane/taking";
import type { Desk } from "../state/desk";
import { _, fill } from "../words";
import { PLACES } from "./pins";
import { choose, confirm, gather, putGathered, repeat, waiting } from "./putting";
import { codesOf } from "./state";

/** Codes are put where notes are read: other screens have their own keys. */
const READING = ["reading"];

const opens = (desk: Desk, begins: string): void => {
  codesOf(desk).palette.value = { begins };
};

/** Put the code under a digit, or gather it. */
function pinned(place: number, how: (desk: Desk, code: string) => void): (desk: Desk) => void {
  return (desk) => {
    const code = codesOf(desk).pins.value[place];
    if (code !== undefined) how(takeSentence(desk), code);
    else desk.say({ tone: "said", words: fill(_("No code is pinned under {digit}."), { digit: place + 1 }) });
  };
}

const digits: Command[] = Array.from({ length: PLACES }, (_none, place) => [
  {
    id: `codes.digit.${place + 1}`,
    words: () => fill(_("Put the code under {digit}"), { digit: place + 1 }),
    group: "coding" as const,
    screens: READING,
    keys: [`Digit${place + 1}`],
    run: pinned(place, choose),
  },
  {
    id: `codes.gather.${place + 1}`,
    words: () => fill(_("Gather the code under {digit} with others"), { digit: place + 1 }),
    group: "coding" as const,
    screens: READING,
    keys: [`Shift+Digit${place + 1}`],
    run: pinned(place, gather),
  },
]).flat();

register(
  { id: "codes.find", words: () => _("Code with…"), group: "coding", screens: READING, keys: ["c", "/", "Mod+k"], run: (desk) => opens(takeSentence(desk), "") },
  { id: "codes.commands", words: () => _("Find a command"), group: "working", keys: ["Mod+Shift+k"], run: (desk) => opens(desk, ">") },
  { id: "codes.notes", words: () => _("Go to a note"), group: "moving", keys: ["Mod+o"], run: (desk) => opens(desk, "#") },
  {
    id: "codes.confirm", words: () => _("Replace the code pointed at"), group: "coding", keys: ["Enter"],
    when: (desk) => waiting(desk) !== null, run: (desk) => confirm(desk, "replace"),
  },
  {
    id: "codes.beside", words: () => _("Put the code beside the one pointed at"), group: "coding", keys: ["Shift+Enter"],
    when: (desk) => waiting(desk) !== null, run: (desk) => confirm(desk, "beside"),
  },
  {
    id: "codes.together", words: () => _("Put the gathered codes together"), group: "coding", keys: ["Enter"],
    when: (desk) => waiting(desk) === null && codesOf(desk).gathered.value.length > 0,
    run: (desk) => putGathered(desk),
  },
  {
    id: "codes.leave", words: () => _("Leave the codes gathered or the replacement"), group: "coding", keys: ["Escape"],
    when: (desk) => waiting(desk) !== null || codesOf(desk).gathered.value.length > 0,
    run: (desk) => {
      codesOf(desk).armed.value = null;
      codesOf(desk).gathered.value = [];
    },
  },
  {
    id: "codes.repeat", words: () => _("Put the last codes again"), group: "coding", screens: READING, keys: ["."],
    when: (desk) => codesOf(desk).recent.value.length > 0, run: (desk) => repeat(takeSentence(desk)),
  },
  ...digits,
);
