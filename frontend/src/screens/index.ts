/** The screens, in the order in which they are offered. */
import type { ComponentType } from "preact";

import { ReadingPane } from "../pane/ReadingPane";
import { _ } from "../words";

export interface Screen {
  /** Its name for people: called when shown. */
  words: () => string;
  component: ComponentType;
  /** What the door must be able to do for the screen to be offered (`hello.abilities`). */
  ability?: string;
  /** Columns that stand beside it. */
  columns?: readonly ("notes" | "codes")[];
  /** Reached otherwise than from the list of screens. */
  hidden?: boolean;
}

export const screens: Record<string, Screen> = {
  reading: { words: () => _("Reading"), component: ReadingPane, columns: ["notes", "codes"] },
};
