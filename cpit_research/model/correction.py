"""Corrections of a text: words that were mis-transcribed, and what they should read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from cpit_research.model.segment import Segment

__all__ = ["Correction", "CorrectionState"]

#: Asked for and not decided yet; made in the text; declined; or taken back by who asked for it.
CorrectionState = Literal["waiting", "made", "declined", "withdrawn"]
#: Last characters of an id, enough to name one correction of a study.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Correction:
    """One passage that reads, or should read, otherwise.

    Parameters
    ----------
    id : UUID
        Identity.
    segment : Segment
        The passage, in the text `version`: the one corrected, or where the correction waits.
    version : str
        Text version that the offsets count.
    path : str
        Document.
    before : str
        What the passage reads there.
    words : str
        What it reads once corrected.
    reason : str
        Why, when its author said.
    coder : str
        Who corrects, or asks for it.
    at : datetime
        When, in UTC.
    state : str
        ``"waiting"``, ``"made"``, ``"declined"`` or ``"withdrawn"``.
    made : str
        The text version that reads so; empty until it is made.
    result : Segment or None
        The passage in that version: to correct it back to `before` is to undo it.
    by : str
        Who made, declined or withdrew it.
    decided_at : datetime or None
        When.
    why : str
        Why it was declined.
    """

    id: UUID
    segment: Segment
    version: str
    path: str
    before: str
    words: str
    reason: str
    coder: str
    at: datetime
    state: CorrectionState = "waiting"
    made: str = ""
    by: str = ""
    decided_at: datetime | None = None
    why: str = ""
    result: Segment | None = None

    @property
    def reference(self) -> str:
        """The last characters of its id."""
        return self.id.hex[-_SHOWN:]
