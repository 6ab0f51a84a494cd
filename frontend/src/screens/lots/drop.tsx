/** A place to drop a file on, or to choose one from. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { _ } from "../../words";

interface DropProps {
  /** What is expected, in a sentence. */
  words: string;
  busy: boolean;
  took: (file: File) => void;
  /** Whether it is the first thing to do. */
  first?: boolean;
}

export function Drop({ words, busy, took, first = true }: DropProps) {
  const over = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file !== undefined && !busy) took(file);
    if (input.current) input.current.value = "";
  };
  return (
    <div
      class="cpit-drop"
      data-over={over.value || undefined}
      aria-busy={busy}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <p>{words}</p>
      <button class={first ? "cpit-first" : undefined} disabled={busy} onClick={() => input.current?.click()}>
        {busy ? _("Reading…") : _("Choose the file…")}
      </button>
      <input
        ref={input} type="file" accept=".zip" hidden tabIndex={-1} aria-label={words}
        onChange={(event) => take(event.currentTarget.files)}
      />
    </div>
  );
}
