/** A note, paragraph by paragraph, with what each coder put beside it: nothing can drift. */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";

import { Key } from "../../shell/Help";
import type { Mark, NoteBlock } from "../../wire/rounds";
import { selected } from "./bounds";
import type { Docket, OpenedNote } from "./docket";
import { Lane } from "./Lane";
import { overlap, piecesOf } from "./pieces";
import type { Piece } from "./pieces";

export function DoubleGrid({ docket }: { docket: Docket }) {
  const opened = docket.note.value;
  const coders = docket.disputes.value?.round.coders ?? [];
  const grid = useRef<HTMLDivElement>(null);
  const at = docket.at.value;
  useLayoutEffect(() => {
    const look = (): void =>
      grid.current?.querySelector("[data-now]")?.scrollIntoView({ block: "center", behavior: "instant" });
    look();
    // Rows out of sight take their height once they come near: look again when it is known.
    const frame = requestAnimationFrame(() => requestAnimationFrame(look));
    return () => cancelAnimationFrame(frame);
  }, [at, opened]);
  if (!opened) return <div class="cpit-double" aria-busy="true" />;
  return (
    <div class="cpit-double" ref={grid} data-coders={coders.length}>
      <Heads docket={docket} coders={coders} />
      {opened.note.rows.map((row) => (
        <Row key={row.start} docket={docket} opened={opened} row={row} coders={coders} />
      ))}
    </div>
  );
}

function Heads({ docket, coders }: { docket: Docket; coders: readonly string[] }) {
  const note = docket.note.value?.note;
  const title = docket.desk.notes.value.find((one) => one.source === note?.source)?.title ?? note?.path;
  const head = (coder: string) => (
    <p class="cpit-double-coder" key={coder}>
      <Key name={`Digit${coders.indexOf(coder) + 1}`} /> {coder}
    </p>
  );
  const [first, ...others] = coders;
  return (
    <div class="cpit-double-heads">
      {first !== undefined && head(first)}
      <h2>{title}</h2>
      {others.map(head)}
    </div>
  );
}

interface RowGiven {
  docket: Docket;
  opened: OpenedNote;
  row: NoteBlock;
  coders: readonly string[];
}

function Row({ docket, opened, row, coders }: RowGiven) {
  const { note, offsets } = opened;
  const current = docket.current.value;
  const here = useMemo(() => note.marks.filter((mark) => overlap(mark, row)), [note, row]);
  const chosen = docket.draft.value?.passage ?? null;
  const now = current !== null && current.source === note.source && overlap(current, row);
  const pieces = piecesOf(row, here, chosen !== null && overlap(chosen, row) ? chosen : null);
  const first = now && current.start >= row.start;
  const [one, ...others] = coders;
  const lane = (coder: string) => (
    <Lane key={coder} docket={docket} coder={coder} row={row} marks={here.filter((mark) => mark.coder === coder)} />
  );
  return (
    <div class="cpit-double-row" data-kind={row.kind} data-current={now || undefined} data-now={first || undefined}>
      {one !== undefined && lane(one)}
      <div class="cpit-double-text" onClick={(event) => follow(docket, event, here)} onMouseUp={() => take(docket, opened)}>
        <p>
          {pieces.map((piece) => (
            <span key={piece.start} data-start={piece.start} {...signs(docket, piece, coders)}>
              {offsets.slice(piece.start, piece.end)}
            </span>
          ))}
        </p>
      </div>
      {others.map(lane)}
    </div>
  );
}

/** What is drawn under a piece: the first coder's line, the others', words in dispute elsewhere, words chosen. */
function signs(docket: Docket, piece: Piece, coders: readonly string[]): Record<string, string | undefined> {
  const at = docket.at.value;
  const mine = piece.marks.filter((mark) => mark.dispute === at);
  const first = mine.some((mark) => mark.coder === coders[0]);
  const second = mine.some((mark) => mark.coder !== coders[0]);
  const other = piece.marks.some((mark) => mark.dispute !== null && mark.dispute !== at);
  return {
    "data-by": first && second ? "both" : first ? "first" : second ? "second" : undefined,
    "data-other": other && mine.length === 0 ? "" : undefined,
    "data-chosen": piece.chosen ? "" : undefined,
  };
}

/** A click looks at what is disputed there, each in turn, the shortest first; it never decides. */
function follow(docket: Docket, event: MouseEvent, marks: readonly Mark[]): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-start]") : null;
  if (!target || docket.step.peek() === "bounding" || document.getSelection()?.isCollapsed === false) return;
  const start = Number(target.dataset["start"]);
  const there = marks
    .filter((mark) => mark.dispute !== null && mark.start <= start && start < mark.end)
    .sort((one, other) => one.end - one.start - (other.end - other.start));
  const ids = [...new Set(there.map((mark) => mark.dispute!))];
  if (ids.length > 0) docket.see(ids[(ids.indexOf(docket.at.peek() ?? "") + 1) % ids.length]!);
}

/** While ends are being chosen, words selected with the mouse are those. */
function take(docket: Docket, opened: OpenedNote): void {
  if (docket.step.peek() !== "bounding") return;
  const passage = selected(opened.offsets);
  if (!passage) return;
  docket.bound(passage);
  document.getSelection()?.removeAllRanges();
}

