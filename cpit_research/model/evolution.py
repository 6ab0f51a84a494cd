"""How a grid became the next one: what changed, why, and who decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from cpit_research.model.notebook import change_html

__all__ = ["CHANGE_KINDS", "Change", "ChangeKind"]

ChangeKind = Literal["added", "retired", "renamed", "moved", "redefined", "split", "merged"]
CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = (
    "added",
    "retired",
    "renamed",
    "moved",
    "redefined",
    "split",
    "merged",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change from a version of the grid to the next.

    Parameters
    ----------
    kind : ChangeKind
        What happened.
    before : tuple of str
        Ids of the codes of the previous version that it is about; none for ``added``.
    after : tuple of str
        Ids of the codes of this version that take their place; none for ``retired``, unless
        another code takes it over.
    reason : str
        Why, in the words of the team.
    author : str
        Who decided it.
    day : date or None
        When.
    follows : bool
        Whether codings put under the previous version follow by themselves. Never for a split,
        nor where nothing takes the place.
    remarks : tuple of str
        Remarks of the partner laboratory that it answers, by their references.
    """

    kind: ChangeKind
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    reason: str = ""
    author: str = ""
    day: date | None = None
    follows: bool = False
    remarks: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        return change_html(self)
