"""Suggestions as events, and what each coder answered to them.

A suggestion stands on a text, as a memo does, and never bears a code in the column that codings
bear theirs in: nothing that counts codings meets it. An answer is about a subject that derives from
the suggestion and from who answers, so that two coders never contend. One coder may have answered
in two copies of the study: an acceptance has put a coding and is an answer, whatever she said
elsewhere; a rejection is one too; the suggestion waits for her again only if that is all she said.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.model.suggestion import Answer
from cpit_research.store.codings import append_rows, link
from cpit_research.store.fold import alike, heads

__all__ = [
    "AnswerKind",
    "StoredAnswer",
    "StoredSuggestion",
    "append_answer",
    "append_suggestions",
    "fold_answers",
    "source_of",
    "stored_answers",
    "stored_suggestions",
]

AnswerKind = Literal["accept", "reject", "reopen"]
#: Of several last answers of one coder, the one that counts.
_RANKS: Final[Mapping[str, int]] = {"accept": 0, "reject": 1, "reopen": 2}
_SUGGESTIONS = (
    'SELECT e.id, e.subject, e.kind, e.version, v.source, e.start, e."end", e.actor, e.at, '
    "e.grid, e.payload, EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id) "
    "FROM event e JOIN text_version v ON v.id = e.version "
    "WHERE e.code IS NULL AND e.kind IN ('suggest', 'reanchor', 'confirm', 'retract') "
    "AND e.subject IN ({made})"
)
_MADE = "SELECT id FROM event WHERE kind = 'suggest'"
_MADE_ON = (
    "SELECT id FROM event WHERE kind = 'suggest' "
    "AND version IN (SELECT id FROM text_version WHERE source = ?)"
)
_SOURCE = (
    "SELECT v.source FROM event e JOIN text_version v ON v.id = e.version "
    "WHERE e.kind = 'suggest' AND e.id = ?"
)
#: They stand on no text: the index of texts finds them.
_ANSWERS = (
    "SELECT id, subject, kind, actor, at, payload FROM event WHERE version IS NULL "
    "AND kind IN ('accept', 'reject', 'reopen') AND actor = ? "
    "AND NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = event.id)"
)


@dataclass(frozen=True, slots=True)
class StoredSuggestion:
    """A suggestion where it stands now, and where it was made: never the words.

    `head` is its last event.
    """

    subject: bytes
    by: str
    at: int
    version: str
    source: str
    start: int
    end: int
    code: str
    grid: str
    score: float | None = None
    terms: tuple[tuple[int, int], ...] = ()
    made: tuple[str, int, int] = ("", 0, 0)
    head: bytes = b""

    @property
    def said(self) -> tuple[object, ...]:
        """Who suggests what where: the same said twice is one suggestion."""
        return self.by, self.version, self.start, self.end, self.code, self.grid

    @property
    def first_said(self) -> tuple[object, ...]:
        """The same, on the text where it was made."""
        return self.by, *self.made, self.code, self.grid


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """Where the answer of one coder to one suggestion stands, None when she gave none or undid it.

    `heads` are the events that the next one replaces, `codings` those that they put.
    """

    answer: Answer | None
    heads: tuple[bytes, ...]
    codings: tuple[UUID, ...] = ()


def append_suggestions(
    connection: Connection, suggestions: Iterable[tuple[StoredSuggestion, bytes]]
) -> None:
    """Append suggestions, each with the keyed digest of its passage."""
    append_rows(
        connection,
        (
            (
                one.subject, "suggest", EVENT_FORMAT, one.at, one.by, one.subject, one.version,
                one.start, one.end, None, one.grid, digest, _packed(one),
            )
            for one, digest in suggestions
        ),
    )  # fmt: skip


def append_answer(
    connection: Connection,
    kind: AnswerKind,
    of: UUID,
    *,
    event: bytes,
    subject: bytes,
    at: int,
    coder: str,
    coding: UUID | None = None,
    reason: str = "",
    replaces: Iterable[bytes] = (),
) -> None:
    """Append what a coder answers to a suggestion."""
    said = {"of": [str(of)], "coding": str(coding) if coding else "", "reason": reason}
    packed = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    append_rows(connection, [(event, kind, EVENT_FORMAT, at, coder, subject, *[None] * 6, packed)])
    link(connection, [(event, replaced) for replaced in replaces])


def stored_suggestions(connection: Connection, source: str | None = None) -> list[StoredSuggestion]:
    """Return the suggestions where they stand now, by place; not those taken back or in conflict.

    What two copies of the study suggested alike is there twice: `said` is the same. Those of one
    note alone when `source` names one.
    """
    made, named = (_MADE, ()) if source is None else (_MADE_ON, (source,))
    listed = list(connection.exec_driver_sql(_SUGGESTIONS.format(made=made), named))
    rows: dict[Hashable, Any] = {row[0]: tuple(row[:-1]) for row in listed}
    replaced = [row[0] for row in listed if row[-1]]
    state = alike(
        heads(((key, row[1]) for key, row in rows.items()), replaced),
        lambda event: (rows[event][2] == "retract", *rows[event][3:7]),
    )
    found = [
        _suggestion(rows[subject], rows[head])
        for subject, head in state.current.items()
        if rows[head][2] != "retract" and subject in rows
    ]
    return sorted(found, key=lambda one: (one.source, one.start, one.end, one.subject))


def stored_answers(connection: Connection, coder: str) -> dict[UUID, StoredAnswer]:
    """Return what one coder answered, by suggestion: never what another one did."""
    return fold_answers(map(tuple, connection.exec_driver_sql(_ANSWERS, (coder,))), ())


def source_of(connection: Connection, suggestion: UUID) -> str | None:
    """Return the note that a suggestion was made on; None when there is no such suggestion."""
    row = connection.exec_driver_sql(_SOURCE, (suggestion.bytes,)).first()
    return row[0] if row else None


def fold_answers(
    events: Iterable[tuple[Any, ...]], replaced: Iterable[Hashable]
) -> dict[UUID, StoredAnswer]:
    """Return where the answers of one coder stand, whatever the order of their events.

    Parameters
    ----------
    events : iterable of (id, subject, kind, actor, at, payload)
        Her answers.
    replaced : iterable of bytes
        Ids of the events that some event takes the place of.
    """
    gone = set(replaced)
    standing: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in events:
        if row[0] not in gone:
            (of,) = json.loads(row[5])["of"]
            standing.setdefault(UUID(of), []).append(row)
    return {of: _answered(rows) for of, rows in standing.items()}


def _answered(rows: list[tuple[Any, ...]]) -> StoredAnswer:
    rows = sorted(rows, key=lambda row: (_RANKS[row[2]], row[0]))
    put = [UUID(said["coding"]) for row in rows if "coding" in (said := json.loads(row[5]))]
    _id, _subject, kind, actor, at, payload = rows[0]
    answer = Answer(
        kind == "accept",
        actor,
        datetime.fromtimestamp(at / 1000, UTC),
        json.loads(payload).get("reason", ""),
        put[0] if kind == "accept" and put else None,
    )
    return StoredAnswer(
        None if kind == "reopen" else answer, tuple(row[0] for row in rows), tuple(put)
    )


def _packed(one: StoredSuggestion) -> str:
    said = {
        "suggested": one.code,
        **({"score": one.score} if one.score is not None else {}),
        **({"terms": [list(term) for term in one.terms]} if one.terms else {}),
    }
    return json.dumps(said, ensure_ascii=False)


def _suggestion(first: tuple[Any, ...], head: tuple[Any, ...]) -> StoredSuggestion:
    subject, by, at = first[0], first[7], first[8]
    last, _subject, _kind, version, source, start, end, _actor, _at, grid, payload = head
    said = json.loads(payload)
    return StoredSuggestion(
        subject, by, at, version, source, start, end, said["suggested"], grid, said.get("score"),
        tuple((low, high) for low, high in said.get("terms", ())),
        (first[3], first[5], first[6]), last,
    )  # fmt: skip
