/** What a code means, in a few lines: what coders compare when they differ. */
import { Listed } from "../../codes/Definition";
import type { CodeEntry } from "../../wire/calls";
import { _ } from "../../words";

export function Meaning({ code }: { code: CodeEntry }) {
  return (
    <div class="cpit-meaning">
      <p>{code.definition || code.short}</p>
      <Listed as="b" name={_("Apply when")} items={code.include} />
      <Listed as="b" name={_("Do not apply when")} items={code.exclude.map((one) => one.when)} />
      {code.example !== "" && <p class="cpit-meaning-example"><b>{_("Example")}</b> <i>{code.example}</i></p>}
    </div>
  );
}
