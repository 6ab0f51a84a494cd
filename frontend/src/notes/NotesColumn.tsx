/** The notes of the study. */
import { useDesk } from "../shell/context";

export function NotesColumn() {
  const desk = useDesk();
  return (
    <ul class="cpit-notes">
      {desk.notes.value.map((note) => (
        <li key={note.source}>
          <button
            type="button"
            aria-current={desk.place.value.source === note.source}
            onClick={() => desk.go({ screen: "reading", source: note.source })}
          >
            {note.title}
          </button>
        </li>
      ))}
    </ul>
  );
}
