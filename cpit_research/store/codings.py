"""Codings as events: appended in bulk, read back in columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, insert, select

from cpit_research.corpus.codings import CodingColumns, Words
from cpit_research.model.event import CODING_KINDS, EVENT_FORMAT, EventKind
from cpit_research.store import schema
from cpit_research.store.fold import heads

_COLUMNS = (
    "id", "kind", "format", "at", "actor", "subject", "version", "start", "end", "code", "grid",
    "digest", "payload",
)  # fmt: skip
_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CODING_KINDS))
_STANDING = (
    'SELECT id, kind, actor, subject, version, start, "end", code, grid, payload '  # noqa: S608  constants only
    f"FROM event WHERE kind IN ({_KINDS}) ORDER BY version, start, subject"
)
_ANCHORS = (
    'SELECT subject, version, start, "end", digest, grid '  # noqa: S608  constants only
    f"FROM event WHERE kind IN ({_KINDS})"
)


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
class Anchor:
    """Where one coding event stands, and the digest of the passage it marked."""

    subject: bytes
    version: str
    start: int
    end: int
    digest: bytes
    grid: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The codings as they stand, and how many are left out, by reason."""

    columns: CodingColumns
    left_out: Mapping[str, int]


def append_rows(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Append events given as tuples in the order of :meth:`CodingEvent.row`."""
    parameters = list(rows)
    if not parameters:
        return
    statement = insert(schema.event).values({name: bindparam(name) for name in _COLUMNS})
    compiled = statement.compile(dialect=connection.dialect)
    connection.exec_driver_sql(str(compiled), parameters)


def append(connection: Connection, events: Sequence[CodingEvent]) -> None:
    """Append events and the links to those they replace."""
    append_rows(connection, (event.row() for event in events))
    links = [
        {"event": event.id, "replaced": replaced} for event in events for replaced in event.replaces
    ]
    if links:
        connection.execute(insert(schema.event_replaces), links)


def heads_of(connection: Connection, subject: bytes) -> tuple[bytes, ...]:
    """Return the events about one coding that no other replaces."""
    event, links = schema.event, schema.event_replaces
    replaced = select(links.c.replaced)
    rows = connection.execute(
        select(event.c.id).where(event.c.subject == subject, event.c.id.not_in(replaced))
    )
    return tuple(row[0] for row in rows)


def every(connection: Connection) -> Iterator[Anchor]:
    """Yield the anchor of every event about a coding, old ones too."""
    rows = connection.exec_driver_sql(_ANCHORS)
    return (Anchor(*row) for row in rows)


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
    standing = _standing(connection)
    if not standing:
        return Loaded(CodingColumns.empty(), {})
    ids, kinds, coders, subjects, versions_of, starts, ends, codes, grids, payloads = standing
    replaced = [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
    state = heads(zip(ids, subjects, strict=True), replaced)
    kept, left_out = _kept(ids, kinds, subjects, versions_of, grids, state.current, grid, versions)
    left_out["conflict"] = len(state.conflicts)
    picked = [list(compress(column, kept)) for column in (versions_of, codes, coders, grids)]
    version_column = Words.of(picked[0])
    source_column = Words.of([versions[name] for name in version_column.names])
    keys = np.fromiter(compress(subjects, kept), object, sum(kept))
    columns = CodingColumns(
        keys,
        Words(source_column.names, source_column.rows[version_column.rows]),
        version_column,
        np.fromiter(compress(starts, kept), np.int64),
        np.fromiter(compress(ends, kept), np.int64),
        Words.of(picked[1]),
        Words.of(picked[2]),
        Words.of(picked[3]),
        _facets(compress(subjects, kept), compress(payloads, kept)),
    )
    return Loaded(columns, {reason: n for reason, n in left_out.items() if n})


def _standing(connection: Connection) -> list[tuple[Any, ...]]:
    """Return the columns of every event about a coding, in the order of :data:`_STANDING`."""
    rows = connection.exec_driver_sql(_STANDING).fetchall()
    return list(zip(*rows, strict=True))


def _kept(  # noqa: PLR0917  one argument a column
    ids: Sequence[bytes],
    kinds: Sequence[str],
    subjects: Sequence[bytes],
    versions_of: Sequence[str],
    grids: Sequence[str],
    current: Mapping[Any, Any],
    grid: str,
    versions: Mapping[str, str],
) -> tuple[list[bool], dict[str, int]]:
    left_out = {"other_grid": 0, "other_version": 0}
    kept: list[bool] = []
    for key, kind, subject, version, under in zip(
        ids, kinds, subjects, versions_of, grids, strict=True
    ):
        standing = kind != "retract" and current.get(subject) == key
        if standing and under != grid:
            left_out["other_grid"] += 1
            standing = False
        elif standing and version not in versions:
            left_out["other_version"] += 1
            standing = False
        kept.append(standing)
    return kept, left_out


def _facets(subjects: Iterable[bytes], payloads: Iterable[str]) -> dict[bytes, dict[str, str]]:
    return {
        subject: json.loads(payload).get("facets", {})
        for subject, payload in zip(subjects, payloads, strict=True)
        if payload != "{}"
    }
