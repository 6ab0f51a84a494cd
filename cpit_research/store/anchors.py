"""Codings, memos and proposals whose text has a newer version, and what carries them there."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from cpit_research.errors import NotFound
from cpit_research.model.event import CODING_KINDS, EVENT_FORMAT, EventKind
from cpit_research.store import schema
from cpit_research.store.codings import append_rows, link
from cpit_research.store.fold import alike, heads
from cpit_research.wording import gettext as _

__all__ = ["Anchored", "Move", "append_moves", "events_on", "last_move", "waiting"]

#: What stands on a text and bears no code: memos, passages proposed, suggestions, corrections.
_BEGUN = ("memo", "propose", "suggest", "correct")
_KINDS = ", ".join(f"'{kind}'" for kind in sorted({*CODING_KINDS, *_BEGUN}))
#: How the last move went, which the next one does not say again.
_ANCHOR = frozenset({"anchor"})
#: What a move leaves in the event that began its thing: the words of a memo, until written anew.
_LEFT = _ANCHOR | {"words"}
#: What an event says of itself, and not of the state that it leaves.
_OF_ITSELF = _ANCHOR | {"suggestion"}
_COLUMNS = (
    'e.id, e.kind, e.actor, e.subject, e.version, v.source, e.start, e."end", e.code, e.grid, '
    "e.payload, e.at"
)
_HEADS = (
    f"SELECT {_COLUMNS} FROM event e JOIN text_version v ON v.id = e.version "  # noqa: S608  ours
    f"WHERE e.kind IN ({_KINDS}) AND e.id NOT IN (SELECT replaced FROM event_replaces)"
)
#: Those about subjects of which something last stands on a text that is not the newest.
_LATE = (
    f"{_HEADS} AND e.subject IN (SELECT o.subject FROM event o "  # noqa: S608  ours
    "JOIN text_version w ON w.id = o.version "
    "WHERE w.ordinal < (SELECT MAX(ordinal) FROM text_version n WHERE n.source = w.source) "
    "AND o.id NOT IN (SELECT replaced FROM event_replaces))"
)
_MOVES = (
    "SELECT e.id, e.subject FROM event e WHERE e.kind IN ('reanchor', 'confirm', 'retract') "
    "AND e.version IS NOT NULL AND e.id NOT IN (SELECT replaced FROM event_replaces)"
)
_OF_ONE = (
    f"SELECT {_COLUMNS} FROM event e JOIN text_version v ON v.id = e.version "  # noqa: S608  ours
    "WHERE e.subject = ? ORDER BY e.id"
)


@dataclass(frozen=True, slots=True)
class Anchored:
    """One event about a coding, a memo or a passage proposed: where it stands.

    Only a coding has a `code`, only a passage proposed has a `name`. `also` are the other events
    that leave it in the same state, which whatever replaces this one replaces too.
    """

    id: bytes
    kind: EventKind
    actor: str
    subject: bytes
    version: str
    source: str
    start: int
    end: int
    code: str | None
    grid: str | None
    payload: str
    at: int
    also: tuple[bytes, ...] = ()

    @property
    def name(self) -> str:
        """The provisional name of a passage proposed, or the words of a correction asked for."""
        said = json.loads(self.payload)
        return str(said.get("name", said.get("reads", "")))

    @property
    def terms(self) -> tuple[tuple[int, int], ...]:
        """The terms of a suggestion, where they stand in the text."""
        if self.code is not None:
            return ()
        listed = json.loads(self.payload).get("terms", ())
        return tuple((self.start + low, self.start + high) for low, high in listed)

    @property
    def is_made(self) -> bool:
        """Whether it is a correction that was made: it stays on the text that it corrected."""
        return self.kind == "correct" and "into" in json.loads(self.payload)

    @property
    def is_suggestion(self) -> bool:
        """Whether it is a suggestion: nobody is asked where one goes."""
        return self.code is None and "suggested" in json.loads(self.payload)


@dataclass(frozen=True, slots=True)
class Move:
    """A coding, a memo or a passage proposed, carried to another place or taken back.

    Parameters
    ----------
    id : bytes
        Of the event.
    kind : str
        ``"reanchor"`` by the program, ``"confirm"`` by a person, ``"retract"``.
    at : int
        When, in milliseconds.
    actor : str
        Who.
    before : Anchored
        The event that it replaces.
    version, start, end, digest
        Where it stands now, with the digest of its passage.
    how : mapping of str to str
        How it was decided, kept in the record.
    """

    id: bytes
    kind: EventKind
    at: int
    actor: str
    before: Anchored
    version: str
    start: int
    end: int
    digest: bytes
    how: Mapping[str, str] = field(default_factory=dict)

    def row(self) -> tuple[object, ...]:
        """Return the values of its columns, in the order of the table."""
        held = json.loads(self.before.payload)
        left = _LEFT if self.before.id == self.before.subject else _ANCHOR
        kept = {key: value for key, value in held.items() if key not in left}
        payload = {**kept, "anchor": dict(self.how)}
        return (
            self.id, self.kind, EVENT_FORMAT, self.at, self.actor, self.before.subject,
            self.version, self.start, self.end, self.before.code, self.before.grid, self.digest,
            json.dumps(payload, ensure_ascii=False),
        )  # fmt: skip


def _late(connection: Connection, *, disputed: bool) -> list[Anchored]:
    """Return what stands where something is late, retracted left out, and in conflict unless asked.

    With `disputed`, each last state is by itself: studies may then be merged in any grouping.
    """
    found = [Anchored(*row) for row in connection.exec_driver_sql(_LATE)]
    if disputed:
        return [one for one in found if one.kind != "retract"]
    events: dict[Hashable, Anchored] = {one.id: one for one in found}
    apart = heads(((one.id, one.subject) for one in found), ())
    state = alike(apart, lambda key: _left(events[key]))
    twins: dict[bytes, list[bytes]] = {}
    if len(state.current) < len(found):
        for one in found:
            twins.setdefault(one.subject, []).append(one.id)
    return [
        replace(one, also=tuple(key for key in twins.get(one.subject, ()) if key != one.id))
        for one in found
        if state.current.get(one.subject) == one.id and one.kind != "retract"
    ]


def _left(one: Anchored) -> tuple[object, ...]:
    """Return the state in which an event leaves its subject."""
    if one.kind == "retract":
        return (True,)
    said = {key: value for key, value in json.loads(one.payload).items() if key not in _OF_ITSELF}
    told = json.dumps(said, sort_keys=True)
    return False, one.version, one.code, one.grid, one.start, one.end, told


def waiting(
    connection: Connection, current: Mapping[str, str], *, disputed: bool = False
) -> list[Anchored]:
    """Return what stands on a text that is not the newest, by source and place.

    Parameters
    ----------
    connection : Connection
        A connection to the study database.
    current : mapping of str to str
        Sources and their newest versions; others are left out.
    disputed : bool
        Whether each state of what is in conflict is there too.
    """
    found = [
        one
        for one in _late(connection, disputed=disputed)
        if one.source in current and one.version != current[one.source] and not one.is_made
    ]
    return sorted(found, key=lambda one: (one.source, one.start, one.end, one.subject))


def events_on(connection: Connection, subject: bytes) -> list[Anchored]:
    """Return every event about one of them, oldest first."""
    return [Anchored(*row) for row in connection.exec_driver_sql(_OF_ONE, (subject,))]


def last_move(connection: Connection, key: str) -> tuple[Anchored, Anchored]:
    """Return the last move of what an id ends in, and the event that it replaced.

    Raises
    ------
    NotFound
        If nothing was carried, placed or discarded under that id, or several things were.
    """
    rows = connection.exec_driver_sql(_MOVES)
    found = [row for row in rows if key and row[1].hex().endswith(key)]
    if len(found) != 1:
        raise NotFound(
            _("Several passages that were moved have an id that ends in {id}.").format(id=key)
            if found
            else _("No passage was moved or discarded under the id “{id}”.").format(id=key),
            remedy=_("Give the whole id of one that was."),
        )
    ((move, subject),) = found
    links = schema.event_replaces
    replaced = connection.execute(select(links.c.replaced).where(links.c.event == move)).scalars()
    former = max(replaced)  # several when a conflict was taken back: the newest
    events = {one.id: one for one in events_on(connection, subject)}
    return events[move], events[former]


def append_moves(connection: Connection, moves: Sequence[Move] | Iterable[Move]) -> None:
    """Append moves and the links to the events that they replace."""
    moves = list(moves)
    if not moves:
        return
    append_rows(connection, [move.row() for move in moves])
    link(
        connection,
        [(move.id, key) for move in moves for key in (move.before.id, *move.before.also)],
    )
