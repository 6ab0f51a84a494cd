/** What is being written is kept before it goes: its field does, the page is closed, or another text comes. */
import { useEffect, useRef } from "preact/hooks";

import { useDesk } from "../shell/context";

/** Call what keeps the words of a field, as it was last drawn, when they would be lost. */
export function useLeaving(keep: () => void): void {
  const desk = useDesk();
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => {
    const leave = (): void => latest.current();
    const stop = desk.leaving(leave);
    window.addEventListener("pagehide", leave);
    return () => {
      stop();
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [desk]);
}
