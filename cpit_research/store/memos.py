"""Memos as events, appended and read back."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.model.memo import Memo
from cpit_research.model.segment import Segment
from cpit_research.store.codings import append_rows
from cpit_research.store.fold import heads, last_said

_EVENTS = (
    'SELECT e.id, e.subject, e.kind, e.start, e."end", e.version, v.source, e.payload, e.actor, '
    "e.at FROM event e JOIN text_version v ON v.id = e.version "
    "WHERE e.code IS NULL AND e.kind IN ('memo', 'reanchor', 'confirm', 'retract')"
)


def append_memos(connection: Connection, memos: Iterable[tuple[Memo, bytes]]) -> None:
    """Append memos, each with the keyed digest of its passage."""
    append_rows(
        connection,
        [
            (
                memo.id.bytes, "memo", EVENT_FORMAT, int(memo.at.timestamp() * 1000), memo.author,
                memo.id.bytes, memo.version, memo.segment.start, memo.segment.end, None, None,
                digest, json.dumps(_said(memo), ensure_ascii=False),
            )
            for memo, digest in memos
        ],
    )  # fmt: skip


def _said(memo: Memo) -> dict[str, str]:
    return {"words": memo.words, "kind": memo.kind} if memo.kind else {"words": memo.words}


def stored_memos(connection: Connection) -> Iterator[Memo]:
    """Yield every memo where it stands now, in the words it was last written in, by place."""
    rows: dict[Hashable, Any] = {row[0]: tuple(row) for row in connection.exec_driver_sql(_EVENTS)}
    firsts = {row[1]: row for row in rows.values() if row[2] == "memo" and row[0] == row[1]}
    replaced = [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
    state = heads(((key, row[1]) for key, row in rows.items() if row[1] in firsts), replaced)
    memos = [
        _memo(first, rows[head])
        for subject, first in firsts.items()
        if (head := last_said(state, subject, lambda key: rows[key][2] == "retract")) is not None
    ]
    yield from sorted(memos, key=lambda memo: (memo.segment, memo.id.bytes))


def _memo(first: tuple[Any, ...], head: tuple[Any, ...]) -> Memo:
    """Return a memo; a move says its words no more than the event that first did."""
    _id, _subject, _kind, start, end, version, source, payload, *_rest = head
    said = {"words": json.loads(first[7])["words"], **json.loads(payload)}
    return Memo(
        UUID(bytes=first[0]), Segment(source, start, end), version, said["words"], first[8],
        datetime.fromtimestamp(first[9] / 1000, UTC), said.get("kind"),
    )  # fmt: skip
