"""Memos as events, appended and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.model.memo import Memo
from cpit_research.model.segment import Segment
from cpit_research.store.codings import append_rows
from cpit_research.store.fold import heads

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
    """Yield every memo where it stands now, by source and place."""
    rows = list(connection.exec_driver_sql(_EVENTS))
    replaced = [row[0] for row in connection.exec_driver_sql("SELECT replaced FROM event_replaces")]
    state = heads(((row[0], row[1]) for row in rows), replaced)
    last = {row[0]: row for row in rows}
    memos = []
    for key, _subject, kind, start, end, version, source, payload, author, at in rows:
        head = state.current.get(key, key)
        if kind != "memo" or last[head][2] == "retract":
            continue
        _id, _subject, _kind, start, end, version, source, *_rest = last[head]  # noqa: PLW2901
        said = json.loads(payload)
        memos.append(
            Memo(
                UUID(bytes=key),
                Segment(source, start, end),
                version,
                said["words"],
                author,
                datetime.fromtimestamp(at / 1000, UTC),
                said.get("kind"),
            )
        )
    yield from sorted(memos, key=lambda memo: (memo.segment, memo.id.bytes))
