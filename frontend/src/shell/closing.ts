/** The page asks before it is closed, as long as it alone keeps something that is not saved. */
import { effect } from "@preact/signals";

import type { Desk } from "../state/desk";

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Watch over the closing of the page; return how to stop. */
export const guard = (desk: Desk): (() => void) =>
  effect(() => {
    const saving = desk.saving.value;
    if (saving.state === "saved" || !saving.alone) return undefined;
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  });
