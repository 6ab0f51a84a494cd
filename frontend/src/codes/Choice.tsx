/** A line of the palette: the code, the command or the note that was found, and why. */
import type { JSX } from "preact";

import { keyWords } from "../commands";
import { useInSight } from "../shell/sight";
import type { Desk } from "../state/desk";
import type { Item } from "./found";
import { Highlighted } from "./Highlighted";
import { Mark } from "./Mark";
import { codesOf } from "./state";

export const idOf = (item: Item): string => `cpit-palette-${item.of}-${item.id}`;

interface ChoiceProps {
  desk: Desk;
  item: Item;
  here: boolean;
  onRest: () => void;
  onTake: (several: boolean) => void;
}

export function Choice({ desk, item, here, onRest, onTake }: ChoiceProps): JSX.Element {
  const line = useInSight<HTMLLIElement>(here);
  const ticked = item.of === "code" && codesOf(desk).gathered.value.includes(item.id);
  return (
    <li
      ref={line}
      id={idOf(item)}
      role="option"
      class="cpit-choice"
      data-here={here}
      aria-selected={item.of === "code" ? ticked : here}
      onMouseMove={() => { if (!here) onRest(); }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onTake(event.shiftKey || event.ctrlKey || event.metaKey)}
    >
      <Told desk={desk} item={item} />
    </li>
  );
}

function Told({ desk, item }: { desk: Desk; item: Item }): JSX.Element {
  const [first = [], second = [], third = [], fourth = []] = item.found;
  if (item.of === "command") {
    return <><span class="cpit-code-name"><Highlighted text={item.words} ranges={first} /></span>{item.command.keys?.[0] && <kbd>{keyWords(item.command.keys[0]).join(" ")}</kbd>}</>;
  }
  if (item.of === "note") {
    return (
      <>
        <span class="cpit-code-name"><Highlighted text={item.note.title} ranges={first} /></span>
        <span class="cpit-choice-more"><Highlighted text={item.note.path} ranges={second} /></span>
      </>
    );
  }
  const digit = codesOf(desk).pins.value.indexOf(item.id) + 1;
  return (
    <>
      <span class="cpit-choice-tick" aria-hidden="true" />
      <Mark code={item.code} />
      <span class="cpit-code-id"><Highlighted text={item.code.id} ranges={first} /></span>
      <span class="cpit-code-name"><Highlighted text={item.code.name} ranges={second} /></span>
      {digit > 0 && <kbd>{digit}</kbd>}
      <span class="cpit-choice-more">
        {third.length > 0 ? <Highlighted text={item.code.short} ranges={third} /> : <Highlighted text={item.family} ranges={fourth} />}
      </span>
    </>
  );
}
