"""How far a record had been written, and what was added to it since.

Rows are only ever added, and SQLite numbers them in that order. Erasure, which rewrites the file,
and an older copy put back in its place number them anew: a position then no longer holds, as the id
of its last event tells.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

__all__ = ["Position", "added_since", "kinds_about", "position", "sources_about", "still_holds"]

_NOW = (
    "SELECT (SELECT MAX(rowid) FROM event), (SELECT MAX(rowid) FROM event_replaces), "
    "(SELECT MAX(rowid) FROM text_version), "
    "(SELECT id FROM event WHERE rowid = (SELECT MAX(rowid) FROM event))"
)
_SUBJECTS = (
    "SELECT subject FROM event WHERE rowid > ? UNION SELECT e.subject FROM event_replaces r "
    "JOIN event e ON e.id IN (r.event, r.replaced) WHERE r.rowid > ?"
)
#: What takes an episode back stands on no text.
_KINDS = (
    "SELECT DISTINCT CASE WHEN kind = 'retract' AND version IS NULL THEN 'episode' ELSE kind END "
    "FROM event WHERE subject IN ({marks})"
)
#: Episodes and readings stand on no text, and say their document themselves.
_SOURCES = (
    "SELECT DISTINCT coalesce(v.source, json_extract(e.payload, '$.source')) FROM event e "
    "LEFT JOIN text_version v ON v.id = e.version WHERE e.subject IN ({marks})"
)
#: An answer stands on no text: its suggestion does.
_ANSWERED = (
    "SELECT DISTINCT json_extract(payload, '$.of[0]') FROM event "
    "WHERE kind IN ('accept', 'reject', 'reopen') AND subject IN ({marks})"
)
#: Parameters of one statement.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Position:
    """Numbers of the last event, link and text version, the id of that event, and of the schema.

    That of the schema changes when guards are lifted, and when the file is written anew.
    """

    events: int = 0
    links: int = 0
    texts: int = 0
    schema: int = 0
    last: bytes = bytes(16)


def position(connection: Connection) -> Position:
    """Return how far the record is written."""
    events, links, texts, last = connection.exec_driver_sql(_NOW).one()
    schema = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    return Position(events or 0, links or 0, texts or 0, schema, last or bytes(16))


def still_holds(connection: Connection, since: Position, now: Position) -> bool:
    """Tell whether a position is one that this record has had."""
    if since.schema != now.schema or since.links > now.links or since.texts > now.texts:
        return False
    row = connection.exec_driver_sql(
        "SELECT id FROM event WHERE rowid = ?", (since.events,)
    ).first()
    return since.last == (row[0] if row else bytes(16))


def added_since(connection: Connection, since: Position) -> tuple[set[bytes], set[str]]:
    """Return the things about which something was added, and the documents with a new text."""
    subjects = connection.exec_driver_sql(_SUBJECTS, (since.events, since.links))
    texts = connection.exec_driver_sql(
        "SELECT source FROM text_version WHERE rowid > ?", (since.texts,)
    )
    return {row[0] for row in subjects}, {row[0] for row in texts}


def kinds_about(connection: Connection, subjects: Collection[bytes]) -> set[str]:
    """Return the kinds of all that ever happened to some things."""
    return _told(connection, _KINDS, subjects)


def sources_about(connection: Connection, subjects: Collection[bytes]) -> set[str]:
    """Return the documents where some things stand or stood, or that answers are about."""
    answered = {UUID(key).bytes for key in _told(connection, _ANSWERED, subjects)}
    return _told(connection, _SOURCES, answered | set(subjects)) - {None}


def _told(connection: Connection, statement: str, subjects: Collection[bytes]) -> set[Any]:
    """Return what a statement says of some things, a part of them at a time."""
    listed, found = tuple(subjects), set[Any]()
    for at in range(0, len(listed), _AT_ONCE):
        part = listed[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        rows = connection.exec_driver_sql(statement.format(marks=marks), part)
        found.update(row[0] for row in rows)
    return found
