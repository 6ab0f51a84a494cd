/** What is said to the person, heard by screen readers as well; what was refused stays. */
import type { Notice } from "../state/desk";
import { _ } from "../words";
import { useDesk } from "./context";

export function Notices() {
  const desk = useDesk();
  const notices = desk.notices.value;
  return (
    <div class="cpit-notices">
      <Turned />
      <div role="status" aria-live="polite">
        {notices.filter((notice) => notice.tone !== "wrong").map((notice) => <One key={notice.id} notice={notice} />)}
      </div>
      <div role="alert">
        {notices.filter((notice) => notice.tone === "wrong").map((notice) => <One key={notice.id} notice={notice} />)}
      </div>
    </div>
  );
}

function One({ notice }: { notice: Notice }) {
  const desk = useDesk();
  const { action } = notice;
  return (
    <p class="cpit-notice" data-tone={notice.tone}>
      <span>{notice.words}</span>
      {action && (
        <button onClick={() => (action.run(), desk.dismiss(notice.id))}>{action.words}</button>
      )}
      <button class="cpit-plain" aria-label={_("Dismiss")} onClick={() => desk.dismiss(notice.id)}>×</button>
    </p>
  );
}

function Turned() {
  const desk = useDesk();
  return (
    <>
      {desk.turned.value.map(({ act, words, trouble }) => (
        <div key={act.id} class="cpit-notice" data-tone="wrong" role="group" aria-label={words}>
          <p>
            <strong>{words}</strong> {[trouble.error, trouble.where, trouble.exists, trouble.remedy].filter(Boolean).join(" ")}
          </p>
          <button onClick={() => desk.retry(act.id)}>{_("Try again")}</button>
          <button onClick={() => desk.drop(act.id)}>{_("Drop it")}</button>
        </div>
      ))}
    </>
  );
}
