/** « Qui code ? »: asked once, as long as nobody said whose work this is. */
import { useState } from "preact/hooks";

import { useDesk } from "../shell/context";
import { Refused } from "../transport/transport";
import type { Coder } from "../wire/calls";
import { _ } from "../words";
import "./identity.css";

export function Identity() {
  const desk = useDesk();
  const [wrong, setWrong] = useState("");
  const people = (desk.hello.value?.coders ?? []).filter((coder) => coder.standing !== "machine");
  const choose = async (coder: Coder): Promise<void> => {
    try {
      await desk.identify(coder.id);
    } catch (reason) {
      setWrong(reason instanceof Refused ? reason.trouble.error : _("The workbench does not answer."));
    }
  };
  return (
    <main class="cpit-identity" aria-labelledby="cpit-identity-title">
      <h1 id="cpit-identity-title">{_("Who is coding?")}</h1>
      <p>{_("What you do here is recorded under this name, on this machine.")}</p>
      <ul>
        {people.map((coder) => (
          <li key={coder.id}>
            <button onClick={() => void choose(coder)}>
              <span class="cpit-identity-name">{coder.id}</span>
              <span class="cpit-quiet">{coder.role}</span>
            </button>
          </li>
        ))}
      </ul>
      {people.length === 0 && <p>{_("Nobody is named in “study.toml” yet: the holder of the study writes who codes there.")}</p>}
      {wrong !== "" && <p role="alert" class="cpit-wrong">{wrong}</p>}
    </main>
  );
}
