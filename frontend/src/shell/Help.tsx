/** Every command, by group, with its keys: « ? ». */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { commands, keyWords, type Command } from "../commands";
import { _ } from "../words";
import { useDesk } from "./context";

export const helping = signal(false);

export function Help() {
  return helping.value ? <Sheet /> : null;
}

function Sheet() {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  const groups: [string, (command: Command) => boolean][] = [
    [_("Coding"), ({ id, group }) => group === "coding" && !/^(bound|suggestion)/.test(id)],
    [_("In the text"), ({ id }) => id.startsWith("text.")],
    [_("Boundaries"), ({ id }) => id.startsWith("bound.")],
    [_("Suggestions"), ({ id }) => id.startsWith("suggestion.")],
    [_("From note to note"), ({ id, group }) => group === "moving" && !id.startsWith("text.")],
    [_("Showing"), ({ group }) => group === "showing"],
    [_("Working"), ({ group }) => group === "working"],
  ];
  return (
    <dialog ref={sheet} class="cpit-help" aria-labelledby="cpit-help-title" onClose={() => (helping.value = false)}>
      <header>
        <h2 id="cpit-help-title">{_("Keys and help")}</h2>
        <button class="cpit-plain" aria-label={_("Close")} onClick={() => sheet.current?.close()}>×</button>
      </header>
      <div class="cpit-help-groups">
        {groups.map(([words, has]) => <Group key={words} words={words} has={has} />)}
      </div>
    </dialog>
  );
}

function Group({ words, has }: { words: string; has: (command: Command) => boolean }) {
  const { screen } = useDesk().place.value;
  const lines = linesOf(commands().filter((command) => has(command) && command.screens?.includes(screen) !== false && command.keys !== undefined && !isOneOfNine(command)));
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{words}</h3>
      <dl>
        {lines.map(([said, keys]) => (
          <div key={said}>
            <dt>{said}</dt>
            <dd>{keys.map((key, rank) => <>{rank > 0 && key.endsWith("Digit9") && <i> – </i>}<Key key={key} name={key} /></>)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What is done, once each, with its keys: commands that say the same are one for whoever reads. */
function linesOf(found: readonly Command[]): [string, string[]][] {
  const lines = new Map<string, Set<string>>();
  for (const command of found) {
    const keys = isDigit(command) ? ["Digit1", "Digit9"].map((digit) => command.keys![0]!.replace("Digit1", digit)) : command.keys!.slice(0, 2);
    const words = isDigit(command) ? command.words().replace("1", "1–9") : command.words();
    lines.set(words, new Set([...(lines.get(words) ?? []), ...keys]));
  }
  return [...lines].map(([words, keys]) => [words, [...keys].slice(0, 4)]);
}

export function Key({ name }: { name: string }) {
  return <kbd class="cpit-key">{keyWords(name).map((piece) => <span key={piece}>{piece}</span>)}</kbd>;
}

const isDigit = ({ keys }: Command): boolean => keys?.some((key) => key.endsWith("Digit1")) === true && !keys[0]!.startsWith("Alt");

/** Nine commands for nine digits are one line, that of the first. */
const isOneOfNine = ({ keys }: Command): boolean => keys!.some((key) => /Digit[2-9]$/.test(key) && !key.startsWith("Alt"));
