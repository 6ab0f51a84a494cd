/** Closed vocabularies of double coding, as people read them. */
import type { DisagreementReason, Disagreement, DisputeKind } from "../../wire/rounds";
import { _, fill } from "../../words";

export const kindWords = (kind: DisputeKind): string =>
  ({ boundary: _("Other ends"), omission: _("Omission"), neighbouring_code: _("Neighbouring codes") })[kind];

export const kindTold = (kind: DisputeKind): string =>
  ({
    boundary: _("The same code, on other words."),
    omission: _("A passage that one of them did not code."),
    neighbouring_code: _("Several codes on one passage."),
  })[kind];

export const reasonWords = (reason: DisagreementReason): string =>
  ({ definition: _("Definition"), boundary: _("Ends"), omission: _("Omission"), slip: _("Slip") })[reason];

export const reasonTold = (reason: DisagreementReason): string =>
  ({
    definition: _("The grid allows both readings"),
    boundary: _("They agree on the code, not on where it stops"),
    omission: _("One of them did not see the passage"),
    slip: _("A mere mistake"),
  })[reason];

export const REASONS: readonly DisagreementReason[] = ["definition", "boundary", "omission", "slip"];

/** What was decided, in a few words: who was kept, which code was put, or none. */
export function outcome(one: Disagreement): string {
  const [first] = one.decisions;
  if (!first) return "";
  const kept = [...new Set(one.decisions.map((decided) => decided.kept).filter((who) => who !== null))];
  if (kept.length > 0) return fill(_("{coder} kept"), { coder: kept.join(", ") });
  return first.code === "" ? _("No code stands") : fill(_("{code} put"), { code: first.code });
}

/** Whether a mark stands after what was decided, falls, or waits. */
export function fate(one: Disagreement, coder: string): "open" | "kept" | "fallen" {
  if (one.open) return "open";
  return one.decisions.some((decided) => decided.kept === coder) ? "kept" : "fallen";
}
