/** What the keyboard does in the text. */
import { register, type Command } from "../commands";
import { accept, read, reject } from "../state/acts";
import type { Desk, SuggestionState } from "../state/desk";
import { _, fill } from "../words";
import { movable } from "./bounds";
import { paneOf } from "./panes";
import type { Pane } from "./pane";
import type { Step } from "./steps";
import { goToSuggested, suggested, suggestedAfter } from "./suggested";

/** When a pane is open, and whether the keyboard is in its text. */
const inText = (able: (pane: Pane) => boolean = () => true) => (desk: Desk): boolean => {
  const pane = paneOf(desk);
  return pane !== undefined && document.activeElement === pane.scroller && able(pane);
};
const open = (able: (pane: Pane) => boolean) => (desk: Desk): boolean => {
  const pane = paneOf(desk);
  return pane !== undefined && able(pane);
};
const withPane = (run: (pane: Pane, desk: Desk) => void) => (desk: Desk): void => {
  const pane = paneOf(desk);
  if (pane !== undefined) run(pane, desk);
};

const moving = (pane: Pane): boolean => pane.bounds.moving.peek() !== null;
const still = (pane: Pane): boolean => !moving(pane);
const pointed = (pane: Pane): boolean => pane.pointed !== undefined && movable(pane.pointed) !== null;

type Words = () => string;

/** One arrow: moves, extends with Shift, and moves the boundary when one is held. */
function arrow(id: string, key: string, step: Step, way: 1 | -1, words: [move: Words, extend: Words]): Command[] {
  const step_ = (pane: Pane): void => (moving(pane) ? pane.moveBound(step, way) : pane.cursor.move(step, way));
  return [
    { id: `text.${id}`, group: "moving", keys: [key], words: words[0], when: inText(), run: withPane(step_) },
    {
      id: `text.${id}.extend`, group: "moving", keys: [`Shift+${key}`], words: words[1], when: inText(still),
      run: withPane((pane) => pane.cursor.extend(step, way)),
    },
    {
      id: `text.${id}.sign`, group: "moving", keys: [`Shift+${key}`], when: inText((pane) => moving(pane) && step === "word"),
      words: () => _("Move the boundary by one sign"), run: withPane((pane) => pane.moveBound("sign", way)),
    },
  ];
}

function farther(key: string, way: 1 | -1, words: [move: Words, extend: Words]): Command[] {
  return [
    {
      id: `text.paragraph.${key}`, group: "moving", keys: [`Mod+${key}`], words: words[0], when: inText(still),
      run: withPane((pane) => pane.cursor.move("paragraph", way)),
    },
    {
      id: `text.paragraph.${key}.extend`, group: "moving", keys: [`Mod+Shift+${key}`], words: words[1], when: inText(still),
      run: withPane((pane) => pane.cursor.extend("paragraph", way)),
    },
  ];
}

function ends(key: string, way: 1 | -1, words: Words): Command[] {
  const run = (extend: boolean) => withPane((pane) => pane.cursor.edge(way, extend));
  return [
    { id: `text.${key}`, group: "moving", keys: [key], words, when: inText(still), run: run(false) },
    { id: `text.${key}.extend`, group: "moving", keys: [`Shift+${key}`], words, when: inText(still), run: run(true) },
    {
      id: `text.${key}.note`, group: "moving", keys: [`Mod+${key}`], when: inText(still),
      words: () => (way > 0 ? _("End of the note") : _("Start of the note")),
      run: withPane((pane) => pane.cursor.move("note", way)),
    },
  ];
}

function bound(key: string, edge: "start" | "end", way: 1 | -1): Command {
  const words = edge === "start" ? () => _("Move the start of the passage") : () => _("Move the end of the passage");
  return {
    id: `bound.${edge}.${way}`, group: "coding", keys: [key], words, when: open(pointed),
    run: withPane((pane) => {
      if (pane.bounds.begin(pane.pointed, edge)) pane.moveBound("word", way);
    }),
  };
}

/** Answer the suggestion that is pointed at, and go on to the next one. */
function answer(desk: Desk, pane: Pane, accepted: boolean): void {
  const span = pane.pointed;
  if (span?.of !== "suggestion") return;
  const suggestion = span.item as SuggestionState;
  const next = suggestedAfter(pane, span);
  const act = accepted ? accept(desk, suggestion) : reject(desk, suggestion);
  const words = accepted ? _("Accept {code}") : _("Set {code} aside");
  desk.perform([act], fill(words, { code: suggestion.code }));
  pane.go(next);
}

