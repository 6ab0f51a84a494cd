"""Tying a document to its visit: by what it says at its head or by its name, never by guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cpit_research.model.register import Register, Visit
from cpit_research.text.dates import find_date
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _

_TOKEN: Final = re.compile(r"[A-Za-z]+\d+")
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
        self._ids = {visit.id.casefold(): visit.id for visit in register.visits}
        self._territories = {territory.id for territory in register.territories}
        self._on: dict[date, list[Visit]] = {}
        for visit in register.visits:
            if visit.day is not None:
                self._on.setdefault(visit.day, []).append(visit)

    def tie(self, header: Mapping[str, str], name: str) -> Tie:
        """Return the visit that a document comes from.

        In order: the visit's id in its header (« Visite : V03 »); its id in the file name; its
        date (header, else file name) with the kind and the territory's id when they are told, if
        one visit only fits. A header and a name that contradict each other leave the visit unknown,
        and so does a header with an id that the register does not hold.
        """
        if not self._ids:
            return Tie(None)
        told = header.get("visite", "") or header.get("visit", "")
        stated = self._named(told)
        strange = [token for token in _TOKEN.findall(told) if token.casefold() not in self._ids]
        if strange and not stated:
            return Tie(
                None,
                _(
                    "Visit unknown: the header says {stated}, which the register does not hold."
                ).format(stated=", ".join(strange)),
            )
        named = self._named(name)
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
        by_day = self._by_day(header, name)
        if len(by_day) == 1:
            return Tie(by_day[0].id)
        return Tie(
            None, _("Visit unknown: neither the header nor the file name tells which it is.")
        )

    def _named(self, text: str) -> set[str]:
        tokens = (token.casefold() for token in _TOKEN.findall(text))
        return {self._ids[token] for token in tokens if token in self._ids}

    def _by_day(self, header: Mapping[str, str], name: str) -> list[Visit]:
        day = find_date(header.get("date", "")) or find_date(name)
        if day is None:
            return []
        fields = (header.get("type", ""), header.get("nature", ""), header.get("visite", ""), name)
        told = fold(" ".join(fields))
        kinds = {kind for start, kind in _KINDS.items() if start in told}
        territories = self._territories.intersection(_TOKEN.findall(header.get("territoire", "")))
        return [
            visit
            for visit in self._on.get(day, ())
            if (not kinds or visit.kind in kinds) and territories <= set(visit.territories)
        ]
