/** Why: asked before what the record keeps for ever. */
import { useEffect, useRef, useState } from "preact/hooks";

import { _ } from "../../words";

interface Given {
  words: string;
  action: string;
  onSay: (reason: string) => void;
  onLeave: () => void;
}

export function Reason({ words, action, onSay, onLeave }: Given) {
  const [reason, setReason] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="cpit-reason"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") onSay(reason);
      }}
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
    >
      <label>
        <span>{words}</span>
        <input ref={field} type="text" required value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <p class="cpit-round-hold">
        <button type="submit" class="cpit-first" disabled={reason.trim() === ""}>{action}</button>
        <button type="button" onClick={onLeave}>{_("Leave it")}</button>
      </p>
    </form>
  );
}
