/** Every command, by group, with its keys: « ? ». */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { commands, keyWords, type Command } from "../commands";
import { _ } from "../words";

export const helping = signal(false);

export function Help() {
  return helping.value ? <Sheet /> : null;
}

function Sheet() {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  const groups: [Command["group"], string][] = [
    ["coding", _("Coding")], ["moving", _("Moving")], ["showing", _("Showing")], ["working", _("Working")],
  ];
  return (
    <dialog ref={sheet} class="cpit-help" aria-labelledby="cpit-help-title" onClose={() => (helping.value = false)}>
      <header>
        <h2 id="cpit-help-title">{_("Keys and help")}</h2>
        <button type="button" class="cpit-plain" aria-label={_("Close")} onClick={() => sheet.current?.close()}>×</button>
      </header>
      <div class="cpit-help-groups">
        {groups.map(([group, words]) => <Group key={group} group={group} words={words} />)}
      </div>
    </dialog>
  );
}

function Group({ group, words }: { group: Command["group"]; words: string }) {
  const found = lines(commands().filter((command) => command.group === group && command.keys !== undefined && !isOneOfNine(command)));
  if (found.length === 0) return null;
  return (
    <section>
      <h3>{words}</h3>
      <dl>
        {found.map(({ words: said, keys, nine }) => (
          <div key={said}>
            <dt>{said}</dt>
            <dd>
              {keys.map((key) => <Key key={key} name={key} />)}
              {nine && <> – <Key name="Digit9" /></>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface Line {
  words: string;
  keys: string[];
  nine: boolean;
}

/** Commands that say the same are one line, with the keys of all. */
function lines(found: readonly Command[]): Line[] {
  const said = new Map<string, Line>();
  for (const command of found) {
    const words = command.words();
    const line = said.get(words) ?? { words, keys: [], nine: isDigit(command) };
    line.keys.push(...command.keys!.slice(0, 2).filter((key) => !line.keys.includes(key)));
    said.set(words, line);
  }
  return [...said.values()];
}

export function Key({ name }: { name: string }) {
  return <kbd class="cpit-key">{keyWords(name).map((piece) => <span key={piece}>{piece}</span>)}</kbd>;
}

const isDigit = ({ keys }: Command): boolean => keys?.some((key) => key.endsWith("Digit1")) === true && !keys[0]!.startsWith("Alt");

/** Nine commands for nine digits are one line, that of the first. */
const isOneOfNine = ({ keys }: Command): boolean => keys!.some((key) => /Digit[2-9]$/.test(key) && !key.startsWith("Alt"));
