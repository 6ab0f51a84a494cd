/** Whose turns are read: a speaker chosen dims the turns of others in the pane. One a desk. */
import type { Signal } from "@preact/signals";

import type { Desk } from "../state/desk";
import { listOf } from "./state";

/** Return the speaker chosen, empty for everyone: a label of `Note.speakers`. Never kept on the machine. */
export function speakerOf(desk: Desk): Signal<string> {
  return listOf(desk).speaker;
}
