/** What people changed at once: the states side by side, of which one is kept. */
import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";

import { Mark } from "../../codes/Mark";
import { useDesk } from "../../shell/context";
import type { Conflicting, ConflictState } from "../../wire/debt";
import { _, fill } from "../../words";
import { Errand } from "../walk";
import { day } from "../rounds/told";
import "../rounds/rounds.css";
import "./conflicts.css";

class Table extends Errand {
  readonly conflicts: Signal<readonly Conflicting[] | null> = signal(null);

  async load(): Promise<void> {
    await this.attempt(async () => {
      this.conflicts.value = await this.desk.call("conflicts", {});
    });
  }

  async keep(id: string, state: string): Promise<void> {
    if (await this.attempt(() => this.desk.call("conflict.settle", { id, keep: state }))) await this.load();
  }
}

export function ConflictsScreen() {
  const desk = useDesk();
  const table = useMemo(() => new Table(desk), [desk]);
  useEffect(() => void table.load(), [table]);
  const conflicts = table.conflicts.value;
  const trouble = table.trouble.value;
  return (
    <div class="cpit-sheet">
      <h1>{_("Changed by two people at once")}</h1>
      <p class="cpit-sheet-lead">
        {_("Two copies of the study changed the same thing, each without knowing of the other. Nothing is lost: say which of the two is kept.")}
      </p>
      {trouble && <p role="alert" class="cpit-wrong">{trouble.error}</p>}
      {conflicts?.length === 0 && <p class="cpit-empty">{_("Nothing is in conflict.")}</p>}
      {conflicts?.map((one) => <One key={one.id} table={table} one={one} />)}
    </div>
  );
}

function One({ table, one }: { table: Table; one: Conflicting }) {
  const title = table.desk.notes.value.find((note) => note.path === one.path)?.title ?? one.path;
  return (
    <article class="cpit-round" aria-label={title}>
      <h2 class="cpit-conflict-title">{title}</h2>
      <div class="cpit-states">
        {one.states.map((state) => <State key={state.id} table={table} of={one.id} state={state} />)}
      </div>
    </article>
  );
}

const doneWords = (kind: string): string =>
  ({
    apply: _("coded"), recode: _("gave another code"), retract: _("took it back"), resize: _("moved its ends"),
    facet: _("said its facets"), memo: _("wrote"), propose: _("named"), episode: _("gathered an episode"), confirm: _("kept"),
  })[kind] ?? kind;

function State({ table, of, state }: { table: Table; of: string; state: ConflictState }) {
  const away = state.kind === "retract";
  const code = state.code === null ? undefined : table.desk.codes.value.get(state.code);
  return (
    <section class="cpit-conflict-state">
      <p class="cpit-quiet">{state.coder} {doneWords(state.kind)} · {day(state.at)}</p>
      {state.code !== null && <p>{code && <Mark code={code} />}<span class="cpit-id">{state.code}</span> {code?.name ?? ""}</p>}
      {state.words !== "" && <blockquote>{state.words}</blockquote>}
      <button onClick={() => void table.keep(of, state.id)} aria-label={away ? undefined : fill(_("Keep what {coder} did"), { coder: state.coder })}>
        {away ? _("Leave it taken back") : _("Keep")}
      </button>
    </section>
  );
}
