"""One text version and the newest of its document, read alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

__all__ = ["VersionOf", "newest_of", "version_of"]

_NEWEST = "SELECT id FROM text_version WHERE source = ? ORDER BY ordinal DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class VersionOf:
    """A text version, its document, and the newest version of that document."""

    id: str
    source: str
    path: str
    newest: str
    text: str = field(repr=False)


def version_of(connection: Connection, version: str) -> VersionOf | None:
    """Return a text version, None when there is no such version."""
    row = connection.exec_driver_sql(
        "SELECT v.id, v.source, s.path, v.text FROM text_version v "
        "JOIN source s ON s.id = v.source WHERE v.id = ?",
        (version,),
    ).one_or_none()
    if row is None:
        return None
    return VersionOf(row[0], row[1], row[2], newest_of(connection, row[1]) or row[0], row[3])


def newest_of(connection: Connection, source: str) -> str | None:
    """Return the newest version of a document, None when there is no such document."""
    found = connection.exec_driver_sql(_NEWEST, (source,)).scalar_one_or_none()
    return None if found is None else str(found)
