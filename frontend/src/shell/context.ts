/** The desk, for every part that is drawn. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Desk } from "../state/desk";

export const DeskContext = createContext<Desk | null>(null);

/** Return the desk at work. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("drawn outside the workbench");
  return desk;
}
