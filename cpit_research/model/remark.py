"""What a partner says of a version of the grid, and what the team answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

__all__ = ["OPINIONS", "Decision", "Opinion", "Remark", "RemarkState"]

Opinion = Literal["", "agree", "clarify", "rework", "divide", "merge", "retire", "add"]
RemarkState = Literal["agreed", "open", "accepted", "declined", "disputed"]
OPINIONS: Final[tuple[Opinion, ...]] = (
    "agree",
    "clarify",
    "rework",
    "divide",
    "merge",
    "retire",
    "add",
)
#: Last characters of an id, enough to name one remark of a study.
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Decision:
    """What the team answered to a remark: whether it is accepted, why, who says so and when."""

    accepted: bool
    reason: str
    coder: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark of a review copy.

    Parameters
    ----------
    id : UUID
        Identity, which derives from all that the remark says: read twice, it is one.
    grid, fingerprint : str
        Version reviewed, and the fingerprint that it bore.
    code : str
        The code it is about; empty for a code to add or for the grid as a whole.
    opinion : Opinion
        A word of the closed vocabulary; empty when none was chosen.
    proposal : str
        What is proposed, in the reviewer's words.
    author, organisation : str
        Who says so, and for whom.
    at : datetime
        When it was read, in UTC.
    name : str
        Name of the code to add.
    decision : Decision or None
        What the team answered.
    disputed : bool
        Whether several answers stand, as when two copies of a study are joined.
    """

    id: UUID
    grid: str
    fingerprint: str
    code: str
    opinion: Opinion
    proposal: str
    author: str
    organisation: str
    at: datetime
    name: str = ""
    decision: Decision | None = None
    disputed: bool = False

    @property
    def reference(self) -> str:
        """The last characters of its id: what the changes of a grid cite."""
        return self.id.hex[-_SHOWN:]

    @property
    def state(self) -> RemarkState:
        """Where it stands; ``"agreed"`` when it asks for nothing."""
        if self.disputed:
            return "disputed"
        if self.decision is not None:
            return "accepted" if self.decision.accepted else "declined"
        return "agreed" if self.opinion == "agree" and not self.proposal else "open"
