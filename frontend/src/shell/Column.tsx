/** A column beside the screen: its edge moves by mouse and by keyboard, and it folds. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { useReturn } from "../inspector/returning";
import { _, fill } from "../words";
import { useDesk } from "./context";
import { folding, isOver, toggle as fold } from "./narrow";
import type { ColumnName } from "./narrow";

const LEAST = 200;
const MOST = 640;
const STEP = 24;

interface Given {
  name: ColumnName;
  side: "start" | "end";
  words: string;
  width: number;
  children: ComponentChildren;
}

export function Column({ name, side, words, width: usual, children }: Given) {
  const desk = useDesk();
  const width = desk.kept(`width.${name}`, usual);
  const folded = folding(desk, name);
  const { box: column, onFocusIn, onFocusOut } = useReturn<HTMLElement>(folded.value);
  useLayoutEffect(() => {
    column.current?.style.setProperty("inline-size", folded.value ? "" : `${width.value}px`);
  }, [width.value, folded.value, folded]);
  const widen = (by: number): void => {
    width.value = Math.min(MOST, Math.max(LEAST, width.peek() + by));
  };
  const toggle = (): void => fold(desk, name);
  return (
    <section class={`cpit-column cpit-column-${side}`} ref={column} aria-label={words} data-folded={folded.value} data-over={isOver(name)} onFocusIn={onFocusIn} onFocusOut={onFocusOut}>
      <header class="cpit-column-head">
        {!folded.value && <h2>{words}</h2>}
        <button
          class="cpit-plain"
          aria-expanded={!folded.value}
          aria-label={fill(folded.value ? _("Unfold: {column}") : _("Fold: {column}"), { column: words })}
          onClick={toggle}
        >
          <span aria-hidden="true">{(side === "start") === folded.value ? "›" : "‹"}{folded.value && <small>{words}</small>}</span>
        </button>
      </header>
      {!folded.value && <div class="cpit-column-body">{children}</div>}
      {!folded.value && <Edge side={side} words={words} width={width.value} widen={widen} toggle={toggle} />}
    </section>
  );
}

interface EdgeGiven {
  side: "start" | "end";
  words: string;
  width: number;
  widen: (by: number) => void;
  toggle: () => void;
}

function Edge({ side, words, width, widen, toggle }: EdgeGiven) {
  const sign = side === "start" ? 1 : -1;
  const from = useRef<number | null>(null);
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
    if (by === 0 && event.key !== "Enter") return;
    event.preventDefault();
    if (by === 0) toggle();
    else widen(by * sign);
  };
  return (
    <div
      class="cpit-edge"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={fill(_("Width: {column}"), { column: words })}
      aria-valuenow={Math.round(width)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        from.current = event.clientX;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (from.current === null) return;
        widen((event.clientX - from.current) * sign);
        from.current = event.clientX;
      }}
      onLostPointerCapture={() => (from.current = null)}
      onDblClick={toggle}
    />
  );
}
