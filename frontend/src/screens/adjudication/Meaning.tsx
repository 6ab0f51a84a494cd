/** What a code means, in a few lines: what coders compare when they differ. */
import type { CodeEntry } from "../../wire/calls";
import { _ } from "../../words";

export function Meaning({ code }: { code: CodeEntry }) {
  return (
    <div class="cpit-meaning">
      <p>{code.definition || code.short}</p>
      {code.include.length > 0 && <p><b>{_("Apply when")}</b> {code.include.join(" ")}</p>}
      {code.exclude.length > 0 && (
        <p><b>{_("Do not apply when")}</b> {code.exclude.map((one) => one.when).join(" ")}</p>
      )}
      {code.example !== "" && <p><b>{_("Example")}</b> <i>{code.example}</i></p>}
    </div>
  );
}
