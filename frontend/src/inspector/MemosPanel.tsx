/** Every memo of the note, in the order of the text; those of one kind when asked. */
import type { JSX } from "preact";

import type { Desk, MemoState } from "../state/desk";
import type { MemoKind } from "../wire/note";
import { _, fill, ngettext } from "../words";
import { writingOf } from "./state";
import { memoKindName, quoted } from "./words";

export function MemosPanel({ desk }: { desk: Desk }): JSX.Element | null {
  const open = desk.kept("inspector.memos", false);
  const memos = desk.open.value?.memos.value ?? [];
  const { listed } = writingOf(desk);
  if (memos.length === 0) return null;
  const kinds = [...new Set(memos.map((one) => one.kind))].filter((kind) => kind !== null);
  const shown = memos.filter((one) => listed.value === "" || one.kind === listed.value);
  return (
    <details class="cpit-memos" open={open.value} onToggle={(event) => { open.value = event.currentTarget.open; }}>
      <summary>{fill(ngettext("{n} memo in this note", "{n} memos in this note", memos.length), { n: memos.length })}</summary>
      {kinds.length > 1 && (
        <label class="cpit-memos-kind">
          <span class="cpit-unseen">{_("Kind of memo")}</span>
          <select value={listed.value} onChange={(event) => { listed.value = event.currentTarget.value as MemoKind | ""; }}>
            <option value="">{_("every kind")}</option>
            {kinds.map((kind) => <option key={kind} value={kind}>{memoKindName(kind)}</option>)}
          </select>
        </label>
      )}
      <ul>{shown.map((one) => <li key={one.subject}><Line desk={desk} memo={one} /></li>)}</ul>
    </details>
  );
}

function Line({ desk, memo }: { desk: Desk; memo: MemoState }): JSX.Element {
  const go = (): void => {
    const source = desk.open.value?.note.source;
    if (source === undefined) return;
    desk.go({ screen: "reading", source, at: memo.start, end: memo.end, subject: memo.subject });
    desk.pointed.value = { of: "memo", subject: memo.subject };
  };
  return (
    <button class="cpit-memo-line" onClick={go}>
      <span class="cpit-memo-words">{quoted(memo.words, 160)}</span>
      <span class="cpit-quiet">{memoKindName(memo.kind)}{!memo.mine && ` · ${memo.coder}`}</span>
    </button>
  );
}
