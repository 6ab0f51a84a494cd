"""Adjudications as events: the coding that stands, and those that it is about."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.adjudication import Adjudication
from cpit_research.model.event import EVENT_FORMAT
from cpit_research.model.segment import Segment
from cpit_research.store.codings import append_rows
from cpit_research.store.fold import alike, heads

__all__ = ["append_adjudication", "stored_adjudications"]

#: Every event about what a decision began; one that answers a remark stands on no text.
_EVENTS = (
    'SELECT e.id, e.subject, e.kind, e.version, v.source, e.start, e."end", e.code, e.grid, '
    "e.actor, e.at, e.payload FROM event e JOIN text_version v ON v.id = e.version "
    "WHERE e.subject IN (SELECT id FROM event WHERE kind = 'decide' AND version IS NOT NULL)"
)


def append_adjudication(
    connection: Connection,
    decided: Adjudication,
    digest: bytes,
    facets: Mapping[str, str] | None = None,
) -> None:
    """Append a decision, with the keyed digest of its passage.

    Parameters
    ----------
    connection : Connection
        A transaction of the study database.
    decided : Adjudication
        What was decided.
    digest : bytes
        Keyed digest of the words of the passage.
    facets : mapping of str to str, optional
        Facets of the coding that it puts.
    """
    stated = {
        "of": [str(key) for key in decided.of],
        "reason": decided.reason,
        "why": decided.why,
        "kept": str(decided.kept) if decided.kept else "",
        "round": str(decided.round) if decided.round else "",
        "facets": dict(facets or {}),
    }
    packed = json.dumps({name: value for name, value in stated.items() if value})
    key = decided.id.bytes
    row = (
        key, "decide", EVENT_FORMAT, int(decided.at.timestamp() * 1000), decided.by, key,
        decided.version, decided.segment.start, decided.segment.end, decided.code or None,
        decided.grid or None, digest, packed,
    )  # fmt: skip
    append_rows(connection, [row])


def stored_adjudications(connection: Connection) -> list[Adjudication]:
    """Return the decisions that stand, each on the passage where it is now, oldest first."""
    rows: dict[Hashable, Any] = {row[0]: tuple(row) for row in connection.exec_driver_sql(_EVENTS)}
    if not rows:
        return []
    replaced = [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
    state = alike(
        heads(((key, row[1]) for key, row in rows.items()), replaced),
        lambda event: _left(rows[event]),
    )
    found = [
        _adjudication(rows[subject], rows[head])
        for subject, head in state.current.items()
        if rows[head][2] != "retract" and subject in rows
    ]
    return sorted(found, key=lambda one: one.id.int)


def _left(row: tuple[Any, ...]) -> tuple[object, ...]:
    """Return the state in which an event leaves what was decided."""
    return (True,) if row[2] == "retract" else (False, row[3], *row[5:9])


def _adjudication(first: tuple[Any, ...], head: tuple[Any, ...]) -> Adjudication:
    _id, _subject, _kind, version, source, start, end, code, grid, *_rest = head
    payload = json.loads(first[11])
    return Adjudication(
        UUID(bytes=first[0]),
        Segment(source, start, end),
        version,
        tuple(map(UUID, payload["of"])),
        payload["reason"],
        payload.get("why", ""),
        first[9],
        datetime.fromtimestamp(first[10] / 1000, UTC),
        code or "",
        grid or "",
        UUID(payload["kept"]) if "kept" in payload else None,
        UUID(payload["round"]) if "round" in payload else None,
    )
