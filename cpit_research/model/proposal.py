"""What the field shows and the grid does not say yet: passages *hors grille*, by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from cpit_research.model.segment import Segment
from cpit_research.text.folding import fold

__all__ = ["Proposal", "ProposedPassage", "Settlement", "name_key"]

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a proposal: the code that takes it over, empty when it was declined."""

    into: str
    grid: str
    reason: str
    coder: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposedPassage:
    """One passage *hors grille*.

    Parameters
    ----------
    id : UUID
        Identity.
    segment : Segment
        Where, in the text `version`.
    version : str
        Text version that the offsets count.
    name : str
        The provisional name, as its coder wrote it.
    words : str
        What the coder adds.
    coder, grid, at
        Who proposed it, under which version of the grid, and when (in UTC).
    path, place, quotation : str
        Document, place in it and words of the passage.
    visit, day : str, date or None
        Visit of the document and its date, when they are known.
    is_current : bool
        Whether it stands on the newest text; else it waits in ``anchors_list``.
    settled : Settlement or None
        What became of it.
    """

    id: UUID
    segment: Segment
    version: str
    name: str
    words: str
    coder: str
    grid: str
    at: datetime
    path: str
    place: str
    quotation: str
    visit: str | None
    day: date | None
    is_current: bool
    settled: Settlement | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The passages put under one provisional name, in the order they were proposed.

    The name is the first one written: accents, capitals and spaces make no other proposal.
    """

    name: str
    passages: tuple[ProposedPassage, ...]
    disputed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a passage waits for the next version of the grid."""
        return any(passage.settled is None for passage in self.passages)


def name_key(name: str) -> str:
    """Return what makes two provisional names the same.

    Examples
    --------
    >>> name_key("  Tenir l’agenda  partagé") == name_key("tenir l'AGENDA partage")
    True
    """
    return " ".join(fold(_INVISIBLE.sub("", name)).split())
