"""A dated thought about a passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from cpit_research.model.segment import Segment

#: What a memo is about: the coder's own part, the way of working, what it may mean beyond the
#: passage, or how a code is to be understood.
MemoKind = Literal["reflexive", "methodological", "theoretical", "on_code"]
MEMO_KINDS: Final[tuple[MemoKind, ...]] = (
    "reflexive",
    "methodological",
    "theoretical",
    "on_code",
)


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
    kind : str or None
        ``"reflexive"``, ``"methodological"``, ``"theoretical"`` or ``"on_code"``; None when it
        was not said, as in the remarks of coding sheets.
    """

    id: UUID
    segment: Segment
    version: str
    words: str
    author: str
    at: datetime
    kind: MemoKind | None = None
