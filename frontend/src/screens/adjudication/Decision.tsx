/** What is decided of the disagreement looked at: who is kept or which code is put, and why. */
import { useEffect, useRef } from "preact/hooks";

import { answer, wayOf } from "../../commands";
import { Key } from "../../shell/Help";
import { _, fill } from "../../words";
import { CodeChoice } from "./CodeChoice";
import type { Docket, Draft } from "./docket";
import { REASONS, reasonTold, reasonWords } from "./said";

export function Decision({ docket }: { docket: Docket }) {
  const draft = docket.draft.value;
  const step = docket.step.value;
  if (!draft) return <Choices docket={docket} />;
  if (step === "choosing") {
    return (
      <CodeChoice
        words={_("Code that stands")}
        first={draft.code ?? undefined}
        onChoose={(code) => docket.put(code)}
        onLeave={() => docket.drop()}
      />
    );
  }
  return (
    <form
      class="cpit-decision"
      onSubmit={(event) => {
        event.preventDefault();
        void docket.confirm();
      }}
    >
      <p class="cpit-decision-said">{said(docket, draft)}</p>
      {step === "bounding" ? <Bounding docket={docket} /> : <Why docket={docket} draft={draft} />}
    </form>
  );
}

function Choices({ docket }: { docket: Docket }) {
  const coders = docket.disputes.value?.round.coders ?? [];
  return (
    <div class="cpit-choices" role="group" aria-label={_("Decide")}>
      {coders.map((coder, rank) => (
        <Choice key={coder} name={`Digit${rank + 1}`} run={() => docket.keep(coder)} words={keeping(docket, coder)} />
      ))}
      <Choice name="c" run={() => docket.choose()} words={_("Another code…")} />
      <Choice name="b" run={() => docket.bound(null)} words={_("Other ends…")} />
      <Choice name="Digit0" run={() => docket.none()} words={_("No code there")} />
    </div>
  );
}

function Choice({ name, words, run }: { name: string; words: string; run: () => void }) {
  return (
    <button type="button" onClick={run}>
      <Key name={name} /> {words}
    </button>
  );
}

function keeping(docket: Docket, coder: string): string {
  const codes = docket.current.value?.marks[coder]?.map((mark) => mark.code) ?? [];
  if (codes.length === 0) return fill(_("As {coder}: no code"), { coder });
  return fill(_("As {coder}: {codes}"), { coder, codes: [...new Set(codes)].join(", ") });
}

function said(docket: Docket, draft: Draft): string {
  if (draft.keep !== null) return keeping(docket, draft.keep);
  if (draft.code === null) return _("No code there");
  const name = docket.desk.codes.value.get(draft.code)?.name ?? "";
  const code = `${draft.code} ${name}`.trim();
  return draft.passage ? fill(_("{code}, on other words"), { code }) : code;
}

function Bounding({ docket }: { docket: Docket }) {
  return (
    <>
      <p class="cpit-quiet">
        {_("Select the words in the text, or move the end with ← and →, the start with Shift. Enter when they are right.")}
      </p>
      <div class="cpit-choices">
        <Choice name="c" run={() => docket.choose()} words={_("Another code…")} />
        <button type="submit" class="cpit-first">{_("These words")}</button>
      </div>
    </>
  );
}

function Why({ docket, draft }: { docket: Docket; draft: Draft }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [draft.keep, draft.code]);
  const [last] = docket.said.value;
  const onKey = (event: KeyboardEvent): void => {
    const again = event.key === "ArrowRight" && draft.why === "" && last !== undefined;
    const by = wayOf(event);
    if (!again && !by) return;
    answer(event);
    if (by) docket.nextReason(by);
    else docket.say({ why: last! });
  };
  return (
    <>
      <Reasons docket={docket} draft={draft} />
      <label class="cpit-why">
        <span>{_("Why it is decided so")}</span>
        <input
          ref={field}
          type="text"
          autocomplete="off"
          value={draft.why}
          placeholder={last ?? _("In one sentence, for the coders and the next grid")}
          onInput={(event) => docket.say({ why: event.currentTarget.value })}
          onKeyDown={onKey}
        />
        <small>
          {last !== undefined && <>{_("→ takes the last sentence again")} · </>}{_("↑ ↓ change the reason")}
        </small>
      </label>
      <div class="cpit-choices">
        <button type="submit" class="cpit-first" disabled={docket.busy.value}>
          {_("Decide, and go on")} <Key name="Enter" />
        </button>
        <button type="button" onClick={() => docket.drop()}>{_("Give up")} <Key name="Escape" /></button>
      </div>
    </>
  );
}

function Reasons({ docket, draft }: { docket: Docket; draft: Draft }) {
  return (
    <fieldset class="cpit-reasons">
      <legend>{_("Why they differ")}</legend>
      {REASONS.map((reason) => (
        <label key={reason}>
          <input type="radio" name="reason" checked={draft.reason === reason} onChange={() => docket.say({ reason })} />
          {reasonWords(reason)}
        </label>
      ))}
      <small>{reasonTold(draft.reason)}</small>
    </fieldset>
  );
}
