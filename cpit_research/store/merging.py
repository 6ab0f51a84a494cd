"""What a record already holds, what another adds to it, and the links that follow from both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from cpit_research.model.event import PROGRAM
from cpit_research.store.codings import append_rows, link
from cpit_research.store.event_lines import EVENT_COLUMNS, Events, Row
from cpit_research.store.sealing import KEY, sealer

__all__ = ["Held", "add_events", "displace", "forks", "held", "states_of", "unlike"]

#: What an event says beside the state that it leaves.
_LEFT = frozenset({"anchor", "suggestion"})
_COLUMNS = ", ".join(f'e."{name}"' for name in EVENT_COLUMNS)
_HEADS = (
    f"SELECT {_COLUMNS} FROM event e "  # noqa: S608  ours
    "WHERE NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id)"
)
#: Subjects with several heads. Not rounds: each coder says of herself that she has finished, and
#: one left in two states is closed or cancelled again. Not answers to suggestions, corrections nor
#: readings: of two of them, the same one counts everywhere.
_FORKED = (
    "SELECT e.subject FROM event e "
    "WHERE e.kind NOT IN ('round', 'accept', 'reject', 'reopen', 'correct', 'read') "
    "AND NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id) "
    "GROUP BY e.subject HAVING COUNT(*) > 1"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the record holds already.

    Parameters
    ----------
    seals : mapping
        The seal of every event, by id: the same id under another seal is another event.
    begun : set
        Ids of the events that began something.
    links : mapping
        What each event replaces.
    versions : mapping
        Text versions, each with its document.
    """

    seals: Mapping[bytes, bytes] = field(default_factory=dict)
    begun: frozenset[bytes] = frozenset()
    links: Mapping[bytes, frozenset[bytes]] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    def ancestors(self, event: bytes) -> set[bytes]:
        """Return all that came before an event, along the links."""
        found: set[bytes] = set()
        behind = [event]
        while behind:
            more = self.links.get(behind.pop(), frozenset()) - found
            found |= more
            behind += more
        return found


def held(connection: Connection) -> Held:
    """Return what the record holds."""
    rows = connection.exec_driver_sql("SELECT id, subject, seal FROM event").fetchall()
    links: dict[bytes, frozenset[bytes]] = {}
    for event, replaced in connection.exec_driver_sql("SELECT event, replaced FROM event_replaces"):
        links[event] = links.get(event, frozenset()) | {replaced}
    versions = connection.exec_driver_sql("SELECT id, source FROM text_version")
    return Held(
        {row[0]: row[2] for row in rows},
        frozenset(row[0] for row in rows if row[0] == row[1]),
        links,
        {row[0]: row[1] for row in versions},
    )


def unlike(connection: Connection, known: Held, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the events that the record holds under the same id, otherwise."""
    seal = sealer(connection.info[KEY])
    for row in rows:
        theirs = known.seals.get(row[0])
        if theirs is not None and theirs != seal(row):
            yield row


def add_events(connection: Connection, events: Events) -> None:
    """Append events of another record, with what they replace."""
    rows, links = events
    append_rows(connection, rows.values())
    link(connection, ((key, one) for key, replaced in links.items() for one in replaced))


def displace(connection: Connection) -> int:
    """Link what people did to the moves of the program that it displaces; return how many.

    A move is no decision: where a text was corrected in one copy while a person changed the same
    coding in another, the person's change stands, and is carried in its turn.
    """
    moves = {
        row[0]: row[1]
        for row in connection.exec_driver_sql(
            "SELECT e.id, r.replaced FROM event e JOIN event_replaces r ON r.event = e.id "
            "WHERE e.kind = 'reanchor' AND e.actor = ?",
            (PROGRAM,),
        )
    }
    if not moves:
        return 0
    moved: dict[bytes, list[bytes]] = {}
    for move in moves:
        moved.setdefault(_origin(move, moves), []).append(move)
    links = {tuple(row) for row in connection.exec_driver_sql(
        "SELECT event, replaced FROM event_replaces"
    )}  # fmt: skip
    fresh = {
        (event, move)
        for event, replaced in links
        if event not in moves
        for move in moved.get(_origin(replaced, moves), ())
    }
    link(connection, sorted(fresh - links))
    return len(fresh - links)


def forks(connection: Connection) -> dict[bytes, tuple[Row, ...]]:
    """Return what has several last states, oldest first; the same state twice is one."""
    forked = {row[0] for row in connection.exec_driver_sql(_FORKED)}
    if not forked:
        return {}
    found: dict[bytes, dict[tuple[object, ...], Row]] = {}
    for row in sorted((tuple(row) for row in connection.exec_driver_sql(_HEADS)), key=_oldest):
        if row[5] in forked:
            found.setdefault(row[5], {}).setdefault(_state(row), row)
    return {subject: tuple(states.values()) for subject, states in found.items() if len(states) > 1}


def states_of(connection: Connection, subject: bytes) -> tuple[bytes, ...]:
    """Return every event about a subject that no other replaces, alike or not."""
    rows = connection.exec_driver_sql(f"{_HEADS} AND e.subject = ? ORDER BY e.id", (subject,))
    return tuple(row[0] for row in rows)


def _origin(event: bytes, moves: Mapping[bytes, bytes]) -> bytes:
    """Return what a person did last, before the program moved it."""
    while event in moves:
        event = moves[event]
    return event


def _oldest(row: Row) -> tuple[int, bytes]:
    return row[3], row[0]


def _state(row: Row) -> tuple[object, ...]:
    """Return what an event leaves, whoever left it: text, place, code, grid, facets."""
    if row[1] == "retract":
        return ("retract",)
    said = json.loads(row[12])
    kept = {name: value for name, value in said.items() if name not in _LEFT}
    return (*row[6:11], json.dumps(kept, sort_keys=True))
