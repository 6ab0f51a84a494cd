/** What a passage is read again with, by key. */
import { register } from "../../commands";
import type { Command } from "../../commands";
import type { Desk } from "../../state/desk";
import { _, fill } from "../../words";
import { Pile } from "./pile";

const piles = new WeakMap<Desk, Pile>();

/** Return what is to be read again at a desk. */
export function pileOf(desk: Desk): Pile {
  let pile = piles.get(desk);
  if (!pile) piles.set(desk, (pile = new Pile(desk)));
  return pile;
}

const screens = ["debt"];
const at = (run: (pile: Pile) => void) => (desk: Desk): void => run(pileOf(desk));
const looking = (desk: Desk): boolean => !pileOf(desk).choosing.peek();

const candidates: Command[] = Array.from({ length: 9 }, (_none, rank) => ({
  id: `debt.candidate${rank + 1}`,
  screens,
  group: "coding",
  keys: [`Digit${rank + 1}`, `Numpad${rank + 1}`],
  words: () => fill(_("Give it the code {n} of the list"), { n: rank + 1 }),
  when: (desk) => looking(desk) && (pileOf(desk).group.peek()?.candidates.length ?? 0) > rank,
  run: at((pile) => pile.candidate(rank)),
}));

register(
  ...candidates,
  {
    id: "debt.other", screens, group: "coding", keys: ["c"], when: looking,
    words: () => _("Give it another code"), run: at((pile) => { pile.choosing.value = true; }),
  },
  {
    id: "debt.back", screens, group: "coding", keys: ["Digit0", "Numpad0", "Delete"], when: looking,
    words: () => _("Take the coding back"), run: at((pile) => void pile.put(null)),
  },
  { id: "debt.next", screens, group: "moving", keys: ["j", "ArrowDown"], words: () => _("Next passage"), run: at((pile) => pile.go(1)) },
  { id: "debt.previous", screens, group: "moving", keys: ["k", "ArrowUp"], words: () => _("Previous passage"), run: at((pile) => pile.go(-1)) },
  { id: "debt.take", screens, group: "coding", keys: ["x"], words: () => _("Take it with others"), run: at((pile) => pile.toggle()) },
  { id: "debt.take.all", screens, group: "coding", keys: ["Shift+x"], words: () => _("Take all those of the same change"), run: at((pile) => pile.toggleGroup()) },
  {
    id: "debt.open", screens, group: "moving", keys: ["o"], words: () => _("Open it in its note"),
    run: (desk) => {
      const one = pileOf(desk).current.peek();
      if (one) desk.go({ screen: "reading", source: one.source, at: one.start, end: one.end });
    },
  },
  {
    id: "debt.undo", screens, group: "working", keys: ["u", "Mod+z"], when: (desk) => pileOf(desk).undoable,
    words: () => _("Undo the last reading"), run: at((pile) => void pile.undo()),
  },
);
