"""Corrections of texts as events, and the edits that lead from one text version to the next.

A correction that is asked for says the words that it wants, in the name of who asks; it is carried
to newer texts as a memo is. One that is made says no word: which version it leads to and where the
texts differ are enough, since both are kept. Of several last states, one made counts before one
declined, which counts before one that waits, whatever the order in which they were met.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT, PROGRAM
from cpit_research.store.codings import append_rows, link
from cpit_research.text.editing import Edit, composed

__all__ = [
    "Chain",
    "StoredCorrection",
    "append_asked",
    "append_declined",
    "append_made",
    "append_withdrawn",
    "chains",
    "made_versions",
    "steps",
    "stored_corrections",
]

_EVENTS = (
    'SELECT e.id, e.subject, e.kind, e.version, v.source, e.start, e."end", e.actor, e.at, '
    "e.payload FROM event e LEFT JOIN text_version v ON v.id = e.version "
    "WHERE e.subject IN (SELECT id FROM event WHERE kind = 'correct')"
)
_MADE = "SELECT id, version, at, payload FROM event WHERE kind = 'correct' AND version IS NOT NULL"
_NEWEST = (
    "SELECT source, id FROM text_version v WHERE ordinal = "
    "(SELECT MAX(ordinal) FROM text_version n WHERE n.source = v.source)"
)
_REPLACED = "SELECT replaced FROM event_replaces"
_RANKS: Final[Mapping[str, int]] = {"applied": 0, "declined": 1, "retract": 2}


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """A correction as it stands: `words` only where it was asked for.

    `state` is that of its last event, `heads` all those that the next one replaces.
    """

    subject: bytes
    coder: str
    at: int
    version: str
    source: str
    start: int
    end: int
    words: str
    reason: str
    state: str
    into: str
    edits: tuple[Edit, ...]
    by: str
    decided_at: int
    why: str
    heads: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The corrections that led from a text received to the newest text of a document.

    `last` and `at` are the event that made the newest text, and when.
    """

    base: str
    edits: tuple[Edit, ...]
    last: bytes
    at: int


def append_asked(connection: Connection, one: StoredCorrection, *, digest: bytes) -> None:
    """Append a correction that is asked for, with the keyed digest of its passage."""
    said = {"step": "asked", "reads": one.words, "reason": one.reason}
    _append(connection, one.subject, one, digest, said)


def append_made(
    connection: Connection, one: StoredCorrection, *, event: bytes, digest: bytes
) -> None:
    """Append a correction that is made: the text version that it leads to, and the edits."""
    said = {
        "step": "applied", "into": one.into, "edits": [list(edit) for edit in one.edits],
        "reason": one.reason,
    }  # fmt: skip
    _append(connection, event, one, digest, said)
    link(connection, [(event, head) for head in one.heads])


def append_declined(
    connection: Connection, one: StoredCorrection, *, event: bytes, at: int, coder: str, why: str
) -> None:
    """Append that a correction is not made."""
    packed = json.dumps({"step": "declined", "reason": why}, ensure_ascii=False)
    row = (event, "correct", EVENT_FORMAT, at, coder, one.subject, *[None] * 6, packed)
    append_rows(connection, [row])
    link(connection, [(event, head) for head in one.heads])


def append_withdrawn(
    connection: Connection, one: StoredCorrection, *, event: bytes, at: int, digest: bytes
) -> None:
    """Append that who asked for a correction takes it back."""
    row = (
        event, "retract", EVENT_FORMAT, at, one.coder, one.subject, one.version, one.start,
        one.end, None, None, digest, "{}",
    )  # fmt: skip
    append_rows(connection, [row])
    link(connection, [(event, head) for head in one.heads])


def stored_corrections(connection: Connection) -> list[StoredCorrection]:
    """Return the corrections that people asked for or made, oldest first."""
    rows = [tuple(row) for row in connection.exec_driver_sql(_EVENTS)]
    gone = {row[0] for row in connection.exec_driver_sql(_REPLACED)}
    firsts = {row[0]: row for row in rows if row[0] == row[1] and row[7] != PROGRAM}
    last: dict[bytes, list[tuple[Any, ...]]] = {}
    for row in rows:
        if row[0] not in gone and row[1] in firsts:
            last.setdefault(row[1], []).append(row)
    found = [_standing(firsts[subject], states) for subject, states in last.items()]
    return sorted(found, key=lambda one: (one.at, one.subject))


def steps(connection: Connection) -> dict[str, tuple[str, tuple[Edit, ...]]]:
    """Return, by text version that was corrected, the one that it became and the edits."""
    found: dict[str, tuple[str, tuple[Edit, ...]]] = {}
    for _key, version, _at, said in _made(connection):
        found.setdefault(version, (said["into"], _edits(said)))
    return found


def chains(connection: Connection) -> dict[str, Chain]:
    """Return the corrections that the newest text of each document holds, by document."""
    back: dict[str, tuple[bytes, str, int, tuple[Edit, ...]]] = {}
    for key, version, at, said in _made(connection):
        back.setdefault(said["into"], (key, version, at, _edits(said)))
    found = {}
    for source, newest in connection.exec_driver_sql(_NEWEST):
        base: str = newest
        edits: tuple[Edit, ...] = ()
        while base in back:
            _key, base, _at, before = back[base]
            edits = composed(before, edits)
        if base != newest:
            found[source] = Chain(base, edits, back[newest][0], back[newest][2])
    return found


def made_versions(events: Iterable[tuple[str, str]]) -> set[str]:
    """Return the text versions that corrections led to, of events given by kind and payload."""
    return {
        said["into"]
        for kind, payload in events
        if kind == "correct" and isinstance((said := _said(payload)).get("into"), str)
    }


def _said(payload: str) -> dict[str, Any]:
    try:
        said = json.loads(payload)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _made(connection: Connection) -> list[tuple[bytes, str, int, dict[str, Any]]]:
    rows = ((*row[:3], json.loads(row[3])) for row in connection.exec_driver_sql(_MADE))
    return sorted((row for row in rows if row[3].get("edits")), key=lambda row: row[0])


def _edits(said: Mapping[str, Any]) -> tuple[Edit, ...]:
    return tuple(Edit(*edit) for edit in said.get("edits", ()))


def _append(
    connection: Connection,
    event: bytes,
    one: StoredCorrection,
    digest: bytes,
    said: Mapping[str, object],
) -> None:
    packed = json.dumps({name: value for name, value in said.items() if value != ""},
                        ensure_ascii=False)  # fmt: skip
    row = (
        event, "correct", EVENT_FORMAT, one.decided_at, one.by, one.subject, one.version,
        one.start, one.end, None, None, digest, packed,
    )  # fmt: skip
    append_rows(connection, [row])


def _state(row: tuple[Any, ...]) -> str:
    return str(json.loads(row[9])["step"]) if row[2] == "correct" else str(row[2])


def _standing(first: tuple[Any, ...], states: list[tuple[Any, ...]]) -> StoredCorrection:
    states = sorted(states, key=lambda row: (_RANKS.get(_state(row), 3), row[0]))
    head, state = states[0], _state(states[0])
    place = first if head[3] is None else head
    version, source, start, end = place[3:7]
    begun, said = json.loads(first[9]), json.loads(head[9])
    return StoredCorrection(
        first[1], first[7], first[8], version, source, start, end, begun.get("reads", ""),
        begun.get("reason", ""), state, said.get("into", ""), _edits(said), head[7], head[8],
        said.get("anchor", said).get("reason", "") if state in {"declined", "retract"} else "",
        tuple(row[0] for row in states),
    )  # fmt: skip
