"""Episodes as events: kept whole, replaced by their next state, dissolved by a last one."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.episode import Episode
from cpit_research.model.event import CODING_KINDS, EVENT_FORMAT
from cpit_research.store.codings import append_rows, link
from cpit_research.store.fold import heads

__all__ = [
    "Member",
    "Record",
    "append_dissolution",
    "append_episode",
    "fold",
    "last_state",
    "members",
    "standing_codings",
    "stored_episodes",
]

_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CODING_KINDS))
#: An episode stands on no text: its codings do. What takes a coding or a memo back has a version.
_EVENTS = (
    "SELECT id, subject, kind, actor, grid, payload FROM event "
    "WHERE version IS NULL AND kind IN ('episode', 'retract') ORDER BY id"
)
#: The first one begins it, so that its actor is who made it.
_LAST = (
    "SELECT id, subject, kind, actor, grid, payload FROM event "
    "WHERE kind = 'episode' AND subject = ? ORDER BY id <> subject, at, id"
)
_STANDING = (
    "SELECT e.subject FROM event e WHERE e.code IS NOT NULL "  # noqa: S608  constants only
    f"AND e.kind IN ({_KINDS}) AND e.kind <> 'retract' "
    "AND NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id)"
)
_MEMBER = (
    'SELECT e.subject, v.source, f.actor, e.code, e.grid, e.start, e."end", e.version '  # noqa: S608  constants only
    "FROM event e JOIN text_version v ON v.id = e.version JOIN event f ON f.id = e.subject "
    f"WHERE e.subject = ? AND e.code IS NOT NULL AND e.kind IN ({_KINDS}) "
    "AND e.kind <> 'retract' "
    "AND NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id)"
)


@dataclass(frozen=True, slots=True)
class Record:
    """Where the grouping stands.

    Parameters
    ----------
    episodes : tuple of Episode
        Those that nobody disputes, in the order they were first made; each with every episode of
        the same event, whichever of them says so.
    conflicts : tuple of (tuple of UUID)
        Episodes that people must settle: one with two last states, or several of one coder that
        hold the same coding.
    disputed : tuple of Episode
        States of the episodes in conflict.
    """

    episodes: tuple[Episode, ...] = ()
    conflicts: tuple[tuple[UUID, ...], ...] = ()
    disputed: tuple[Episode, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One coding as it stands: what an episode must know of it."""

    id: UUID
    source: str
    coder: str
    code: str
    grid: str
    version: str
    start: int
    end: int


def append_episode(
    connection: Connection,
    episode: Episode,
    *,
    event: bytes,
    actor: str,
    at: int,
    replaces: Iterable[bytes] = (),
) -> None:
    """Append the state of an episode; the first event of one bears its id."""
    packed = json.dumps(_payload(episode), ensure_ascii=False, sort_keys=True)
    row = (event, "episode", EVENT_FORMAT, at, actor, episode.id.bytes, *[None] * 4, episode.grid)
    append_rows(connection, [(*row, None, packed)])
    link(connection, [(event, replaced) for replaced in replaces])


def append_dissolution(
    connection: Connection,
    subject: UUID,
    *,
    event: bytes,
    actor: str,
    at: int,
    replaces: Iterable[bytes],
) -> None:
    """Append that an episode no longer is; its codings stay."""
    row = (event, "retract", EVENT_FORMAT, at, actor, subject.bytes, *[None] * 6, "{}")
    append_rows(connection, [row])
    link(connection, [(event, replaced) for replaced in replaces])


def stored_episodes(connection: Connection) -> Record:
    """Return the episodes as they stand, whether or not their codings still do."""
    events = [tuple(row) for row in connection.exec_driver_sql(_EVENTS)]
    if not events:
        return Record()
    replaced = connection.exec_driver_sql("SELECT replaced FROM event_replaces")
    return fold(events, [row[0] for row in replaced])


def fold(events: Iterable[tuple[Any, ...]], replaced: Iterable[bytes]) -> Record:
    """Return where episodes stand, whatever the order of their events.

    Parameters
    ----------
    events : iterable of (id, subject, kind, actor, grid, payload)
        Rows about episodes.
    replaced : iterable of bytes
        Ids of the events that some event takes the place of.
    """
    known = {row[0]: row for row in events}
    state = heads(((key, row[1]) for key, row in known.items()), replaced)

    def states(keys: Iterable[Hashable]) -> list[Episode]:
        rows = [known[key] for key in keys if isinstance(key, bytes)]
        return [
            _episode(row, known[row[1]][3] if row[1] in known else row[3])
            for row in sorted(rows)
            if row[2] == "episode"
        ]

    standing = sorted(states(state.current.values()), key=lambda one: one.id.int)
    forked = states(chain.from_iterable(state.conflicts.values()))
    contending = _contending([*standing, *forked], map(_uuid, state.conflicts))
    apart = set(chain.from_iterable(contending))
    settled = {one.id: one for one in standing if one.id not in apart}
    return Record(
        tuple(_same_events(settled)),
        tuple(contending),
        tuple(one for one in (*standing, *forked) if one.id in apart),
    )


