"""Codings as events: appended in bulk, read back in columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import eq

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from cpit_research.corpus.columns import CodingColumns, Words, order_of
from cpit_research.model.event import CODING_KINDS, EVENT_FORMAT, EventKind
from cpit_research.store import schema
from cpit_research.store.fold import heads
from cpit_research.store.sealing import add

_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CODING_KINDS))
_WORDS = ("kind", "version", "code", "actor", "grid")
_EVENTS = (
    f'SELECT id, subject, start, "end", payload, {", ".join(_WORDS)} '  # noqa: S608  constants only
    f"FROM event WHERE kind IN ({_KINDS}) AND code IS NOT NULL"
)
_AT_ONCE = 500  # few enough that the garbage collector sleeps


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
    """The codings as they stand, and how many are left out, by reason."""

    columns: CodingColumns
    left_out: Mapping[str, int]


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
    replaced = select(links.c.replaced)
    rows = connection.execute(
        select(event.c.id).where(event.c.subject == subject, event.c.id.not_in(replaced))
    )
    return tuple(row[0] for row in rows)


def facets_of(connection: Connection, heads: Sequence[bytes]) -> dict[str, str]:
    """Return the facets that a coding states itself, whatever its episode says."""
    payloads = select(schema.event.c.payload).where(schema.event.c.id.in_(heads))
    (payload, *_others) = connection.execute(payloads.order_by(schema.event.c.id)).scalars()
    facets: dict[str, str] = json.loads(payload).get("facets", {})
    return facets


def load(connection: Connection, grid: str, versions: Mapping[str, str]) -> Loaded:
    """Return the codings put under one grid version, on the current text versions.

    Parameters
    ----------
    connection : Connection
        A connection to the study database.
    grid : str
        Version of the grid.
    versions : mapping of str to str
        Current text versions, each with its source.
    """
    events = _Events()
    events.read(connection)
    if not events.ids:
        return Loaded(CodingColumns.empty(), {})
    replaced = [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
    state = heads(zip(events.ids, events.subjects, strict=True), replaced)
    standing = np.fromiter(map(eq, map(state.current.get, events.subjects), events.ids), np.bool_)
    standing &= ~events.words("kind").among(("retract",))
    here = events.words("grid").among((grid,))
    known = events.words("version").among(versions)
    left_out = {
        "other_grid": int(np.count_nonzero(standing & ~here)),
        "other_version": int(np.count_nonzero(standing & here & ~known)),
        "conflict": len(state.conflicts),
    }
    return Loaded(
        events.columns(np.flatnonzero(standing & here & known), versions),
        {reason: n for reason, n in left_out.items() if n},
    )


class _Ranks(dict[str, int]):
    """The rank of each distinct word, in order of first appearance."""

    def __missing__(self, word: str) -> int:
        self[word] = rank = len(self)
        return rank


class _Events:
    """Every event about a coding, in columns: a repeated word is kept once."""

    def __init__(self) -> None:
        self.ids: list[bytes] = []
        self.subjects: list[bytes] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._payloads: list[str] = []
        self._ranks = {name: _Ranks() for name in _WORDS}
        self._rows: dict[str, list[int]] = {name: [] for name in _WORDS}

    def read(self, connection: Connection) -> None:
        """Read them all; by the driver itself, as the rows of SQLAlchemy take as long again."""
        cursor = connection.connection.cursor()
        try:
            cursor.execute(_EVENTS)
            while rows := cursor.fetchmany(_AT_ONCE):
                ids, subjects, starts, ends, payloads, *words = zip(*rows, strict=True)
                self.ids += ids
                self.subjects += subjects
                self._starts += starts
                self._ends += ends
                self._payloads += payloads
                for name, column in zip(_WORDS, words, strict=True):
                    self._rows[name].extend(map(self._ranks[name].__getitem__, column))
        finally:
            cursor.close()

    def words(self, name: str) -> Words:
        """Return a column of words."""
        return Words(tuple(self._ranks[name]), np.array(self._rows[name], np.int32))

    def columns(self, kept: NDArray[np.int64], versions: Mapping[str, str]) -> CodingColumns:
        """Return the columns of some events, by version, start and subject, whoever wrote first."""
        version = self.words("version")
        start, end = np.array(self._starts)[kept], np.array(self._ends)[kept]
        subject = np.argsort(order_of([self.subjects[row] for row in kept.tolist()]))
        rank = np.argsort(np.argsort(np.array(version.names)))[version.rows[kept]]
        order = np.lexsort((subject, start, rank))
        rows = kept[order]
        current = version.take(rows).used()
        source = Words.of([versions[name] for name in current.names])
        subjects = [self.subjects[row] for row in rows.tolist()]
        payloads = [self._payloads[row] for row in rows.tolist()]
        return CodingColumns(
            np.fromiter(subjects, object, len(subjects)),
            Words(source.names, source.rows[current.rows]),
            current,
            start[order],
            end[order],
            self.words("code").take(rows).used(),
            self.words("actor").take(self._first(rows)).used(),
            self.words("grid").take(rows).used(),
            _facets(subjects, payloads),
        )

    def _first(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows of the first events: who put the code is the coder, whoever moved it."""
        later = [at for at, row in enumerate(rows.tolist()) if self.ids[row] != self.subjects[row]]
        if not later:
            return rows
        known = {key: row for row, key in enumerate(self.ids)}
        first = rows.copy()
        for at in later:
            first[at] = known.get(self.subjects[rows[at]], rows[at])
        return first


def _facets(subjects: Iterable[bytes], payloads: Iterable[str]) -> dict[bytes, dict[str, str]]:
    return {
        subject: json.loads(payload).get("facets", {})
        for subject, payload in zip(subjects, payloads, strict=True)
        if payload != "{}"
    }
