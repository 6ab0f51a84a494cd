"""What was decided of codings that differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from cpit_research.model.segment import Segment

#: Why coders differed: the definition of a code, where a passage ends, a passage that one of them
#: passed over, a slip of the hand.
DisagreementReason = Literal["definition", "boundary", "omission", "slip"]
DISAGREEMENT_REASONS: Final[tuple[DisagreementReason, ...]] = (
    "definition",
    "boundary",
    "omission",
    "slip",
)


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What was decided of codings that differ: which code stands, on which passage, and why.

    Parameters
    ----------
    id : UUID
        Identity; also that of the coding that it puts, when it puts one.
    segment : Segment
        The passage decided on.
    version : str
        Text version that the offsets count.
    of : tuple of UUID
        Codings that it is about: none of them is settled by itself any more.
    reason : str
        Why coders differed: ``"definition"``, ``"boundary"``, ``"omission"`` or ``"slip"``.
    why : str
        The reason for the decision, in words.
    by : str
        Id of who decided.
    at : datetime
        When, in UTC.
    code, grid : str
        Code that stands there, and version of the grid; empty when none does.
    kept : UUID or None
        The coding of `of` that it keeps as it was, whose episode it stays in.
    round : UUID or None
        Round of double coding that it closes, if it does.
    """

    id: UUID
    segment: Segment
    version: str
    of: tuple[UUID, ...]
    reason: DisagreementReason
    why: str
    by: str
    at: datetime
    code: str = ""
    grid: str = ""
    kept: UUID | None = None
    round: UUID | None = None

    def __post_init__(self) -> None:
        if not self.of:
            message = "Adjudication: of"
            raise ValueError(message)
        if self.reason not in DISAGREEMENT_REASONS:
            message = f"Adjudication: reason {self.reason!r}"
            raise ValueError(message)
        if self.kept is not None and self.kept not in self.of:
            message = "Adjudication: kept"
            raise ValueError(message)

    @property
    def leaves(self) -> tuple[object, ...]:
        """What it leaves, whoever decided it and why."""
        return self.of, self.segment, self.version, self.code, self.grid, self.kept


def repeated(decisions: Iterable[Adjudication]) -> frozenset[UUID]:
    """Return the ids of decisions that leave what another one leaves, of smaller id.

    Two copies of a study that decided the same, each without the other, contradict nobody.
    """
    met: set[tuple[object, ...]] = set()
    again: set[UUID] = set()
    for one in sorted(decisions, key=lambda decided: decided.id.int):
        if one.leaves in met:
            again.add(one.id)
        met.add(one.leaves)
    return frozenset(again)
