"""Events that nothing replaces, read by note or by thing, straight from the indexes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from cpit_research.model.event import ANSWER_KINDS, EVENT_FORMAT, EventKind
from cpit_research.model.standing import SubjectKind
from cpit_research.store.codings import append_rows, link

__all__ = ["Head", "append_after", "coders_of", "heads_on", "subjects_in"]

#: What each thing is, by the kind of the event that began it.
_BEGUN_BY: Final[Mapping[str, SubjectKind]] = {
    "apply": "coding",
    "decide": "coding",
    "memo": "memo",
    "propose": "proposal",
    "episode": "episode",
    "suggest": "suggestion",
}
_UNBEGUN: Final[Mapping[str, SubjectKind]] = {
    **dict.fromkeys(ANSWER_KINDS, "answer"),
    "read": "reading",
}
_HEADS: Final = (
    'SELECT e.id, e.kind, e.at, e.actor, e.subject, e.version, v.source, e.start, e."end", '
    "e.code, e.grid, e.digest, e.payload, b.kind, b.actor, b.payload FROM event e "
    "LEFT JOIN text_version v ON v.id = e.version LEFT JOIN event b ON b.id = e.subject "
    "WHERE NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id) "
    "AND e.subject IN ({marks})"
)
_BEGAN: Final = "SELECT id, actor FROM event WHERE id IN ({marks})"
_FORMER: Final = (
    "WITH RECURSIVE former (head, one) AS (SELECT event, replaced FROM event_replaces "
    "WHERE event IN ({marks}) UNION SELECT f.head, r.replaced FROM former f "
    "JOIN event_replaces r ON r.event = f.one) SELECT head, one FROM former ORDER BY one"
)
#: Episodes stand on no text, and say their note themselves.
_SUBJECTS_IN: Final = (
    "SELECT DISTINCT subject FROM event WHERE version IN "
    "(SELECT id FROM text_version WHERE source = :source) "
    "UNION SELECT subject FROM event WHERE version IS NULL AND kind = 'episode' "
    "AND json_extract(payload, '$.source') = :source"
)
#: Parameters of one statement.
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Head:
    """An event that nothing replaces, and the beginning of the thing that it is about.

    Parameters
    ----------
    id, kind, at, actor, subject, version, source, start, end, code, grid, digest, payload
        Its columns; `source` is that of its text.
    of : str
        Which kind of thing it is about.
    coder : str
        Who began it.
    begun : str
        The kind of the event that did.
    first : str
        What that event says beside its columns.
    former : tuple of bytes
        Events whose place it takes, near and far.
    """

    id: bytes
    kind: EventKind
    at: int
    actor: str
    subject: bytes
    version: str | None
    source: str
    start: int
    end: int
    code: str | None
    grid: str | None
    digest: bytes | None
    payload: str
    of: SubjectKind
    coder: str
    begun: str
    first: str
    former: tuple[bytes, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether it takes its thing back."""
        return self.kind == "retract"

    @property
    def first_said(self) -> dict[str, Any]:
        """What the event that began its thing says beside its columns."""
        said: dict[str, Any] = json.loads(self.first)
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What it says beside its columns, words that a move left where they were first written."""
        said: dict[str, Any] = json.loads(self.payload)
        if self.of in {"memo", "proposal"} and "words" not in said:
            said = {"words": self.first_said["words"], **said}
        return said


def subjects_in(connection: Connection, source: str) -> set[bytes]:
    """Return all that stands, or ever stood, in a note: codings, memos, episodes, suggestions."""
    rows = connection.exec_driver_sql(_SUBJECTS_IN, {"source": source})
    return {row[0] for row in rows}


def heads_on(connection: Connection, subjects: Collection[bytes]) -> list[Head]:
    """Return the events about some things that nothing replaces, oldest first."""
    found = [
        head
        for marks, part in _parts(subjects)
        for row in _rows(connection, _HEADS.format(marks=marks), part)
        if (head := _head(row)) is not None
    ]
    changed = [head.id for head in found if head.id != head.subject]
    former = _former(connection, changed)
    known = [replace(head, former=former[head.id]) if head.id in former else head for head in found]
    return sorted(known, key=lambda head: (head.at, head.id))


def coders_of(connection: Connection, events: Collection[bytes]) -> dict[bytes, str]:
    """Return who did some things, by the id of the event that began each."""
    return {
        row[0]: row[1]
        for marks, part in _parts(events)
        for row in _rows(connection, _BEGAN.format(marks=marks), part)
    }


def append_after(
    connection: Connection,
    base: Head,
    heads: Iterable[Head],
    *,
    payload: Mapping[str, object],
) -> None:
    """Append one event in the place of others: the state of `base`, saying `payload`."""
    one = base
    packed = json.dumps(dict(payload), ensure_ascii=False) if payload else "{}"
    append_rows(
        connection,
        [
            (
                one.id, one.kind, EVENT_FORMAT, one.at, one.actor, one.subject, one.version,
                one.start, one.end, one.code, one.grid, one.digest, packed,
            )
        ],
    )  # fmt: skip
    link(connection, [(one.id, head.id) for head in heads])


def _head(row: Sequence[Any]) -> Head | None:
    """Return the head of a row; None when it is about something else than a note."""
    own = list(row[:13])
    kind, actor, first = row[13:]
    of = _UNBEGUN.get(own[1]) or _BEGUN_BY.get(kind or "")
    if of is None or (kind == "decide" and own[5] is None):  # one that answers a remark
        return None
    if own[6] is None:
        own[6] = json.loads(first or own[12]).get("source", "")
    values = (*own, of, actor or own[3], kind or own[1], first or own[12])
    return Head(*values)


def _former(connection: Connection, heads: Sequence[bytes]) -> dict[bytes, tuple[bytes, ...]]:
    """Return what comes before each event, along all the links."""
    found: dict[bytes, tuple[bytes, ...]] = {}
    for marks, part in _parts(heads):
        for head, one in _rows(connection, _FORMER.format(marks=marks), part):
            found[head] = (*found.get(head, ()), one)
    return found


def _rows(connection: Connection, statement: str, part: tuple[bytes, ...]) -> Sequence[Any]:
    """Return rows by the driver itself: those of SQLAlchemy take as long again."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, part)
        return cursor.fetchall()
    finally:
        cursor.close()


def _parts(keys: Collection[bytes]) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Yield keys in parts that one statement takes, with the marks that stand for them."""
    listed = tuple(keys)
    for start in range(0, len(listed), _AT_ONCE):
        part = listed[start : start + _AT_ONCE]
        yield ", ".join("?" * len(part)), part
