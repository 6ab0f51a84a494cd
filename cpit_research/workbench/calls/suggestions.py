"""Suggestions that wait for the coder at work, across the notes, as they travel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cpit_research.model.suggestion import Suggestion
from cpit_research.wording.places import shown_place
from cpit_research.workbench.calls.debt import around
from cpit_research.workbench.params import Call, Nothing

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


def suggestions(desk: Desk, _params: Nothing) -> list[dict[str, Any]]:
    """Return the suggestions that wait for an answer of the coder at work, by place."""
    return [_told(desk, one) for one in desk.study.suggestions(desk.coder)]


def _told(desk: Desk, one: Suggestion) -> dict[str, Any]:
    corpus, segment = desk.study.corpus, one.segment
    return {
        "id": str(one.id),
        "code": one.code,
        "by": one.by,
        "score": one.score,
        "terms": [[segment.start + start, segment.start + end] for start, end in one.terms],
        "place": shown_place(corpus.place(segment)),
        **around(corpus[segment.source], segment.start, segment.end),
    }


CALLS: Final[Mapping[str, Call[Any]]] = {"suggestions": Call(suggestions, Nothing)}
