/** Facts of a round in a few words. */
import type { Round } from "../../wire/rounds";
import { _, fill, ngettext, tongue } from "../../words";

export const day = (at: number): string =>
  new Date(at).toLocaleDateString(tongue(), { day: "numeric", month: "long", year: "numeric" });

export const decimal = (value: number): string =>
  value.toLocaleString(tongue(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const unitWords = (round: Round): string =>
  ({
    sentence: _("compared sentence by sentence"),
    turn: _("compared turn by turn"),
    paragraph: _("compared paragraph by paragraph"),
    span: _("compared word by word"),
  })[round.unit];

export function facts(round: Round): string {
  const n = round.sources.length;
  return [
    round.coders.join(", "),
    fill(ngettext("{n} note", "{n} notes", n), { n }),
    fill(_("grid {grid}"), { grid: round.grid }),
    unitWords(round),
  ].join(" · ");
}
