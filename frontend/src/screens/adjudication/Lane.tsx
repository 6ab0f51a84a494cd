/** What one coder put on one paragraph: settled, in dispute, or decided. */
import { Mark as Sign } from "../../codes/Mark";
import type { Mark, NoteBlock } from "../../wire/rounds";
import { _, fill } from "../../words";
import type { Docket } from "./docket";
import { fate } from "./said";

interface Given {
  docket: Docket;
  coder: string;
  row: NoteBlock;
  marks: readonly Mark[];
}

export function Lane({ docket, coder, row, marks }: Given) {
  const began = marks.filter((mark) => mark.start >= row.start);
  const goes = marks.filter((mark) => mark.start < row.start);
  return (
    <ul class="cpit-lane" aria-label={coder}>
      {goes.map((mark) => <li key={mark.id} class="cpit-lane-on">{fill(_("{code}, continued"), { code: mark.code })}</li>)}
      {began.map((mark) => <li key={mark.id}><Card docket={docket} mark={mark} /></li>)}
    </ul>
  );
}

function Card({ docket, mark }: { docket: Docket; mark: Mark }) {
  const code = docket.desk.codes.value.get(mark.code);
  const words = <>{code && <Sign code={code} />}<span class="cpit-code-id">{mark.code}</span> {code?.name ?? ""}</>;
  if (mark.dispute === null) {
    return <p class="cpit-card" data-fate="settled">{words}<small>{_("agreed")}</small></p>;
  }
  const one = docket.listed.value.find((found) => found.id === mark.dispute);
  const state = one ? fate(one, mark.coder) : "open";
  const told = { open: _("to decide"), kept: _("kept"), fallen: _("set aside") }[state];
  return (
    <button
      type="button"
      class="cpit-card"
      data-fate={state}
      aria-current={docket.at.value === mark.dispute ? "true" : undefined}
      onClick={() => docket.see(mark.dispute)}
    >
      {words}<small>{told}</small>
    </button>
  );
}
