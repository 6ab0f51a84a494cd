/** What adjudicating is done with, by key. */
import { register } from "../../commands";
import type { Command } from "../../commands";
import type { Desk } from "../../state/desk";
import { _, fill } from "../../words";
import { selected } from "./bounds";
import { Docket } from "./docket";

const dockets = new WeakMap<Desk, Docket>();

/** Return the adjudication at work on a desk, begun again for another round. */
export function docketOf(desk: Desk, round: string): Docket {
  let docket = dockets.get(desk);
  if (docket?.round !== round) {
    docket = new Docket(desk, round);
    dockets.set(desk, docket);
  }
  return docket;
}

const at = (run: (docket: Docket) => void) => (desk: Desk): void => {
  const docket = dockets.get(desk);
  if (docket) run(docket);
};

const during = (...steps: string[]) => (desk: Desk): boolean => steps.includes(dockets.get(desk)?.step.peek() ?? "");

const screens = ["adjudication"];

const keeps: Command[] = [1, 2, 3, 4].map((rank) => ({
  id: `adjudication.keep${rank}`,
  screens,
  group: "coding",
  keys: [`Digit${rank}`, `Numpad${rank}`],
  words: () => fill(_("Keep what coder {n} put"), { n: rank }),
  when: (desk) => (dockets.get(desk)?.disputes.peek()?.round.coders.length ?? 0) >= rank,
  run: at((docket) => docket.keep(docket.disputes.peek()!.round.coders[rank - 1]!)),
}));

register(
  {
    id: "adjudication.next", screens, group: "moving", keys: ["j", "ArrowDown"],
    words: () => _("Next disagreement"), run: at((docket) => docket.go(1)),
  },
  {
    id: "adjudication.previous", screens, group: "moving", keys: ["k", "ArrowUp"],
    words: () => _("Previous disagreement"), run: at((docket) => docket.go(-1)),
  },
  {
    id: "adjudication.left", screens, group: "moving", keys: ["n"],
    words: () => _("Next one left to decide"), run: at((docket) => docket.onward()),
  },
  ...keeps,
  {
    id: "adjudication.none", screens, group: "coding", keys: ["Digit0", "Numpad0"],
    words: () => _("No code stands there"), run: at((docket) => docket.none()),
  },
  {
    id: "adjudication.code", screens, group: "coding", keys: ["c"],
    words: () => _("Put another code"), run: at((docket) => docket.choose()),
  },
  {
    id: "adjudication.bounds", screens, group: "coding", keys: ["b"],
    words: () => _("Put the code on other words"), run: at((docket) => docket.bound(docket.note.peek() ? selected(docket.note.peek()!.offsets) : null)),
  },
  {
    id: "adjudication.reason", screens, group: "coding", keys: ["r"], when: during("bounding", "saying"),
    words: () => _("Another reason of the disagreement"), run: at((docket) => docket.nextReason(1)),
  },
  {
    id: "adjudication.decide", screens, group: "coding", keys: ["Enter"],
    when: (desk) => during("bounding")(desk) && !(document.activeElement instanceof HTMLButtonElement),
    words: () => _("These words, then why"), run: at((docket) => void docket.confirm()),
  },
  {
    id: "adjudication.drop", screens, group: "coding", keys: ["Escape"], fields: true,
    when: during("bounding", "saying", "choosing"), words: () => _("Give up what is being decided"),
    run: at((docket) => docket.drop()),
  },
  ...(["end", "start"] as const).flatMap((end): Command[] =>
    ([1, -1] as const).map((way) => ({
      id: `adjudication.${end}${way > 0 ? "on" : "back"}`,
      screens,
      group: "coding",
      keys: [`${end === "start" ? "Shift+" : ""}${way > 0 ? "ArrowRight" : "ArrowLeft"}`],
      when: during("bounding"),
      words: () => (end === "end"
        ? way > 0 ? _("One word more at the end") : _("One word less at the end")
        : way > 0 ? _("One word less at the start") : _("One word more at the start")),
      run: at((docket) => docket.move(end, way)),
    })),
  ),
  {
    id: "adjudication.undo", screens, group: "working", keys: ["u", "Mod+z"], when: during("looking"),
    words: () => _("Take the last decision back"), run: at((docket) => void docket.undo()),
  },
);
