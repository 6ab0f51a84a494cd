/** The sign of a family: a hue and a pattern, so that neither colour nor pattern stands alone. */
import type { JSX } from "preact";

import type { Desk } from "../state/desk";
import type { CodeEntry } from "../wire/calls";

export function Mark({ code }: { code: CodeEntry }): JSX.Element {
  return <span class="cpit-code-mark" data-axis={code.axis} data-family={code.family % 10} aria-hidden="true" />;
}

/** A code as it is called: its sign, its id, its name. */
export function Named({ desk, id }: { desk: Desk; id: string }): JSX.Element {
  const code = desk.codes.value.get(id);
  return <>{code && <Mark code={code} />}<span class="cpit-code-id">{id}</span> {code?.name}</>;
}
