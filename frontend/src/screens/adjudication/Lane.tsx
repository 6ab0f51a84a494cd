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
  const one = docket.current.value;
  const missing = one !== null && one.source === docket.note.value?.note.source
    && row.start <= one.start && one.start < row.end && one.marks[coder]?.length === 0;
  return (
    <ul class="cpit-lane" aria-label={coder}>
      {missing && <li class="cpit-lane-none">{_("nothing here")}</li>}
      {goes.map((mark) => <li key={mark.id} class="cpit-lane-on">{fill(_("{code}, continued"), { code: mark.code })}</li>)}
      {began.map((mark) => <li key={mark.id}><Card docket={docket} mark={mark} /></li>)}
    </ul>
  );
}

/** One line, so that a paragraph never grows for its marks; whole when it is looked at. */
function Card({ docket, mark }: { docket: Docket; mark: Mark }) {
  const code = docket.desk.codes.value.get(mark.code);
  const one = docket.listed.value.find((found) => found.id === mark.dispute);
  const state = mark.dispute === null ? "settled" : one ? fate(one, mark.coder) : "open";
  const told = { settled: _("agreed"), open: _("to decide"), kept: _("kept"), fallen: _("set aside") }[state];
  const words = (
    <>
      <span class="cpit-unseen">{told}: </span>
      {code && <Sign code={code} />}
      <span class="cpit-lane-name"><span class="cpit-id">{mark.code}</span> {code?.name ?? ""}</span>
    </>
  );
  const title = `${mark.code} ${code?.name ?? ""} · ${told}`;
  if (mark.dispute === null) return <p class="cpit-lane-card" data-fate={state} title={title}>{words}</p>;
  return (
    <button
      class="cpit-lane-card"
      data-fate={state}
      title={title}
      aria-current={docket.at.value === mark.dispute ? "true" : undefined}
      onClick={() => docket.see(mark.dispute)}
    >
      {words}
    </button>
  );
}
