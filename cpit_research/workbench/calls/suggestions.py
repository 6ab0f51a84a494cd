"""Suggestions that wait for the coder at work, across the notes, as they travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cpit_research.workbench.params import Call, Nothing
from cpit_research.workbench.waiting import waiting_rows

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


def suggestions(desk: Desk, _params: Nothing) -> list[dict[str, Any]]:
    """Return the suggestions that wait for an answer of the coder at work, by place."""
    return waiting_rows(desk)


CALLS: Final[Mapping[str, Call[Any]]] = {"suggestions": Call(suggestions, Nothing)}
