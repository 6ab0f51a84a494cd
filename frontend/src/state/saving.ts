/** Whether all is saved, in the order in which it matters. */
import type { Saving } from "./desk";
import type { Outbox } from "./outbox";

/** Return what is said of the acts on their way; `lost` is since when nobody answers. */
export function savingOf(outbox: Outbox, lost: number | null): Saving {
  const waiting = outbox.waiting.value.length;
  const [turned] = outbox.turned.value;
  const since = outbox.away.value?.since ?? lost;
  const alone = outbox.alone.value.size > 0;
  if (turned !== undefined) return { state: "refused", trouble: turned.trouble, alone };
  if (since !== null) return { state: "away", waiting, since, alone };
  return waiting > 0 ? { state: "saving", waiting, alone } : { state: "saved" };
}
