"""What stands of codings and of all that groups and decides them, followed as the record grows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from cpit_research.model.adjudication import Adjudication
from cpit_research.model.reading import Reading
from cpit_research.model.round import Round
from cpit_research.store.adjudications import stored_adjudications
from cpit_research.store.codings import Fates, Loaded, load
from cpit_research.store.episodes import Record, stored_episodes
from cpit_research.store.positions import (
    Position,
    added_since,
    kinds_about,
    position,
    still_holds,
)
from cpit_research.store.readings import stored_readings
from cpit_research.store.rounds import stored_rounds

__all__ = ["Asked", "Gathered", "gathered"]

#: Things beyond which it is quicker to read everything again.
_MOST: Final = 2_000
#: By the kind of an event, what is read again when something was added about its thing. A thing
#: taken back has a beginning too; an episode is the one that may have come to us without it.
_TOLD_BY: Final[Mapping[str, str]] = {
    "decide": "decisions",
    "episode": "episodes",
    "round": "rounds",
    "read": "readings",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What codings are read with: a version of the grid, what older codes became, the texts."""

    grid: str
    fates: Fates
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Codings as they stand, with what groups them, decides of them, and says who read what."""

    at: Position
    loaded: Loaded
    episodes: Record
    decisions: list[Adjudication]
    rounds: tuple[Round, ...]
    readings: list[Reading]


_READ: Final[Mapping[str, Callable[[Connection], Any]]] = {
    "episodes": stored_episodes,
    "decisions": stored_adjudications,
    "rounds": stored_rounds,
    "readings": stored_readings,
}


def gathered(connection: Connection, asked: Asked, before: Gathered | None = None) -> Gathered:
    """Return what stands, from what stood `before` if the record has only grown a little since.

    Parameters
    ----------
    connection : Connection
        A connection that sees one state of the study.
    asked : Asked
        What the codings are read with.
    before : Gathered, optional
        What this function returned for the very same, earlier.
    """
    now = position(connection)
    if before is not None and still_holds(connection, before.at, now):
        subjects, _texts = added_since(connection, before.at)
        if len(subjects) <= _MOST:
            return replace(_followed(connection, asked, before, subjects), at=now)
    loaded = load(connection, asked.grid, asked.fates, asked.versions)
    return Gathered(now, loaded, **{name: read(connection) for name, read in _READ.items()})


def _followed(
    connection: Connection, asked: Asked, before: Gathered, subjects: Collection[bytes]
) -> Gathered:
    fresh = load(connection, asked.grid, asked.fates, asked.versions, subjects)
    changed = {_TOLD_BY[kind] for kind in kinds_about(connection, subjects) & _TOLD_BY.keys()}
    return replace(
        before,
        loaded=before.loaded.exchanged(frozenset(subjects), fresh),
        **{name: _READ[name](connection) for name in sorted(changed)},
    )
