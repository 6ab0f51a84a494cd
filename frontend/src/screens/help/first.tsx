/** « Prise en main »: five gestures, with their keys, on one page. */
import { useEffect } from "preact/hooks";

import { commands, register } from "../../commands";
import { Key } from "../../shell/Help";
import { useDesk } from "../../shell/context";
import { _ } from "../../words";
import "../lots/leaf.css";
import "./first.css";

interface Gesture {
  title: () => string;
  words: () => string;
  keys: readonly string[];
}

const GESTURES: readonly Gesture[] = [
  {
    title: () => _("Read, and select"),
    words: () => _("Select words with the mouse; or, without it, move by sentences and by words, and extend."),
    keys: ["ArrowDown", "Shift+ArrowRight"],
  },
  {
    title: () => _("Put codes"),
    words: () => _("Press the key and type a few letters of the situation, accents or not. Digits put the codes that you have pinned; several codes may stand on the same words."),
    keys: ["c", "Digit1"],
  },
  {
    title: () => _("Write what you think"),
    words: () => _("A memo keeps a thought where it came; “outside the grid” names a situation that the grid does not hold."),
    keys: ["m", "h"],
  },
  {
    title: () => _("Change your mind"),
    words: () => _("Everything is undone, and done again. There is nothing to save: the state of saving is at the top."),
    keys: ["Mod+z"],
  },
  {
    title: () => _("Send your work"),
    words: () => _("When you want, from “Exchanges”: one file, which you send yourself."),
    keys: [],
  },
];

export function FirstSteps() {
  const desk = useDesk();
  const met = desk.kept("met", false);
  useEffect(() => void (met.value = true), [met]);
  return (
    <article class="cpit-leaf" aria-labelledby="first-title">
      <h1 id="first-title">{_("First steps")}</h1>
      <p class="cpit-lead">{_("Five gestures are enough to work. All the keys are under “?”, at any moment.")}</p>
      <ol class="cpit-gestures">
        {GESTURES.map((one) => (
          <li key={one.title()}>
            <h2>{one.title()}</h2>
            <p>{one.words()}</p>
            <p class="cpit-gesture-keys">{one.keys.filter(answered).map((key) => <Key key={key} name={key} />)}</p>
          </li>
        ))}
      </ol>
      <p class="cpit-acts">
        <button class="cpit-first" onClick={() => desk.go({ screen: "reading" })}>{_("Start reading")}</button>
      </p>
    </article>
  );
}

/** Shown once by itself, to whoever codes here for the first time. */
export function FirstTime() {
  const desk = useDesk();
  const ready = desk.hello.value?.study != null && desk.hello.value.coder !== null;
  useEffect(() => {
    if (ready && desk.door === "page" && !desk.kept("met", false).peek()) desk.go({ screen: "first" });
  }, [desk, ready]);
  return null;
}

/** Whether some command answers to a key: a page never teaches one that does nothing. */
const answered = (key: string): boolean => commands().some((one) => one.keys?.includes(key) === true);

register({
  id: "first", group: "showing", keys: ["Shift+F1"], words: () => _("First steps"),
  when: (desk) => desk.hello.peek()?.study != null, run: (desk) => desk.go({ screen: "first" }),
});
