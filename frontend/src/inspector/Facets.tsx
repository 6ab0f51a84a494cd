/** What is said of a coding beside its code: the facet that is asked in sight, the others folded. */
import type { JSX } from "preact";

import { answer } from "../commands";
import type { Codebook } from "../wire/calls";
import { _ } from "../words";

type Facet = Codebook["facets"][number];

interface Props {
  facets: Codebook["facets"];
  values: Readonly<Record<string, string>>;
  /** Null when they cannot be changed here. */
  onSay: ((values: Record<string, string>) => void) | null;
}

export function Facets({ facets, values, onSay }: Props): JSX.Element {
  const asked = facets.filter((one) => one.asked);
  const others = facets.filter((one) => !one.asked);
  const said = others.filter((one) => values[one.id] !== undefined);
  return (
    <div class="cpit-facets">
      {asked.map((one) => <Choices key={one.id} facet={one} values={values} onSay={onSay} />)}
      {others.length > 0 && (
        <details>
          <summary>
            {_("Other facets")}
            {said.length > 0 && <span class="cpit-quiet"> – {said.map((one) => valueName(one, values[one.id])).join(", ")}</span>}
          </summary>
          {others.map((one) => <Menu key={one.id} facet={one} values={values} onSay={onSay} />)}
        </details>
      )}
    </div>
  );
}

interface FacetProps {
  facet: Facet;
  values: Readonly<Record<string, string>>;
  onSay: Props["onSay"];
}

const valueName = (facet: Facet, value: string | undefined): string =>
  facet.values.find((one) => one.id === value)?.name ?? value ?? "";

function changed(values: Readonly<Record<string, string>>, facet: string, value: string): Record<string, string> {
  const { [facet]: _before, ...others } = values;
  return value === "" ? others : { ...others, [facet]: value };
}

/** Values as radio buttons: arrows go, Enter or Space says; saying it again takes it off. */
function Choices({ facet, values, onSay }: FacetProps): JSX.Element {
  const value = values[facet.id];
  const here = Math.max(0, facet.values.findIndex((one) => one.id === value));
  const go = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
    const at = buttons.findIndex((one) => one === event.target);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
    answer(event);
  };
  return (
    <div class="cpit-facet">
      <span class="cpit-facet-name" aria-hidden="true">{facet.name}</span>
      <div role="radiogroup" aria-label={facet.name} data-facet={facet.id} onKeyDown={go}>
        {facet.values.map((one, rank) => (
          <button
            key={one.id} role="radio" aria-checked={one.id === value} tabIndex={rank === here ? 0 : -1}
            disabled={onSay === null} onClick={() => onSay?.(changed(values, facet.id, one.id === value ? "" : one.id))}
          >
            {one.name}
          </button>
        ))}
      </div>
    </div>
  );
}

function Menu({ facet, values, onSay }: FacetProps): JSX.Element {
  return (
    <label class="cpit-facet">
      <span class="cpit-facet-name">{facet.name}</span>
      <select
        value={values[facet.id] ?? ""} disabled={onSay === null}
        onChange={(event) => onSay?.(changed(values, facet.id, event.currentTarget.value))}
      >
        <option value="">{_("not said")}</option>
        {facet.values.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select>
    </label>
  );
}

