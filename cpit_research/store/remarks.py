"""Remarks of review copies as events, and the answers that replace their heads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT, EventKind
from cpit_research.model.remark import Decision, Remark
from cpit_research.store.codings import append_rows, link
from cpit_research.store.fold import heads

__all__ = ["append_decision", "append_remarks", "said", "stored_remarks"]

_EVENTS = (
    "SELECT id, kind, subject, actor, at, payload FROM event "
    "WHERE version IS NULL AND kind IN ('remark', 'decide')"
)
_SAID = ("grid", "fingerprint", "code", "opinion", "proposal", "author", "organisation", "name")


def said(remark: Remark) -> dict[str, str]:
    """Return all that a remark says: its identity derives from it."""
    return {name: getattr(remark, name) for name in _SAID}


def append_remarks(connection: Connection, remarks: Iterable[Remark]) -> None:
    """Append remarks that the study does not hold yet."""
    append_rows(
        connection,
        (
            _row(one, one.id.bytes, "remark", one.at, actor=one.author or one.organisation)
            for one in remarks
        ),
    )


def append_decision(
    connection: Connection,
    remark: Remark,
    *,
    event: bytes,
    at: datetime,
    coder: str,
    decision: Decision | None,
    replaces: tuple[bytes, ...],
) -> None:
    """Append the answer to a remark, whole; None opens it again."""
    answer = (
        {}
        if decision is None
        else {"decision": {"accepted": decision.accepted, "reason": decision.reason}}
    )
    append_rows(connection, [_row(remark, event, "decide", at, actor=coder, answer=answer)])
    link(connection, [(event, replaced) for replaced in replaces])


def stored_remarks(connection: Connection) -> list[Remark]:
    """Return the remarks as they stand, oldest first."""
    rows = list(connection.exec_driver_sql(_EVENTS))
    replaced = [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
    state = heads(((row[0], row[2]) for row in rows), replaced)
    events = {row[0]: row for row in rows}
    found = [
        _remark(row, events[state.current.get(row[2], row[0])], disputed=row[2] in state.conflicts)
        for row in rows
        if row[1] == "remark"
    ]
    return sorted(found, key=lambda one: (one.at, one.id.bytes))


def _row(
    remark: Remark,
    event: bytes,
    kind: EventKind,
    at: datetime,
    *,
    actor: str,
    answer: Mapping[str, object] = MappingProxyType({}),
) -> tuple[object, ...]:
    packed = json.dumps({**said(remark), **answer}, ensure_ascii=False, sort_keys=True)
    when = int(at.timestamp() * 1000)
    return (event, kind, EVENT_FORMAT, when, actor, remark.id.bytes, *[None] * 6, packed)


def _remark(first: Any, head: Any, *, disputed: bool) -> Remark:
    _id, _kind, subject, _actor, at, payload = first
    _id, _kind, _subject, coder, decided, answer = head
    held = json.loads(answer).get("decision")
    decision = Decision(held["accepted"], held["reason"], coder, _moment(decided)) if held else None
    return Remark(
        id=UUID(bytes=subject),
        at=_moment(at),
        decision=None if disputed else decision,
        disputed=disputed,
        **json.loads(payload),
    )


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
