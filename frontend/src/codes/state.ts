/** What the column of codes and the palette remember, one a desk: two cells of a notebook never mix. */
import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";

import type { Desk } from "../state/desk";
import type { Id } from "../wire/note";

export interface CodesState {
  /** Under the digits 1 to 9. */
  pins: Signal<readonly string[]>;
  /** Latest put, first. */
  recent: Signal<readonly string[]>;
  /** Lines of the tree whose insides are hidden. */
  folded: Signal<readonly string[]>;
  filter: Signal<string>;
  /** Line of the tree where the keyboard is. */
  line: Signal<string | null>;
  /** Code whose definition is read. */
  read: Signal<string | null>;
  /** Whether the index is being read: by the pointer, or by the keyboard. */
  reading: Signal<boolean>;
  /** Codes gathered to be put together. */
  gathered: Signal<readonly string[]>;
  /** A replacement that waits for its confirmation. */
  armed: Signal<{ subject: Id; code: string } | null>;
  /** The tree as it is drawn. */
  tree: { current: HTMLDivElement | null };
  palette: Signal<{ begins: string } | null>;
  /** The codes put last, together. */
  last: Signal<readonly string[]>;
}

const states = new WeakMap<Desk, { study: string; state: CodesState }>();

/** Return the state of the codes of a desk, that of the study which is open: none is until the server says which. */
export function codesOf(desk: Desk): CodesState {
  const study = desk.hello.value?.study?.id ?? "";
  let known = states.get(desk);
  if (known?.study !== study) states.set(desk, (known = { study, state: begun(desk, study) }));
  return known.state;
}

function begun(desk: Desk, study: string): CodesState {
  return {
    pins: desk.kept<readonly string[]>(`codes.pinned.${study}`, []),
    recent: desk.kept<readonly string[]>(`codes.recent.${study}`, []),
    folded: desk.kept<readonly string[]>(`codes.folded.${study}`, [
      ":postures", ":needs", ":stakes", ":actors", ":competences", ":innovation",
    ]),
    filter: signal(""),
    line: signal(null),
    read: signal(null),
    reading: signal(false),
    gathered: signal([]),
    armed: signal(null),
    tree: { current: null },
    palette: signal(null),
    last: signal([]),
  };
}
