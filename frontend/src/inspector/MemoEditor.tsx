/** A memo being written: kept as one act when it is left, by Mod+Enter, by going elsewhere, by closing the page. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { answer } from "../commands";
import { memo, retract } from "../state/acts";
import type { Desk, MemoState, Stretch } from "../state/desk";
import type { MemoKind } from "../wire/note";
import { _ } from "../words";
import { useLeaving } from "./leaving";
import { toText } from "./returning";
import { writingOf } from "./state";
import { memoKindName, MEMO_KINDS } from "./words";

interface Props {
  desk: Desk;
  on: Stretch | MemoState;
  onLeft?: () => void;
}

const isMemo = (on: Stretch | MemoState): on is MemoState => "heads" in on;

export function MemoEditor({ desk, on, onLeft }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  const keep = useKept(desk, on, words, box);
  useLayoutEffect(() => {
    if (!isMemo(on)) words.current?.focus();
  }, []);
  const left = (): void => {
    keep();
    onLeft?.();
  };
  useLeaving(left);
  const keyed = (event: KeyboardEvent): void => {
    const kept = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if ((!kept && event.key !== "Escape") || event.isComposing) return;
    answer(event);
    toText(box.current);
  };
  const begins = isMemo(on) ? (on.kind ?? "") : writingOf(desk).kind.peek();
  return (
    <div
      ref={box} class="cpit-memo-editor" onKeyDown={keyed}
      onFocusOut={(event) => { if (!box.current?.contains(event.relatedTarget as Node | null)) left(); }}
    >
      <label class="cpit-memo-kind">
        <span>{_("Kind of memo")}</span>
        <select defaultValue={begins} data-begins={begins}>
          {isMemo(on) && on.kind === null && <option value="">{memoKindName(null)}</option>}
          {MEMO_KINDS.map((kind) => <option key={kind} value={kind} selected={kind === begins}>{memoKindName(kind)}</option>)}
        </select>
      </label>
      <textarea ref={words} rows={4} aria-label={_("Words of the memo")} placeholder={_("What this passage makes you think")} defaultValue={isMemo(on) ? on.words : ""} />
      <p class="cpit-quiet">{_("Kept when you leave it, or by Ctrl+Enter.")}</p>
    </div>
  );
}

type Box<T> = { current: T | null };

/** Return what keeps the memo, once, if it says something new. */
function useKept(desk: Desk, on: Stretch | MemoState, words: Box<HTMLTextAreaElement>, box: Box<HTMLDivElement>): () => void {
  const last = useRef(isMemo(on) ? { said: on.words.trim(), kind: on.kind } : { said: "", kind: null as MemoKind | null });
  const field = useRef<HTMLTextAreaElement | null>(null);
  const choice = useRef<HTMLSelectElement | null>(null);
  useLayoutEffect(() => {
    field.current = words.current;
    choice.current = box.current?.querySelector("select") ?? null;
  });
  const keep = (): void => {
    if (!field.current) return;
    const said = field.current.value.trim();
    const kind = (choice.current?.value || null) as MemoKind | null;
    const before = last.current;
    if (said === before.said && (kind === before.kind || said === "")) return;
    last.current = { said, kind };
    if (kind) writingOf(desk).kind.value = kind;
    keepMemo(desk, on, said, kind);
  };
  return keep;
}

/** Write a memo; one that is emptied is taken back. */
function keepMemo(desk: Desk, on: Stretch | MemoState, said: string, kind: MemoKind | null): void {
  if (said === "") {
    if (isMemo(on)) desk.perform([retract(desk, on)], _("Take back a memo"));
    return;
  }
  const act = memo(desk, on, said, kind);
  desk.perform([act], isMemo(on) ? _("Rewrite a memo") : _("Write a memo"));
}
