"""The list of notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cpit_research.workbench.params import Call, Nothing
from cpit_research.workbench.rows import Row, note_rows

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


def notes(desk: Desk, _params: Nothing) -> list[Row]:
    """Return every note with how far its coder went, by day of visit then by path."""
    return sorted(note_rows(desk).values(), key=lambda row: (row["day"] or "9", row["path"]))


CALLS: Final[Mapping[str, Call[Any]]] = {"notes": Call(notes, Nothing)}
