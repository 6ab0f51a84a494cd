/** Two doors, one module: a page that mounts by itself, and the cell that anywidget renders. */
import { options, render as draw } from "preact";

// First: every part builds on it.
import "./style/base.css";
import { Shell } from "./shell";
import { entitle, follow } from "./shell/address";
import { guard } from "./shell/closing";
import { Work } from "./state/work";
import { Http } from "./transport/http";
import type { Transport } from "./transport/transport";
import { Widget, type Model } from "./transport/widget";

// A letter typed at once after a key must find the field that the key opened.
options.debounceRendering = (render) => render();

function mount(root: HTMLElement, transport: Transport, door: "page" | "cell"): () => void {
  const desk = new Work(transport, door);
  root.classList.add("cpit", `cpit-${door}`);
  // Whoever clicks in it is in it, and its keys are heard.
  root.tabIndex = -1;
  root.lang = document.documentElement.lang;
  draw(<Shell desk={desk} root={root} />, root);
  // The address and the title are those of the page: a cell of a notebook leaves them alone.
  const leaving = [desk.watch(), guard(desk), ...(door === "page" ? [follow(desk), entitle(desk)] : [])];
  void desk.start();
  return () => {
    for (const leave of leaving) leave();
    draw(null, root);
    desk.stop();
  };
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const root = document.createElement("div");
  // JupyterLab would take single letters for its own commands.
  root.dataset["lmSuppressShortcuts"] = "true";
  el.append(root);
  const leave = mount(root, new Widget(model), "cell");
  return () => {
    leave();
    root.remove();
  };
}

const page = globalThis.document?.getElementById("workbench");
if (page) {
  mount(page, new Http(new URL("./", document.baseURI).pathname), "page");
}

export default { render };
// What the tests of `tests/e2e/` ask for.
export * as acts from "./state/acts";
export { search, searched } from "./codes/fuzzy";
export { moved, toggled } from "./codes/pins";
export { commands, matches } from "./commands";
export { fold, left } from "./state/fold";
export { fresh } from "./state/ids";
export { Record } from "./state/record";
export { Work } from "./state/work";
export { Offsets } from "./text/offsets";
export { Http } from "./transport/http";
export { Away, Refused } from "./transport/transport";
