/** Opening a round: who codes, how many notes are drawn, and how coders will be compared. */
import { useState } from "preact/hooks";

import { useDesk } from "../../shell/context";
import type { CodingUnit } from "../../wire/rounds";
import { _, fill } from "../../words";
import type { Board } from "./board";

const LEAST = 5;
const USUAL = 10;

export function Opening({ board, onLeave }: { board: Board; onLeave: () => void }) {
  const desk = useDesk();
  const total = desk.notes.value.length;
  const [coders, setCoders] = useState<readonly string[]>([desk.hello.value?.coder ?? ""]);
  const [count, setCount] = useState(Math.min(USUAL, total));
  const [strata, setStrata] = useState<readonly string[]>(["territory", "visit_kind"]);
  const [unit, setUnit] = useState<CodingUnit>("sentence");
  const [name, setName] = useState("");
  const open = async (): Promise<void> => {
    const said = { coders: [...coders], sample: String(count), stratify: [...strata], name, unit };
    let remarks: readonly string[] = [];
    const done = await board.act(async () => {
      remarks = (await desk.call("round.open", said)).remarks;
    });
    if (!done) return;
    for (const words of remarks) desk.say({ tone: "said", words });
    onLeave();
  };
  return (
    <form
      class="cpit-opening"
      aria-label={_("Open a round")}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <h2>{_("Open a round")}</h2>
      <Coders chosen={coders} onChange={setCoders} />
      <label class="cpit-opening-line">
        <span>{_("Notes drawn at random")}</span>
        <input type="number" min={1} max={total} value={count} onInput={(event) => setCount(Number(event.currentTarget.value))} />
        <small>{advice(count, total)}</small>
      </label>
      <Strata chosen={strata} onChange={setStrata} />
      <Units chosen={unit} onChange={setUnit} />
      <label class="cpit-opening-line">
        <span>{_("Name")}</span>
        <input type="text" value={name} placeholder={_("One is made if you give none")} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <p class="cpit-quiet">{_("From now on, none of them sees what the others put on these notes, until all have finished.")}</p>
      <p class="cpit-round-hold">
        <button type="submit" class="cpit-first" disabled={coders.length < 2 || count < 1 || board.busy.value}>{_("Draw the notes and open")}</button>
        <button type="button" onClick={onLeave}>{_("Leave it")}</button>
      </p>
    </form>
  );
}

function advice(count: number, total: number): string {
  const of = fill(_("of the {total} notes of the study"), { total });
  if (count < LEAST) return `${of} · ${_("under 5, no interval is given")}`;
  if (count < USUAL) return `${of} · ${_("under 10, agreement is indicative")}`;
  return of;
}

const toggled = (chosen: readonly string[], one: string): string[] =>
  chosen.includes(one) ? chosen.filter((kept) => kept !== one) : [...chosen, one];

interface Several {
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

function Coders({ chosen, onChange }: Several) {
  const { hello } = useDesk();
  return (
    <fieldset>
      <legend>{_("Who codes, each on her own (two at least)")}</legend>
      {hello.value?.coders.map((coder) => (
        <label key={coder.id}>
          <input type="checkbox" checked={chosen.includes(coder.id)} onChange={() => onChange(toggled(chosen, coder.id))} />
          {coder.id} <span class="cpit-quiet">{standing(coder.standing)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const standing = (of: "member" | "trainee" | "machine"): string =>
  ({ member: "", trainee: _("in training"), machine: _("machine") })[of];

function Strata({ chosen, onChange }: Several) {
  const known: [string, string][] = [["territory", _("territories")], ["visit_kind", _("kinds of visit")]];
  return (
    <fieldset>
      <legend>{_("Drawn in proportion to")}</legend>
      {known.map(([id, words]) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => onChange(toggled(chosen, id))} /> {words}
        </label>
      ))}
    </fieldset>
  );
}

function Units({ chosen, onChange }: { chosen: CodingUnit; onChange: (unit: CodingUnit) => void }) {
  const known: [CodingUnit, string][] = [
    ["sentence", _("sentence by sentence")], ["turn", _("turn by turn")],
    ["paragraph", _("paragraph by paragraph")], ["span", _("word by word")],
  ];
  return (
    <fieldset>
      <legend>{_("Coders will be compared")}</legend>
      {known.map(([id, words]) => (
        <label key={id}>
          <input type="radio" name="unit" checked={chosen === id} onChange={() => onChange(id)} /> {words}
        </label>
      ))}
    </fieldset>
  );
}
