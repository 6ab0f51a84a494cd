/** What a code means, in a few lines: what coders compare when they differ. */
import type { CodeEntry } from "../../wire/calls";
import { _ } from "../../words";

export function Meaning({ code }: { code: CodeEntry }) {
  return (
    <div class="cpit-meaning">
      <p>{code.definition || code.short}</p>
      <Listed name={_("Apply when")} items={code.include} />
      <Listed name={_("Do not apply when")} items={code.exclude.map((one) => one.when)} />
      {code.example !== "" && <p class="cpit-meaning-example"><b>{_("Example")}</b> <i>{code.example}</i></p>}
    </div>
  );
}

/** Conditions, one a line in the grid. */
function Listed({ name, items }: { name: string; items: readonly string[] }) {
  const lines = items.flatMap((item) => item.split("\n")).filter((line) => line.trim() !== "");
  if (lines.length === 0) return null;
  return (
    <div>
      <p><b>{name}</b></p>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </div>
  );
}
