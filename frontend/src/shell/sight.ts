/** The line of a list where one is, kept in sight. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Return the element of a line, that is scrolled to when it is the one. */
export function useInSight<T extends Element>(here: boolean): RefObject<T | null> {
  const line = useRef<T>(null);
  useLayoutEffect(() => {
    if (here) line.current?.scrollIntoView({ block: "nearest" });
  }, [here]);
  return line;
}
