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
  const found = commands().filter((command) => command.group === group && command.keys !== undefined && !isOneOfNine(command));
  if (found.length === 0) return null;
  return (
    <section>
      <h3>{words}</h3>
      <dl>
        {found.map((command) => (
          <div key={command.id}>
            <dt>{command.words()}</dt>
            <dd>
              {command.keys!.slice(0, 2).map((key) => <Key key={key} name={key} />)}
              {isDigit(command) && <> – <Key name="Digit9" /></>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Key({ name }: { name: string }) {
  return <kbd class="cpit-key">{keyWords(name).map((piece) => <span key={piece}>{piece}</span>)}</kbd>;
}

const isDigit = ({ keys }: Command): boolean => keys?.some((key) => key.endsWith("Digit1")) === true && !keys[0]!.startsWith("Alt");

/** Nine commands for nine digits are one line, that of the first. */
const isOneOfNine = ({ keys }: Command): boolean => keys!.some((key) => /Digit[2-9]$/.test(key) && !key.startsWith("Alt"));
