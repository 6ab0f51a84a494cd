/** The note being read. */
import { useDesk } from "../shell/context";
import { _ } from "../words";

export function ReadingPane() {
  const { open } = useDesk();
  const note = open.value?.note;
  return (
    <article class="cpit-pane" tabIndex={0} aria-label={note?.title ?? _("No note is open")}>
      {note === undefined ? <p class="cpit-quiet">{_("Choose a note.")}</p> : note.text}
    </article>
  );
}
