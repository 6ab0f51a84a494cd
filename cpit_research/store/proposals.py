"""Passages *hors grille* as events, and what became of each name."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.store.codings import append_rows, link
from cpit_research.store.fold import heads, last_said

__all__ = [
    "StoredPassage",
    "StoredSettlement",
    "append_passage",
    "append_settlement",
    "stored_passages",
    "stored_settlements",
]

_PASSAGES = (
    'SELECT e.id, e.subject, e.kind, e.version, v.source, e.start, e."end", e.actor, e.at, '
    "e.grid, e.payload FROM event e JOIN text_version v ON v.id = e.version WHERE e.code IS NULL "
    "AND e.kind IN ('propose', 'reanchor', 'confirm', 'retract')"
)
_SETTLED = "SELECT id, subject, actor, at, payload FROM event WHERE kind = 'settle'"


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage proposed, where it stands now: never its words."""

    subject: bytes
    version: str
    source: str
    start: int
    end: int
    coder: str
    at: int
    grid: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class StoredSettlement:
    """What became of the passages of one name; `disputed` when several answers stand."""

    coder: str
    at: int
    payload: Mapping[str, Any]
    disputed: bool = False


def append_passage(connection: Connection, passage: StoredPassage, *, digest: bytes) -> None:
    """Append one ``propose`` event, with the keyed digest of its passage."""
    one = passage
    packed = json.dumps({"name": one.name, "words": one.words}, ensure_ascii=False, sort_keys=True)
    row = (
        one.subject, "propose", EVENT_FORMAT, one.at, one.coder, one.subject, one.version,
        one.start, one.end, None, one.grid, digest, packed,
    )  # fmt: skip
    append_rows(connection, [row])


def append_settlement(
    connection: Connection,
    *,
    event: bytes,
    subject: bytes,
    at: int,
    coder: str,
    payload: Mapping[str, Any],
    replaces: tuple[bytes, ...],
) -> None:
    """Append one ``settle`` event about the passages of a name."""
    packed = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    append_rows(
        connection, [(event, "settle", EVENT_FORMAT, at, coder, subject, *[None] * 6, packed)]
    )
    link(connection, [(event, replaced) for replaced in replaces])


def stored_passages(connection: Connection) -> list[StoredPassage]:
    """Return the passages proposed, as they stand now, oldest first; not those taken back."""
    rows: dict[Hashable, Any] = {
        row[0]: tuple(row) for row in connection.exec_driver_sql(_PASSAGES)
    }
    firsts = {row[1]: row for row in rows.values() if row[2] == "propose" and row[0] == row[1]}
    state = heads(
        ((key, row[1]) for key, row in rows.items() if row[1] in firsts), _replaced(connection)
    )
    found = [
        _passage(first, rows[head])
        for subject, first in firsts.items()
        if (head := last_said(state, subject, lambda key: rows[key][2] == "retract")) is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.subject))


def _passage(first: tuple[Any, ...], head: tuple[Any, ...]) -> StoredPassage:
    """Return a passage; a move says its words no more than the event that first did."""
    said = {**json.loads(first[10]), **json.loads(head[10])}
    _id, _subject, _kind, version, source, start, end, *_rest = head
    coder, at, grid = first[7:10]
    return StoredPassage(
        first[1], version, source, start, end, coder, at, grid or "", said["name"], said["words"]
    )


def stored_settlements(connection: Connection) -> dict[bytes, StoredSettlement]:
    """Return what became of each name, by subject."""
    rows = list(connection.exec_driver_sql(_SETTLED))
    state = heads(((row[0], row[1]) for row in rows), _replaced(connection))
    return {
        subject: StoredSettlement(coder, at, json.loads(payload), subject in state.conflicts)
        for event, subject, coder, at, payload in rows
        if subject in state.conflicts or state.current.get(subject) == event
    }


def _replaced(connection: Connection) -> list[bytes]:
    return [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
