"""Tying a document to its visit: by what it says at its head or by its name, never by guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cpit_research.model.register import Register, Visit
from cpit_research.text.dates import find_date
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

_TOKEN: Final = re.compile(r"[A-Za-z]+\d+")
#: Header fields that may hold the id of a visit, or its date, by folded key.
_VISIT_FIELDS: Final = (
    "visite", "visit", "n° visite", "n° de visite", "numero de visite", "code visite", "visit_id",
)  # fmt: skip
_DATE_FIELDS: Final = ("date", "date de visite", "date de la visite", "date de l'entretien", "jour")
_KINDS: Final = {
    "explor": "exploratory",
    "observ": "observation",
    "miroir": "mirror",
    "collectiv": "collective_session",
    "atelier": "workshop",
    "rencontre territ": "meeting",
    "entretien": "interview",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """The visit found, None when it is unknown, and the sentence that says why."""

    visit: str | None
    notice: str = ""


class Visits:
    """The visits of a register, ready to be told from what documents say.

    Parameters
    ----------
    register : Register
        The register.
    """

    def __init__(self, register: Register) -> None:
        self._visits = _Ids(visit.id for visit in register.visits)
        self._territories = _Ids(territory.id for territory in register.territories)
        self._any = bool(register.visits)
        self._on: dict[date, list[Visit]] = {}
        for visit in register.visits:
            if visit.day is not None and visit.state != "cancelled":
                self._on.setdefault(visit.day, []).append(visit)

    def tie(self, header: Mapping[str, str], name: str) -> Tie:
        """Return the visit that a document comes from.

        In order: the visit's id in its header (« Visite : V03 »); its id in the file name; its
        date (header, else file name) with the kind and the territory's id when they are told, if
        one visit only fits, of those told by their id if some are. A header and a name that
        contradict each other leave the visit unknown, and so does a header with an id that the
        register does not hold.
        """
        if not self._any:
            return Tie(None)
        told = " | ".join(written for key in _VISIT_FIELDS if (written := header.get(key)))
        stated = self._visits.within(told)
        strange = [token for token in _TOKEN.findall(told) if token not in self._visits]
        if strange and not stated:
            return Tie(
                None,
                _(
                    "Visit unknown: the header says {stated}, which the register does not hold."
                ).format(stated=", ".join(strange)),
            )
        named = self._visits.within(name)
        if len(stated) == 1 and (not named or stated <= named):
            return Tie(stated.pop())
        if stated and named and stated.isdisjoint(named):
            return Tie(
                None,
                _("Visit unknown: the header says {stated}, the file name says {named}.").format(
                    stated=", ".join(sorted(stated)), named=", ".join(sorted(named))
                ),
            )
        if not stated and len(named) == 1:
            return Tie(named.pop())
        told_by_id = stated or named
        on_day = self._by_day(header, name)
        fitting = [visit for visit in on_day if not told_by_id or visit.id in told_by_id]
        if len(fitting) == 1:
            return Tie(fitting[0].id)
        return Tie(
            None, _("Visit unknown: neither the header nor the file name tells which it is.")
        )

    def _by_day(self, header: Mapping[str, str], name: str) -> list[Visit]:
        days = (find_date(written) for key in _DATE_FIELDS if (written := header.get(key)))
        day = next((day for day in days if day), None) or find_date(name)
        if day is None:
            return []
        fields = (header.get("type", ""), header.get("nature", ""), header.get("visite", ""), name)
        told = fold(" ".join(fields))
        kinds = {kind for start, kind in _KINDS.items() if start in told}
        territories = self._territories.within(header.get("territoire", ""))
        return [
            visit
            for visit in self._on.get(day, ())
            if (not kinds or visit.kind in kinds) and territories <= set(visit.territories)
        ]


class _Ids:
    """Ids to be found in what people write, whole and whatever their case.

    One without a letter is looked for nowhere: « 12 » is also a day.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self._known = {key.casefold(): key for key in ids if re.search(r"[^\W\d_]", key)}
        longest_first = sorted(self._known, key=len, reverse=True)
        either = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<![^\W_])(?:{either or '(?!)'})(?![^\W_])")

    def __contains__(self, written: str) -> bool:
        return written.casefold() in self._known

    def within(self, text: str) -> set[str]:
        """Return the ids that stand in `text`."""
        return {self._known[found] for found in self._pattern.findall(text.casefold())}
