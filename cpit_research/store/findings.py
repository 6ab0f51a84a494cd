"""Findings as events: kept whole, replaced by their next version, never rewritten."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.store import schema
from cpit_research.store.codings import append_rows, link
from cpit_research.store.fold import heads


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding as kept: ids only, never the words of a source."""

    subject: bytes
    event: bytes
    actor: str
    at: int
    payload: Mapping[str, Any]


def append_finding(
    connection: Connection,
    *,
    event: bytes,
    subject: bytes,
    actor: str,
    at: int,
    payload: Mapping[str, Any],
    replaces: tuple[bytes, ...] = (),
) -> None:
    """Append one ``conclude`` event."""
    packed = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    row = (event, "conclude", EVENT_FORMAT, at, actor, subject, *[None] * 6, packed)
    append_rows(connection, [row])
    link(connection, [(event, replaced) for replaced in replaces])


def stored_findings(connection: Connection) -> list[StoredFinding]:
    """Return the findings as they stand, in the order they were first drawn."""
    table = schema.event
    columns = (table.c.subject, table.c.id, table.c.actor, table.c.at, table.c.payload)
    rows = connection.execute(
        select(*columns).where(table.c.kind == "conclude").order_by(table.c.id)
    )
    events = [StoredFinding(*row[:4], json.loads(row[4])) for row in rows]
    replaced = [row[0] for row in connection.execute(select(schema.event_replaces.c.replaced))]
    state = heads(((event.event, event.subject) for event in events), replaced)
    standing = set(state.current.values())
    current = {event.subject: event for event in events if event.event in standing}
    drawn = dict.fromkeys(event.subject for event in events)
    return [current[subject] for subject in drawn if subject in current]
