/** A code chosen by its name or by its id, its definition read while choosing. */
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";

import { answer, wayOf } from "../../commands";
import { Mark } from "../../codes/Mark";
import { search, searched } from "../../codes/fuzzy";
import { useDesk } from "../../shell/context";
import type { CodeEntry } from "../../wire/calls";
import { _ } from "../../words";
import { Meaning } from "./Meaning";

const MOST = 40;

interface Given {
  words: string;
  first?: string | undefined;
  onChoose: (code: string) => void;
  onLeave: () => void;
}

export function CodeChoice({ words, first, onChoose, onLeave }: Given) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  const found = useFound(query, first);
  const [rank, setRank] = useState(0);
  const at = found[Math.min(rank, found.length - 1)];
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    document.getElementById(`${id}-${at?.id}`)?.scrollIntoView({ block: "nearest" });
  }, [at?.id]);
  const onKey = (event: KeyboardEvent): void => {
    const by = wayOf(event);
    if (event.isComposing) return;
    if (by === undefined && event.key !== "Enter" && event.key !== "Escape") return;
    answer(event);
    if (by !== undefined) setRank(Math.max(0, Math.min(found.length - 1, rank + by)));
    else if (event.key === "Escape") onLeave();
    else if (at) onChoose(at.id);
  };
  return (
    <div class="cpit-code-choice">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={words}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={at && `${id}-${at.id}`}
        autocomplete="off"
        placeholder={_("Name or number of a code")}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setRank(0);
        }}
        onKeyDown={onKey}
      />
      <ul id={id} role="listbox" aria-label={words}>
        {found.map((code) => (
          <li
            key={code.id}
            id={`${id}-${code.id}`}
            role="option"
            aria-selected={code === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(code.id)}
          >
            <Mark code={code} /> <span class="cpit-id">{code.id}</span> {code.name}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="cpit-quiet">{_("No code has that name.")}</p>}
      {at && <Meaning code={at} />}
    </div>
  );
}

function useFound(query: string, first?: string): CodeEntry[] {
  const codes = useDesk().codebook.value?.codes ?? [];
  const ready = useMemo(
    () => codes.filter((code) => code.usable).map((code) => searched(code, [[code.id, 1.2], [code.name, 1]])),
    [codes],
  );
  return useMemo(() => {
    if (query.trim() !== "") return search(ready, query).slice(0, MOST).map((hit) => hit.thing);
    const all = ready.map((one) => one.thing);
    return [...all.filter((code) => code.id === first), ...all.filter((code) => code.id !== first)];
  }, [ready, query, first]);
}
