/** The screens, in the order in which they are offered. */
import type { ComponentType } from "preact";

import { ReadingPane } from "../pane/ReadingPane";
import type { Desk } from "../state/desk";
import { AdjudicationScreen } from "./adjudication/AdjudicationScreen";
import { RoundsScreen } from "./rounds/RoundsScreen";
import { ConflictsScreen } from "./conflicts/ConflictsScreen";
import { DebtScreen } from "./debt/DebtScreen";
import { SuggestionsScreen } from "./suggestions/SuggestionsScreen";
import { _ } from "../words";
import "./corrections/commands";
import { Corrections } from "./corrections/list";
import { FirstSteps } from "./help/first";
import { HomePage } from "./home/home";
import { Exchange } from "./lots/exchange";

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
  /** The one of that list from which it is reached. */
  under?: string;
  /** Whether it is offered now. */
  when?: (desk: Desk) => boolean;
}

export const screens: Record<string, Screen> = {
  reading: { words: () => _("Reading"), component: ReadingPane, columns: ["notes", "codes"] },
  rounds: { words: () => _("Rounds"), component: RoundsScreen },
  suggestions: { words: () => _("Suggestions"), component: SuggestionsScreen },
  debt: { words: () => _("To be read again"), component: DebtScreen },
  corrections: { words: () => _("Corrections"), component: Corrections },
  exchange: { words: () => _("Exchanges"), component: Exchange, ability: "lots" },
  first: { words: () => _("First steps"), component: FirstSteps, hidden: true },
  home: { words: () => _("Coding workbench"), component: HomePage, hidden: true },
  conflicts: { words: () => _("Conflicts"), component: ConflictsScreen, hidden: true, under: "rounds" },
  adjudication: { words: () => _("Adjudication"), component: AdjudicationScreen, hidden: true, under: "rounds" },
};
