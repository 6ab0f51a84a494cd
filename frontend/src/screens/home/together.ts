/** Pages of one workbench change study together: one that stayed behind would work in another study. */
import type { Hello } from "../../wire/calls";
import type { Asking } from "../lots/asking";

const NAME = "cpit-study";

/** Say that the study has changed, and begin this page again from nothing. */
export function moved(): void {
  new BroadcastChannel(NAME).postMessage("moved");
  window.location.replace("./");
}

/** Change study: the page begins again from nothing, so that nothing of the former one is left in it. */
export async function sit(opening: Asking<Hello>, ask: () => Promise<Hello>): Promise<void> {
  if ((await opening.run(ask)) !== null) moved();
}

/** Begin again whenever another page changes study, until the function returned is called. */
export function together(): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = () => window.location.replace("./");
  return () => channel.close();
}
