"""How far a coder has read a note, whether or not she put anything there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one coder says that she has read of one note.

    Parameters
    ----------
    source, coder : str
        The note, and who.
    version : str
        Text version that `through` counts.
    through : int
        She has gone through it up to this offset.
    finished : bool
        Whether she has finished it: that she put nothing somewhere is then an observation.
    at : datetime
        When she last said so, in UTC.
    grid : str
        Version of the grid that she read it with.
    """

    source: str
    coder: str
    version: str
    through: int
    finished: bool
    at: datetime
    grid: str = ""
