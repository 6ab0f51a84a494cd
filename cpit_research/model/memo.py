"""A dated thought about a passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cpit_research.model.segment import Segment


@dataclass(frozen=True, slots=True)
class Memo:
    """What someone thought of a passage, in their words.

    Parameters
    ----------
    id : UUID
        Identity of the memo.
    segment : Segment
        The passage.
    version : str
        Text version that the offsets count.
    words : str
        The thought.
    author : str
        Who thought it.
    at : datetime
        When, in UTC.
    """

    id: UUID
    segment: Segment
    version: str
    words: str
    author: str
    at: datetime
