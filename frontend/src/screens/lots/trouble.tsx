/** What went wrong, said where it happened. */
import type { ReadonlySignal } from "@preact/signals";

import type { Trouble } from "../../wire/acts";

export function TroubleSaid({ of }: { of: ReadonlySignal<Trouble | null> }) {
  const told = of.value;
  return (
    <div role="alert">
      {told !== null && (
        <div class="cpit-trouble">
          {told.error.split("\n").map((line, n) => <p key={n}>{line}</p>)}
          {[told.where, told.exists, told.remedy].map((line) => line !== undefined && <p key={line}>{line}</p>)}
        </div>
      )}
    </div>
  );
}
