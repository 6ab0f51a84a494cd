"""An event that nothing replaces, with the whole state that it leaves, as one coder may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from cpit_research.model.event import EventKind

__all__ = ["StandingEvent", "SubjectKind"]

SubjectKind = Literal[
    "coding", "memo", "proposal", "episode", "suggestion", "answer", "reading"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEvent:
    """One event that nothing replaces. What it has nothing to say of is None.

    Parameters
    ----------
    id : UUID
        Of the event.
    kind : str
        What was done.
    of : str
        Which kind of thing it is about.
    subject : UUID
        Which one.
    replaces : tuple of UUID
        Events whose place it takes, near and far: whoever saw any of them, and not those between,
        knows that it stands no more.
    at : int
        Milliseconds since 1970.
    by, coder : str
        Who did it, and who began the thing.
    gone : bool
        Whether it takes its subject back.
    source, version, start, end
        Where it stands.
    code, put, grid : str or None
        The code under the grid in force; the one that was put, when it differs; under which grid.
    debt : bool
        Whether a change of the grid leaves it to be read again.
    facets, words, memo_kind, name
        What its coder says.
    codings, principal, actors, posture, label, same_as
        Of an episode.
    score, terms
        Of a suggestion.
    suggestion, answer, coding
        Of an answer: which suggestion, ``"accepted"`` or ``"rejected"`` (None when it was undone),
        and the coding that it put.
    through, finished
        Of a reading.
    """

    id: UUID
    kind: EventKind
    of: SubjectKind
    subject: UUID
    replaces: tuple[UUID, ...]
    at: int
    by: str
    coder: str
    gone: bool = False
    source: str | None = None
    version: str | None = None
    start: int | None = None
    end: int | None = None
    code: str | None = None
    put: str | None = None
    grid: str | None = None
    debt: bool = False
    facets: Mapping[str, str] | None = None
    words: str | None = None
    memo_kind: str | None = None
    name: str | None = None
    codings: tuple[UUID, ...] | None = None
    principal: UUID | None = None
    actors: tuple[str, ...] | None = None
    posture: str | None = None
    label: str | None = None
    same_as: tuple[UUID, ...] | None = None
    score: float | None = None
    terms: tuple[tuple[int, int], ...] | None = None
    suggestion: UUID | None = None
    answer: Literal["accepted", "rejected"] | None = None
    coding: UUID | None = None
    through: int | None = None
    finished: bool | None = None
