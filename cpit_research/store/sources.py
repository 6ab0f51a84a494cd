"""Documents and the versions of their texts, written and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, select, update

from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.store import schema


@dataclass(frozen=True, slots=True)
class Received:
    """One file received, as one reader read it: what is kept beside its text."""

    path: str
    at: int
    encoding: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    asides: tuple[tuple[str, str, str, int], ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownReading:
    """A file and reader already met, and the version they gave."""

    source: str
    version: str
    path: str


def known_readings(connection: Connection) -> dict[tuple[str, str, str], KnownReading]:
    """Return what was already read, by (sha256, reader, source)."""
    table = schema.reading
    rows = connection.execute(
        select(table.c.sha256, table.c.reader, table.c.source, table.c.version, table.c.path)
    )
    return {(row[0], row[1], row[2]): KnownReading(row[2], row[3], row[4]) for row in rows}


def current_versions(connection: Connection) -> dict[str, tuple[str, int]]:
    """Return each source's newest version and its ordinal."""
    table = schema.text_version
    newest = (
        select(table.c.source, func.max(table.c.ordinal).label("ordinal"))
        .group_by(table.c.source)
        .subquery()
    )
    rows = connection.execute(
        select(table.c.source, table.c.id, table.c.ordinal).join(
            newest, (table.c.source == newest.c.source) & (table.c.ordinal == newest.c.ordinal)
        )
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def visits_of(connection: Connection) -> dict[str, str | None]:
    """Return the visit that each source is tied to."""
    rows = connection.execute(select(schema.source.c.id, schema.source.c.visit))
    return {row[0]: row[1] for row in rows}


def text_of(connection: Connection, version: str) -> str:
    """Return the canonical text of a version."""
    table = schema.text_version
    return str(connection.execute(select(table.c.text).where(table.c.id == version)).scalar_one())


def add_source(connection: Connection, source: Source) -> None:
    """Write a document not met before."""
    connection.execute(
        insert(schema.source),
        {"id": source.id, "path": source.path, "kind": source.kind, "visit": source.visit},
    )


def tie(connection: Connection, source: str, visit: str) -> None:
    """Write the visit that a source comes from."""
    table = schema.source
    connection.execute(update(table).where(table.c.id == source).values(visit=visit))


def add_version(connection: Connection, source: Source, ordinal: int, digest: bytes) -> None:
    """Write a new version of the text of a source."""
    connection.execute(
        insert(schema.text_version),
        {
            "id": source.version,
            "source": source.id,
            "ordinal": ordinal,
            "text": source.text,
            "structure": source.structure.pack(),
            "words": source.words,
            "digest": digest,
        },
    )


def add_reading(connection: Connection, source: Source, received: Received) -> None:
    """Write that a file was received, and what its reader set aside."""
    connection.execute(
        insert(schema.reading),
        {
            "sha256": source.sha256,
            "reader": source.reader,
            "source": source.id,
            "version": source.version,
            "path": received.path,
            "at": received.at,
            "encoding": received.encoding,
            "header": _json(dict(received.header)),
            "asides": _json(received.asides),
            "notices": _json(received.notices),
        },
    )


def current_sources(connection: Connection) -> Iterator[Source]:
    """Yield every source in its newest version, by path."""
    statement = """
        SELECT s.id, v.id, s.path, s.kind, v.text, v.structure, v.words, s.visit, r.sha256, r.reader
        FROM source s
        JOIN text_version v ON v.source = s.id
         AND v.ordinal = (SELECT MAX(o.ordinal) FROM text_version o WHERE o.source = s.id)
        LEFT JOIN reading r ON r.version = v.id
         AND r.at = (SELECT MAX(l.at) FROM reading l WHERE l.version = v.id)
        GROUP BY s.id
        ORDER BY s.path
    """
    for row in connection.exec_driver_sql(statement):
        key, version, path, kind, text, structure, words, visit, sha256, reader = row
        yield Source(
            key, version, path, kind, text, Structure.unpack(structure), sha256 or "", reader or "",
            visit, words,
        )  # fmt: skip


def versions(connection: Connection) -> Iterator[tuple[str, str, str, bytes, str]]:
    """Yield every version: id, source, text, digest and packed structure."""
    table = schema.text_version
    columns = (table.c.id, table.c.source, table.c.text, table.c.digest, table.c.structure)
    for row in connection.execute(select(*columns)):
        yield row[0], row[1], row[2], row[3], row[4]


def readings(connection: Connection) -> Iterable[tuple[str, str, str]]:
    """Return every file received: its path, its sha256 and its source."""
    table = schema.reading
    rows = connection.execute(select(table.c.path, table.c.sha256, table.c.source))
    return [(row[0], row[1], row[2]) for row in rows]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
