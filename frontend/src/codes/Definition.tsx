/** What a code means: the gloss at the foot of the index. */
import type { ComponentChildren, JSX } from "preact";

import { showPassages } from "../notes/passages";
import type { Desk } from "../state/desk";
import type { CodeEntry } from "../wire/calls";
import { _, fill } from "../words";
import { Named } from "./Mark";

interface Props {
  desk: Desk;
  code: CodeEntry;
  /** Go to the other code that an exclusion names. */
  onSee: (code: string) => void;
}

export function Definition({ desk, code, onSee }: Props): JSX.Element {
  const family = code.parent === null ? undefined : desk.codes.value.get(code.parent);
  return (
    <article class="cpit-definition" aria-label={fill(_("Definition of {code}"), { code: `${code.id} ${code.name}` })}>
      <button class="cpit-plain cpit-gloss-pin" onClick={() => showPassages(desk, code.id)}>{_("Passages")} <kbd>V</kbd></button>
      <h3><Named desk={desk} id={code.id} /></h3>
      {family && <p class="cpit-definition-family">{family.name}</p>}
      <p class="cpit-definition-said">{code.definition || code.short}</p>
      <Listed name={_("Apply when")} items={code.include} />
      <Exclusions code={code} onSee={onSee} />
      <Listed name={_("Recognised by")} items={code.indicators} />
      <Told name={_("Example")}>{code.example}</Told>
      <Told name={_("On the edge")}>{code.borderline}</Told>
      {!code.usable && <p class="cpit-definition-note">{_("No passage can bear it: choose a code under it, or one that stands.")}</p>}
    </article>
  );
}

/** Conditions, one a line in the grid. */
export function Listed({ name, items, as: Title = "h4" }: { name: string; items: readonly string[]; as?: "h4" | "b" }): JSX.Element | null {
  const lines = items.flatMap((item) => item.split("\n")).filter((line) => line.trim());
  if (lines.length === 0) return null;
  return (
    <section>
      <Title>{name}</Title>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  );
}

function Told({ name, children }: { name: string; children: ComponentChildren }): JSX.Element | null {
  if (children === "") return null;
  return (
    <section>
      <h4>{name}</h4>
      <p>{children}</p>
    </section>
  );
}

function Exclusions({ code, onSee }: { code: CodeEntry; onSee: (code: string) => void }): JSX.Element | null {
  if (code.exclude.length === 0) return null;
  return (
    <section>
      <h4>{_("Do not apply when")}</h4>
      <ul>
        {code.exclude.map(({ when, instead }) => (
          <li key={when}>
            {when}
            {instead !== null && (
              <button class="cpit-link" onClick={() => onSee(instead)}>{fill(_("see {code}"), { code: instead })}</button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
