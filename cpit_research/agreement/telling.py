"""What a table of agreement says in words: its title, its method, what a reader must know."""

from __future__ import annotations

from collections.abc import Mapping

from cpit_research.agreement.entries import Entries, owed_codes
from cpit_research.agreement.marks import Frame, Placed
from cpit_research.corpus.codings import Codings
from cpit_research.model.unit import Unit
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext


def titles() -> Mapping[str, str]:
    """Return the title of a table, by what its rows are."""
    return {
        "code": _("Agreement between coders, code by code"),
        "family": _("Agreement between coders, family by family"),
        "grid_version": _("Agreement between coders, by version of the grid"),
        "coder_pair": _("Agreement between coders, pair by pair"),
    }


def method(coefficient: str, unit: Unit) -> str:
    """Say how a table was made, in the language in force."""
    return _(
        "{units} of the notes that several coders read, marked or not. Several codes may stand on "
        "one unit: each code is judged apart. Counts are summed over the pairs of coders. 95 % "
        "interval of {coefficient} by leaving out each note in turn (jackknife, Student's t on "
        "Fisher's z). No figure alone tells that an agreement is good: read the positive agreement "
        "and the counts beside it."
    ).format(units=_units()[unit], coefficient=_coefficients()[coefficient])


def _units() -> Mapping[str, str]:
    return {
        "sentence": _("Sentences"),
        "turn": _("Speaker turns, and blocks outside turns,"),
        "paragraph": _("Paragraphs"),
        "span": _("Characters, one by one,"),
    }


def _coefficients() -> Mapping[str, str]:
    return {
        "alpha": _("Krippendorff's alpha"),
        "unitizing": _("Krippendorff's unitizing alpha"),
        "kappa": _("Cohen's kappa"),
        "ac1": _("Gwet's AC1"),
    }


def references() -> Mapping[str, str]:
    """Return where each coefficient is published."""
    return {
        "alpha": "Krippendorff 2019",
        "unitizing": "Krippendorff 1995 ; 2004",
        "kappa": "Cohen 1960 ; Conger 1980",
        "ac1": "Gwet 2008",
    }


def notes(
    codings: Codings, within: Frame, found: Placed, rows: Entries, unit: Unit
) -> tuple[str, ...]:
    """Return what a reader must know of the frame."""
    readers = codings.readers
    alone = sum(len(readers.get(source.id, ())) == 1 for source in codings.corpus)
    flat = sum(
        not codings.corpus[key].structure.turns for key in within.layout.sources if unit == "turn"
    )
    said = [(alone, _alone), (flat, _flat), (found.outside, _outside), (rows.unused, _unused)]
    notes = [sentence(n).format(n=n) for n, sentence in said if n]
    if waiting := sorted(owed_codes(codings, within, "code")):
        notes.append(
            _(
                "Codings of these notes are still to be read again under this version of the grid "
                "and may fall under {codes}: nothing is told of these codes, and families and "
                "totals are understated."
            ).format(codes=", ".join(waiting))
        )
    if len(within.coders) == 2:
        first, second = within.coders
        names = _("First coder: {first}; second: {second}.").format(first=first, second=second)
        notes.insert(0, names)
    return tuple(notes)


def _alone(n: int) -> str:
    return ngettext(
        "{n} note that one coder alone read is outside.",
        "{n} notes that one coder alone read are outside.",
        n,
    )


def _flat(n: int) -> str:
    return ngettext(
        "{n} note has no speaker turn: its units are its paragraphs.",
        "{n} notes have no speaker turn: their units are their paragraphs.",
        n,
    )


def _outside(n: int) -> str:
    return ngettext(
        "{n} coding stands on no unit (a header field, the label of a speaker, a blank).",
        "{n} codings stand on no unit (a header field, the label of a speaker, a blank).",
        n,
    )


def _unused(n: int) -> str:
    return ngettext(
        "{n} entry of the grid that nobody put on these notes has no row.",
        "{n} entries of the grid that nobody put on these notes have no row.",
        n,
    )
