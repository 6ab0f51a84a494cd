/** Pages of one workbench change study together: one that stayed behind would work in another study. */
const NAME = "cpit-study";

/** Say that the study has changed, and begin this page again from nothing. */
export function moved(): void {
  new BroadcastChannel(NAME).postMessage("moved");
  window.location.replace("./");
}

/** Begin again whenever another page changes study, until the function returned is called. */
export function together(): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = () => window.location.replace("./");
  return () => channel.close();
}
