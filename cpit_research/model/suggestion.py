"""What a machine or a person suggests to code, and what each coder answers for herself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cpit_research.model.segment import Segment

__all__ = ["Answer", "Suggested", "Suggestion", "are_terms", "is_machine"]

_MACHINE: Final = re.compile(r"[a-z][\w-]*/\d[\w.]*")


def is_machine(name: str) -> bool:
    """Tell whether a name is that of a machine under its version, as ``"lexique/2"``.

    Examples
    --------
    >>> is_machine("lexique/2"), is_machine("claire")
    (True, False)
    """
    return _MACHINE.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Suggested:
    """A code suggested for a passage.

    Parameters
    ----------
    segment : Segment
        The passage.
    code : str
        Id of the code.
    score : float or None
        How sure who suggests it is, 0 to 1; None when it does not say.
    terms : tuple of (int, int)
        What it went by: half-open ranges of code points that start at the passage, in order.

    Raises
    ------
    ValueError
        If the score is not in [0, 1], or the terms leave the passage or overlap.
    """

    segment: Segment
    code: str
    score: float | None = None
    terms: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.score is not None and not 0 <= self.score <= 1:
            message = f"Suggested: score {self.score!r}"
            raise ValueError(message)
        if not are_terms(self.terms, len(self.segment)):
            message = f"Suggested: terms {self.terms!r}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one coder answered to a suggestion.

    Parameters
    ----------
    accepted : bool
        Whether she accepted it.
    coder : str
        Who.
    at : datetime
        When, in UTC.
    reason : str
        Why she rejected it, when she said.
    coding : UUID or None
        The coding that she put by accepting it, taken back since or not.
    """

    accepted: bool
    coder: str
    at: datetime
    reason: str = ""
    coding: UUID | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code suggested for a passage, as it stands on the newest text under the grid in force.

    Parameters
    ----------
    id : UUID
        Identity.
    segment : Segment
        The passage, in the text `version`.
    version : str
        Text version that the offsets count.
    code : str
        Id of the code, as the grid in force has it.
    grid : str
        Version of the grid under which it was suggested.
    by : str
        Who suggests it: a coder, or a machine under its version.
    at : datetime
        When, in UTC.
    score : float or None
        How sure it is, 0 to 1.
    terms : tuple of (int, int)
        What it went by, from the start of the passage.
    answer : Answer or None
        What the coder asked about answered; never what another one did.
    """

    id: UUID
    segment: Segment
    version: str
    code: str
    grid: str
    by: str
    at: datetime
    score: float | None = None
    terms: tuple[tuple[int, int], ...] = ()
    answer: Answer | None = None


def are_terms(terms: Iterable[tuple[int, int]], length: int) -> bool:
    """Tell whether ranges stand in order inside a passage of that length, none over another."""
    reached = 0
    for start, end in terms:
        if not reached <= start < end <= length:
            return False
        reached = end
    return True
