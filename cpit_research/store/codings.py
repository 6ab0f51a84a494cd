"""Codings as events: appended in bulk, read back in columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import eq

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from cpit_research.corpus.columns import CodingColumns, Words, order_of
from cpit_research.model.event import CODING_KINDS, EVENT_FORMAT, EventKind
from cpit_research.store import schema
from cpit_research.store.fold import alike, heads
from cpit_research.store.sealing import add

_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CODING_KINDS))
_WORDS = ("kind", "version", "code", "actor", "grid")
_EVENTS = (
    f'SELECT id, subject, start, "end", payload, {", ".join(_WORDS)} '  # noqa: S608  constants only
    f"FROM event WHERE kind IN ({_KINDS}) AND code IS NOT NULL"
)
#: What becomes of a coding under the grid asked for.
_FOLLOWS, _UNDECIDED, _UNKNOWN = 1, 0, -1
_STATE = (
    "id", "kind", "at", "actor", "subject", "version", "start", "end", "code", "grid", "digest",
)  # fmt: skip
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


#: By grid version and code, the code in the grid asked for; None for codings to be read again.
Fates = Mapping[tuple[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The codings as they stand.

    Parameters
    ----------
    columns : CodingColumns
        Those that bear a code of the grid asked for, as it is or as it follows.
    left_out : mapping of str to int
        How many are left out, by reason.
    undecided : CodingColumns
        Those that a change of the grid leaves to be read again, under their own code and version.
    """

    columns: CodingColumns
    left_out: Mapping[str, int]
    undecided: CodingColumns


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


def load(connection: Connection, grid: str, carried: Fates, versions: Mapping[str, str]) -> Loaded:
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
    """
    events = _Events()
    events.read(connection)
    if not events.ids:
        return Loaded(CodingColumns.empty(), {}, CodingColumns.empty())
    replaced = [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
    state = alike(heads(zip(events.ids, events.subjects, strict=True), replaced), events.left)
    standing = np.fromiter(map(eq, map(state.current.get, events.subjects), events.ids), np.bool_)
    standing &= ~events.words("kind").among(("retract",))
    codes, fate = events.carried(carried, grid)
    known = events.words("version").among(versions)
    here = standing & (fate == _FOLLOWS) & known
    undecided = standing & (fate == _UNDECIDED) & known
    left_out = {
        "debt": int(np.count_nonzero(undecided)),
        "other_grid": int(np.count_nonzero(standing & (fate == _UNKNOWN))),
        "other_version": int(np.count_nonzero(standing & (fate != _UNKNOWN) & ~known)),
        "conflict": len(state.conflicts),
    }
    return Loaded(
        events.columns(np.flatnonzero(here), versions, codes),
        {reason: n for reason, n in left_out.items() if n},
        events.columns(np.flatnonzero(undecided), versions, events.words("code")),
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

    def left(self, event: object) -> tuple[object, ...]:
        """Return the state in which an event leaves its coding."""
        row = self._row_of[event]
        ranks = [self._rows[name][row] for name in ("version", "code", "grid")]
        facets = json.loads(self._payloads[row]).get("facets", {})
        retracted = self._rows["kind"][row] == self._ranks["kind"].get("retract")
        if retracted:
            return (True,)
        return False, *ranks, self._starts[row], self._ends[row], *sorted(facets.items())

    @cached_property
    def _row_of(self) -> dict[object, int]:
        return {key: row for row, key in enumerate(self.ids)}

    def carried(self, carried: Fates, asked: str) -> tuple[Words, NDArray[np.int8]]:
        """Return the code that each event bears now, and what becomes of it."""
        codes, grids = self.words("code"), self.words("grid")
        pairs = grids.rows.astype(np.int64) * len(codes.names) + codes.rows
        met, rows = np.unique(pairs, return_inverse=True)
        now, fates = [], []
        for pair in met.tolist():
            grid, code = divmod(pair, len(codes.names))
            key = grids.names[grid], codes.names[code]
            found = key[1] if key[0] == asked else carried.get(key)
            now.append(found or key[1])
            fates.append(_FOLLOWS if found else _UNDECIDED if key in carried else _UNKNOWN)
        borne = Words.of(now)
        return Words(borne.names, borne.rows[rows]), np.array(fates, np.int8)[rows]

    def columns(
        self, kept: NDArray[np.int64], versions: Mapping[str, str], codes: Words
    ) -> CodingColumns:
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
            codes.take(rows).used(),
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