const onSuggestion = (pane: Pane): boolean => pane.pointed?.of === "suggestion";
const some = (pane: Pane): boolean => suggested(pane).length > 0;

const commands: Command[] = [
  ...arrow("sentence.next", "ArrowDown", "sentence", 1, [() => _("Next sentence"), () => _("Select one more sentence")]),
  ...arrow("sentence.before", "ArrowUp", "sentence", -1, [() => _("Sentence before"), () => _("Select one sentence less")]),
  ...arrow("word.next", "ArrowRight", "word", 1, [() => _("Next word"), () => _("Select one more word")]),
  ...arrow("word.before", "ArrowLeft", "word", -1, [() => _("Word before"), () => _("Select one word less")]),
  ...farther("ArrowDown", 1, [() => _("Next paragraph"), () => _("Select up to the next paragraph")]),
  ...farther("ArrowUp", -1, [() => _("Paragraph before"), () => _("Select up to the paragraph before")]),
  ...ends("Home", -1, () => _("Start of the paragraph")),
  ...ends("End", 1, () => _("End of the paragraph")),
  {
    id: "bound.confirm", group: "coding", keys: ["Enter"], words: () => _("Keep the boundaries as shown"),
    when: open(moving), run: withPane((pane) => pane.bounds.confirm()),
  },
  {
    id: "text.select", group: "moving", keys: ["Enter", " "], words: () => _("Select the sentence"),
    when: inText((pane) => still(pane) && pane.selecting.units === null),
    run: withPane((pane) => pane.cursor.selectSentence()),
  },
  {
    id: "bound.cancel", group: "coding", keys: ["Escape"], words: () => _("Leave the boundaries as they were"),
    when: open(moving), run: withPane((pane) => pane.bounds.cancel()),
  },
  {
    id: "text.free", group: "moving", keys: ["Escape"], words: () => _("Select nothing, point at nothing"),
    when: open((pane) => pane.desk.selection.peek() !== null || pane.desk.pointed.peek() !== null),
    run: withPane((pane, desk) => {
      if (desk.selection.peek() !== null) pane.selecting.select(null);
      else pane.point(null);
    }),
  },
  {
    id: "text.cycle", group: "moving", keys: ["o"], words: () => _("Point at what is coded here; again: what overlaps it"),
    when: open(still), run: withPane((pane) => pane.cycle(pane.pointed?.start ?? pane.cursor.at)),
  },
  {
    id: "bound.move", group: "coding", keys: ["b"], words: () => _("Move the boundaries with the arrows; again: the other end"),
    when: open(pointed),
    run: withPane((pane) => {
      if (moving(pane)) pane.bounds.other();
      else pane.bounds.begin(pane.pointed, "end");
      pane.scroller.focus({ preventScroll: true });
    }),
  },
  bound("[", "start", -1),
  bound("]", "start", 1),
  bound("{", "end", -1),
  bound("}", "end", 1),
  {
    id: "suggestion.next", group: "coding", keys: ["n"], words: () => _("Next suggestion"), when: open(some),
    run: withPane((pane) => goToSuggested(pane, 1)),
  },
  {
    id: "suggestion.before", group: "coding", keys: ["Shift+n"], words: () => _("Suggestion before"), when: open(some),
    run: withPane((pane) => goToSuggested(pane, -1)),
  },
  {
    id: "suggestion.accept", group: "coding", keys: ["a", "Mod+Enter"], words: () => _("Accept the suggestion, go to the next"),
    when: open(onSuggestion), run: withPane((pane, desk) => answer(desk, pane, true)),
  },
  {
    id: "suggestion.reject", group: "coding", keys: ["r"], words: () => _("Set the suggestion aside, go to the next"),
    when: open(onSuggestion), run: withPane((pane, desk) => answer(desk, pane, false)),
  },
  {
    id: "reading.here", group: "working", keys: ["l"], words: () => _("Read up to here"), when: open(() => true),
    run: withPane((pane, desk) => {
      const through = pane.open.offsets.point(pane.steps.sentence(pane.here)[1]);
      desk.perform([read(desk, pane.open, through, false)], _("Read up to here"));
    }),
  },
  {
    id: "reading.finished", group: "working", words: () => _("I have finished this note"), when: open(() => true),
    run: withPane((pane, desk) => finish(desk, pane)),
  },
];

register(...commands.map((command) => ({ ...command, screens: ["reading"] })));

/** Say that the note is read to its end. */
export function finish(desk: Desk, pane: Pane): void {
  const act = read(desk, pane.open, pane.open.offsets.length, true);
  desk.perform([act], _("I have finished this note"));
}
