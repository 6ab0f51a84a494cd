/** The sign of a family: a hue and a pattern, so that neither colour nor pattern stands alone. */
import type { JSX } from "preact";

import type { CodeEntry } from "../wire/calls";

export function Mark({ code }: { code: CodeEntry }): JSX.Element {
  return <span class="cpit-code-mark" data-axis={code.axis} data-family={code.family % 10} aria-hidden="true" />;
}
