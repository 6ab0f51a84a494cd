/** A file that was written: what it is called, where it lies, how to get it. */
import type { Desk } from "../../state/desk";
import { _, fill } from "../../words";
import { asking } from "./asking";
import { downloaded } from "./door";
import { TroubleSaid } from "./trouble";
import type { Handed } from "./wire";
import { useState } from "preact/hooks";

export function HandedFile({ desk, file }: { desk: Desk; file: Handed }) {
  const [showing] = useState(() => asking<Record<string, never>>());
  return (
    <div class="cpit-handed">
      <p class="cpit-handed-name">{file.name}</p>
      <p class="cpit-handed-place">{fill(_("In the folder {folder}"), { folder: file.folder })}</p>
      <p class="cpit-acts">
        <button class="cpit-first" onClick={() => void showing.run(() => desk.call("lots.show", { file: file.file }))}>
          {_("Open the folder")}
        </button>
        <a class="cpit-button" href={downloaded(file.file)} download={file.name}>{_("Download")}</a>
      </p>
      <TroubleSaid of={showing.trouble} />
    </div>
  );
}
