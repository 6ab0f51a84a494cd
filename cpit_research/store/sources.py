"""Documents and the versions of their texts, written and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from sqlalchemy import Connection, func, select

from cpit_research.errors import NotFound
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.store import schema
from cpit_research.store.sealing import add, change
from cpit_research.wording import gettext as _

_NEWEST = """
    SELECT s.id, v.id, s.path, s.kind, v.text, v.structure, v.words, s.visit
    FROM source s
    JOIN (SELECT source, MAX(ordinal) AS ordinal FROM text_version GROUP BY source) newest
      ON newest.source = s.id
    JOIN text_version v ON v.source = s.id AND v.ordinal = newest.ordinal
"""


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


def current_versions(
    connection: Connection, source: str | None = None
) -> dict[str, tuple[str, int]]:
    """Return each source's newest version and its ordinal; those of one when it is said."""
    table = schema.text_version
    asked = select(table.c.source, func.max(table.c.ordinal).label("ordinal"))
    if source is not None:
        asked = asked.where(table.c.source == source)
    newest = asked.group_by(table.c.source).subquery()
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


def header_of(connection: Connection, source: str) -> dict[str, str]:
    """Return the header fields of the newest version of a source, as last read."""
    table, version = schema.reading, schema.text_version
    statement = (
        select(table.c.header)
        .join(version, version.c.id == table.c.version)
        .where(table.c.source == source)
        .order_by(version.c.ordinal.desc(), table.c.at.desc())
    )
    packed = connection.execute(statement.limit(1)).scalar_one_or_none()
    return dict(json.loads(packed)) if packed else {}


def add_sources(connection: Connection, sources: Iterable[Source]) -> None:
    """Write documents not met before."""
    add(
        connection,
        schema.source,
        ((source.id, source.path, source.kind, source.visit) for source in sources),
    )


def tie(connection: Connection, visits: Mapping[str, str]) -> None:
    """Write the visits that sources come from."""
    for source, visit in visits.items():
        change(connection, schema.source, source, visit=visit)


def add_versions(connection: Connection, versions: Iterable[tuple[Source, int, bytes]]) -> None:
    """Write new versions of texts: each source, its ordinal, the digest of its text."""
    add(
        connection,
        schema.text_version,
        (
            (
                source.version, source.id, ordinal, source.text, source.structure.pack(),
                source.words, digest,
            )
            for source, ordinal, digest in versions
        ),
    )  # fmt: skip


def add_readings(connection: Connection, readings: Iterable[tuple[Source, Received]]) -> None:
    """Write that files were received, and what their readers set aside."""
    add(
        connection,
        schema.reading,
        (
            (
                source.sha256, source.reader, source.id, source.version, received.path,
                received.at, received.encoding, _json(dict(received.header)),
                _json(received.asides), _json(received.notices),
            )
            for source, received in readings
        ),
    )  # fmt: skip


def current_sources(connection: Connection) -> Iterator[Source]:
    """Yield every source in its newest version, by path."""
    last: dict[str, tuple[str, str]] = {}  # of several files that gave one version, the last one
    newest: dict[str, tuple[str, str]] = {}  # of a version corrected here, that of the one before
    for version, source, sha256, reader in connection.exec_driver_sql(
        "SELECT r.version, r.source, r.sha256, r.reader FROM reading r "
        "JOIN text_version v ON v.id = r.version ORDER BY v.ordinal, r.at, r.sha256, r.reader"
    ):
        last[version] = newest[source] = (sha256, reader)
    # Sorted here: the database would copy every text to sort its row.
    for row in sorted(connection.exec_driver_sql(_NEWEST), key=itemgetter(2)):
        key, version, path, kind, text, structure, words, visit = row
        yield Source(
            key, version, path, kind, text, Structure.unpack(structure),
            *last.get(version, newest.get(key, ("", ""))), visit, words,
        )  # fmt: skip


def newest_source(connection: Connection, source: str) -> tuple[Source, int]:
    """Return one document in its newest version, and the ordinal of that version.

    Raises
    ------
    NotFound
        If the study has no such document.
    """
    row = connection.exec_driver_sql(
        "SELECT v.id, s.path, s.kind, v.text, v.structure, s.visit, v.words, v.ordinal "
        "FROM text_version v JOIN source s ON s.id = v.source "
        "WHERE s.id = ? ORDER BY v.ordinal DESC LIMIT 1",
        (source,),
    ).one_or_none()
    if row is None:
        raise NotFound(_("The study has no document {source}.").format(source=source))
    version, path, kind, text, structure, *rest, ordinal = row
    return Source(
        source, version, path, kind, text, Structure.unpack(structure), "", "", *rest
    ), ordinal


def state_of_texts(connection: Connection) -> object:
    """Return what changes whenever a document, its visit, its text or a file received does."""
    (numbers,) = connection.exec_driver_sql(
        "SELECT (SELECT MAX(rowid) FROM text_version), (SELECT MAX(rowid) FROM reading), "
        "(SELECT COUNT(*) FROM text_version), (SELECT COUNT(*) FROM reading)"
    ).all()
    seals = connection.execute(select(schema.source.c.seal)).scalars()
    return tuple(numbers), hash(tuple(seals))


def known_versions(connection: Connection) -> set[str]:
    """Return the ids of every version, old ones too."""
    return set(connection.execute(select(schema.text_version.c.id)).scalars())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