def last_state(connection: Connection, subject: UUID) -> Episode | None:
    """Return an episode as it was last said, dissolved since or not; None if it never was."""
    rows = [tuple(row) for row in connection.exec_driver_sql(_LAST, (subject.bytes,))]
    return _episode(rows[-1], rows[0][3]) if rows else None


def standing_codings(connection: Connection) -> set[bytes]:
    """Return the ids of the codings that were not taken back, on whatever text and grid."""
    return {row[0] for row in connection.exec_driver_sql(_STANDING)}


def members(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Member]:
    """Return what is known of the codings of some ids; those that do not stand are left out."""
    found = {}
    for key in ids:
        rows = connection.exec_driver_sql(_MEMBER, (key.bytes,)).all()
        if len(rows) == 1:  # several heads: a conflict that people settle first
            _subject, source, coder, code, grid, start, end, version = rows[0]
            found[key] = Member(key, source, coder, code, grid, version, start, end)
    return found


def _payload(episode: Episode) -> dict[str, object]:
    stated: Mapping[str, object] = {
        "source": episode.source,
        "codings": [str(key) for key in episode.codings],
        "principal": str(episode.principal) if episode.principal else "",
        "actors": list(episode.actors),
        "posture": episode.posture,
        "facets": dict(episode.facets),
        "label": episode.label,
        "note": episode.note,
        "same_as": [str(key) for key in episode.same_as],
    }
    return {name: value for name, value in stated.items() if value}


def _episode(row: tuple[Any, ...], coder: str) -> Episode:
    """Return the episode of a row; its coder is who made it, whoever changed it since."""
    payload = json.loads(row[5])
    return Episode(
        UUID(bytes=row[1]),
        payload["source"],
        coder,
        row[4],
        tuple(map(UUID, payload["codings"])),
        UUID(payload["principal"]) if "principal" in payload else None,
        tuple(payload.get("actors", ())),
        payload.get("posture", ""),
        payload.get("facets", {}),
        payload.get("label", ""),
        payload.get("note", ""),
        tuple(map(UUID, payload.get("same_as", ()))),
    )


def _uuid(subject: object) -> UUID:
    return UUID(bytes=subject if isinstance(subject, bytes) else None)


def _contending(states: Iterable[Episode], forked: Iterable[UUID]) -> list[tuple[UUID, ...]]:
    """Return the sets of episodes that hold a coding in common, and those with several states."""
    held: dict[int, list[UUID]] = {}  # a UUID is slow to hash, and there may be many
    for episode in states:
        for coding in episode.codings:
            held.setdefault(coding.int, []).append(episode.id)
    shared = [ids for ids in held.values() if len(ids) > 1]
    return _joined([*shared, *([key, key] for key in forked)])


def _same_events(episodes: Mapping[UUID, Episode]) -> list[Episode]:
    """Return the episodes, each linked to every other that tells the same event."""
    pairs = [
        [episode.id, other]
        for episode in episodes.values()
        for other in episode.same_as
        if other in episodes
    ]
    event_of = {one: event for event in _joined(pairs) for one in event}
    return [
        replace(one, same_as=tuple(set(event_of.get(one.id, ())) - {one.id}))
        if one.same_as or one.id in event_of
        else one
        for one in episodes.values()
    ]


def _joined(sets: Iterable[Iterable[UUID]]) -> list[tuple[UUID, ...]]:
    """Return the sets, those that share an id put together, each sorted."""
    above: dict[UUID, UUID] = {}

    def top(key: UUID) -> UUID:
        while above.setdefault(key, key) != key:
            above[key] = key = above[above[key]]
        return key

    for first, *others in sets:
        for other in others:
            above[top(other)] = top(first)
    joined: dict[UUID, list[UUID]] = {}
    for key in above:
        joined.setdefault(top(key), []).append(key)
    return sorted(tuple(sorted(one)) for one in joined.values())
