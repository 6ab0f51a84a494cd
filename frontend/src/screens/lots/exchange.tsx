/** « Envois »: what leaves and what comes back; in a lot, one's own work alone. */
import { useDesk } from "../../shell/context";
import { _ } from "../../words";
import "./leaf.css";
import { PrepareLot } from "./prepare";
import { ReceiveWork } from "./receive";
import { SendWork } from "./send";

const PAGES = {
  receive: { words: () => _("Receive work"), page: ReceiveWork },
  prepare: { words: () => _("Prepare a lot"), page: PrepareLot },
  send: { words: () => _("Send my work"), page: SendWork },
} as const;

export function Exchange() {
  const desk = useDesk();
  if (desk.hello.value?.study?.lot) return <div class="cpit-leaf"><SendWork /></div>;
  const asked = desk.place.value.subject ?? "";
  const here = asked in PAGES ? (asked as keyof typeof PAGES) : "receive";
  const { page: Page } = PAGES[here];
  return (
    <div class="cpit-leaf">
      <nav class="cpit-pages" aria-label={_("Exchanges")}>
        {Object.entries(PAGES).map(([name, { words }]) => (
          <button
            key={name} class="cpit-plain" aria-current={name === here ? "page" : undefined}
            onClick={() => desk.go({ screen: "exchange", subject: name })}
          >
            {words()}
          </button>
        ))}
      </nav>
      <Page key={here} />
    </div>
  );
}
