"""Codings as events: appended in bulk, read back in columns."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from sqlalchemy import Connection, select

from cpit_research.corpus.columns import CodingColumns
from cpit_research.corpus.following import exchanged
from cpit_research.model.event import EVENT_FORMAT, EventKind
from cpit_research.store import schema
from cpit_research.store.coding_events import (
    FOLLOWS,
    UNDECIDED,
    UNKNOWN,
    CodingEvents,
    Fates,
)
from cpit_research.store.sealing import add

__all__ = [
    "REASONS",
    "CodingEvent",
    "Fates",
    "Loaded",
    "append",
    "append_rows",
    "heads_of",
    "link",
    "load",
    "read_again",
    "standing_events",
]

#: Why codings are left out.
REASONS: Final = ("debt", "other_grid", "other_version", "conflict")
_STATE = (
    "id", "kind", "at", "actor", "subject", "version", "start", "end", "code", "grid", "digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodingEvent:
    """One event about one coding, with the whole state that it leaves."""

    id: bytes
    kind: EventKind
    at: int
    actor: str
    subject: bytes
    version: str
    start: int
    end: int
    code: str
    grid: str
    digest: bytes
    facets: Mapping[str, str] = field(default_factory=dict)
    replaces: tuple[bytes, ...] = ()

    def row(self) -> tuple[object, ...]:
        """Return the values of its columns, in the order of the table."""
        payload = (
            json.dumps({"facets": dict(self.facets)}, ensure_ascii=False) if self.facets else "{}"
        )
        return (
            self.id, self.kind, EVENT_FORMAT, self.at, self.actor, self.subject, self.version,
            self.start, self.end, self.code, self.grid, self.digest, payload,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """The codings as they stand.

    Parameters
    ----------
    columns : CodingColumns
        Those that bear a code of the grid asked for, as it is or as it follows.
    apart : mapping of str to frozenset of bytes
        Those that are left out, by reason: one of :data:`REASONS`.
    undecided : CodingColumns
        Those that a change of the grid leaves to be read again, under their own code and version.
    versions : frozenset of str
        Texts on which any of them ever stood.
    """

    columns: CodingColumns
    apart: Mapping[str, frozenset[bytes]]
    undecided: CodingColumns
    versions: frozenset[str] = frozenset()

    @classmethod
    def nothing(cls) -> Loaded:
        """Return no coding."""
        return cls(CodingColumns.empty(), {}, CodingColumns.empty())

    @property
    def left_out(self) -> dict[str, int]:
        """How many are left out, by reason."""
        return {reason: len(ids) for reason, ids in self.apart.items()}

    def exchanged(self, gone: Collection[bytes], fresh: Loaded) -> Loaded:
        """Return the same, some codings as they are now.

        Parameters
        ----------
        gone : collection of bytes
            Their ids: all those about which something was added since, at least.
        fresh : Loaded
            These alone, loaded under the same grid on the same texts.
        """
        apart = {
            reason: (self.apart.get(reason, frozenset()) - frozenset(gone))
            | fresh.apart.get(reason, frozenset())
            for reason in REASONS
        }
        return Loaded(
            exchanged(self.columns, gone, fresh.columns, fresh.versions),
            {reason: ids for reason, ids in apart.items() if ids},
            exchanged(self.undecided, gone, fresh.undecided, fresh.versions),
            self.versions | fresh.versions,
        )


def append_rows(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Append events given as tuples in the order of :meth:`CodingEvent.row`."""
    add(connection, schema.event, rows)


def append(connection: Connection, events: Sequence[CodingEvent]) -> None:
    """Append events and the links to those they replace."""
    append_rows(connection, (event.row() for event in events))
    link(connection, ((event.id, replaced) for event in events for replaced in event.replaces))


def link(connection: Connection, links: Iterable[tuple[bytes, bytes]]) -> None:
    """Append links: an event, and one that it replaces."""
    add(connection, schema.event_replaces, links)


def heads_of(connection: Connection, subject: bytes) -> tuple[bytes, ...]:
    """Return the events about one coding that no other replaces."""
    event, links = schema.event, schema.event_replaces
    is_replaced = select(links.c.event).where(links.c.replaced == event.c.id).exists()
    rows = connection.execute(select(event.c.id).where(event.c.subject == subject, ~is_replaced))
    return tuple(row[0] for row in rows)


def load(
    connection: Connection,
    grid: str,
    carried: Fates,
    versions: Mapping[str, str],
    subjects: Collection[bytes] | None = None,
) -> Loaded:
    """Return the codings on the current text versions, each under the code that it bears now.

    Parameters
    ----------
    connection : Connection
        A connection to the study database.
    grid : str
        Version of the grid asked for: its own codings bear their own code, known to it or not.
    carried : mapping of (str, str) to str or None
        What every code of older versions became; codings of other versions are left out.
    versions : mapping of str to str
        Current text versions, each with its source.
    subjects : collection of bytes, optional
        These codings alone.
    """
    events = CodingEvents(connection, subjects)
    if not events.ids:
        return Loaded.nothing()
    standing, contended = events.standing()
    codes, fate = events.carried(carried, grid)
    known = events.words("version").among(versions)
    undecided = standing & (fate == UNDECIDED) & known
    apart = {
        "debt": events.about(undecided),
        "other_grid": events.about(standing & (fate == UNKNOWN)),
        "other_version": events.about(standing & (fate != UNKNOWN) & ~known),
        "conflict": contended,
    }
    return Loaded(
        events.columns(np.flatnonzero(standing & (fate == FOLLOWS) & known), versions, codes),
        {reason: ids for reason, ids in apart.items() if ids},
        events.columns(np.flatnonzero(undecided), versions, events.words("code")),
        frozenset(events.words("version").names),
    )


def standing_events(connection: Connection, subject: bytes) -> tuple[CodingEvent, ...]:
    """Return the events about one coding that no other replaces, with the state they leave."""
    table = schema.event
    found = []
    for key in heads_of(connection, subject):
        row = connection.execute(select(*table.c).where(table.c.id == key)).one()
        values = {name: row._mapping[name] for name in _STATE}  # noqa: SLF001  SQLAlchemy's own name
        facets = json.loads(row.payload).get("facets", {})
        found.append(CodingEvent(**values, facets=facets))
    return tuple(found)


def read_again(
    connection: Connection, coder: str, grid: str
) -> dict[tuple[str, int, int, str], bytes]:
    """Return the codings that a coder put under a version, recoded since, by place and code."""
    rows = connection.exec_driver_sql(
        'SELECT version, start, "end", code, subject FROM event '
        "WHERE kind = 'apply' AND id = subject AND actor = ? AND grid = ? "
        "AND subject IN (SELECT subject FROM event WHERE kind = 'recode')",
        (coder, grid),
    )
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows}
