/** Words kept as one act when their field is left, if they have changed. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { answer } from "../commands";
import { useLeaving } from "./leaving";
import { toText } from "./returning";

interface Props {
  name: string;
  words: string;
  long?: boolean;
  fixed?: boolean;
  onLeft: (words: string) => void;
}

export function Written({ name, words, long = false, fixed = false, onLeft }: Props): JSX.Element {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  // The field itself, when it is gone already.
  const held = useRef<{ value: string } | null>(null);
  const known = useRef(words);
  // Words that come from elsewhere (undo, a colleague) are shown, unless others are being written.
  useLayoutEffect(() => {
    held.current = field.current;
    if (field.current && field.current.value.trim() === known.current.trim()) field.current.value = words;
    known.current = words;
  }, [words]);
  const leave = (): void => {
    const said = held.current?.value.trim();
    if (said === undefined || said === known.current.trim()) return;
    known.current = said;
    onLeft(said);
  };
  useLeaving(leave);
  const keyed = (event: KeyboardEvent): void => {
    const ends = event.key === "Escape" || (event.key === "Enter" && (!long || event.ctrlKey || event.metaKey));
    if (!ends || event.isComposing) return;
    answer(event);
    toText(field.current);
  };
  const shared = { ref: field, defaultValue: words, "aria-label": name, placeholder: name, readOnly: fixed, onBlur: leave, onKeyDown: keyed };
  return long ? <textarea class="cpit-written" rows={2} {...shared} /> : <input class="cpit-written" type="text" {...shared} />;
}
