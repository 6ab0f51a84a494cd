"""Memos as events, appended and read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, select

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.model.memo import Memo
from cpit_research.model.segment import Segment
from cpit_research.store import schema
from cpit_research.store.codings import append_rows


def append_memos(connection: Connection, memos: Iterable[tuple[Memo, bytes]]) -> None:
    """Append memos, each with the keyed digest of its passage."""
    append_rows(
        connection,
        [
            (
                memo.id.bytes, "memo", EVENT_FORMAT, int(memo.at.timestamp() * 1000), memo.author,
                memo.id.bytes, memo.version, memo.segment.start, memo.segment.end, None, None,
                digest, json.dumps({"words": memo.words}, ensure_ascii=False),
            )
            for memo, digest in memos
        ],
    )  # fmt: skip


def stored_memos(connection: Connection) -> Iterator[Memo]:
    """Yield every memo, by source and place."""
    event, version = schema.event, schema.text_version
    rows = connection.execute(
        select(
            event.c.id, version.c.source, event.c.start, event.c.end, event.c.version,
            event.c.payload, event.c.actor, event.c.at,
        )
        .join(version, version.c.id == event.c.version)
        .where(event.c.kind == "memo")
        .order_by(version.c.source, event.c.start, event.c.id)
    )  # fmt: skip
    for key, source, start, end, text_version, payload, author, at in rows:
        yield Memo(
            UUID(bytes=key),
            Segment(source, start, end),
            text_version,
            json.loads(payload)["words"],
            author,
            datetime.fromtimestamp(at / 1000, UTC),
        )
