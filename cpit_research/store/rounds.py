"""Rounds of double coding as events.

A round is opened by an event that bears its id. Closing, reopening and cancelling it each take the
place of the last of these: the one that nothing replaces says how it stands. « Finished » takes
the place of nothing: coders say it on laptops of their own, at the same time, and the union of
what they said is what is known, whatever the order in which copies are put together.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.model.round import Round, RoundState
from cpit_research.store.codings import append_rows, link
from cpit_research.store.fold import Heads, alike, heads

__all__ = [
    "OWN_STEPS",
    "STEPS",
    "Step",
    "append_round",
    "append_step",
    "fold_rounds",
    "stored_rounds",
]

Step = Literal["opened", "finished", "resumed", "closed", "reopened", "cancelled"]
#: The state in which each step leaves a whole round.
_STATES: Final[Mapping[str, RoundState]] = {
    "opened": "open",
    "reopened": "open",
    "closed": "closed",
    "cancelled": "cancelled",
}
#: What a coder says of herself; none of it changes how the round stands.
OWN_STEPS: Final = frozenset({"finished", "resumed"})
#: All that can happen to a round.
STEPS: Final = _STATES.keys() | OWN_STEPS
#: They stand on no text: the index of texts finds them.
_ROUNDS = "FROM event WHERE version IS NULL AND kind = 'round'"
_EVENTS = f"SELECT id, subject, actor, at, grid, payload {_ROUNDS}"
_LINKS = f"event_replaces WHERE event IN (SELECT id {_ROUNDS})"
_REPLACED = f"SELECT replaced FROM {_LINKS}"  # noqa: S608  ours


def append_round(connection: Connection, opened: Round) -> None:
    """Append the event that opens a round."""
    stated = {
        "step": "opened",
        "name": opened.name,
        "fingerprint": opened.fingerprint,
        "unit": opened.unit,
        "coders": list(opened.coders),
        "sources": [list(pair) for pair in opened.sources],
        "seed": opened.seed,
        "share": opened.share,
        "strata": list(opened.strata),
        "blind": opened.blind,
    }
    at, key = int(opened.at.timestamp() * 1000), opened.id.bytes
    append_rows(connection, [_row(key, key, at, opened.by, stated, grid=opened.grid)])


def append_step(
    connection: Connection,
    of: UUID,
    step: Step,
    *,
    event: bytes,
    at: int,
    actor: str,
    reason: str = "",
    figures: Iterable[Mapping[str, object]] = (),
) -> None:
    """Append what happens to a round that was opened, in the place of what it follows.

    Parameters
    ----------
    connection : Connection
        A transaction of the study database.
    of : UUID
        The round.
    step : str
        ``"finished"`` and ``"resumed"`` are said by a coder, of herself; ``"closed"``,
        ``"reopened"`` and ``"cancelled"`` of the whole round.
    event, at, actor
        Id, milliseconds since 1970, who.
    reason : str
        Why.
    figures : iterable of mapping
        Agreement at closing.
    """
    known = _rows(connection)
    replaced = _replaced(connection)
    of_round = {key: row for key, row in known.items() if row[1] == of.bytes}
    if step in OWN_STEPS:
        told = [key for key, row in of_round.items() if _step(row) in OWN_STEPS and row[2] == actor]
        followed = [key for key in told if key not in replaced]
    else:
        followed = [key for key, row in of_round.items()
                    if _step(row) not in OWN_STEPS and key not in replaced]  # fmt: skip
    stated = {"step": step, "reason": reason, "figures": [dict(row) for row in figures]}
    packed = {name: value for name, value in stated.items() if value}
    append_rows(connection, [_row(event, of.bytes, at, actor, packed)])
    if step != "finished":  # to say twice that one has finished takes nothing back
        link(connection, [(event, key) for key in followed])


def stored_rounds(connection: Connection) -> tuple[Round, ...]:
    """Return every round as it stands, in the order they were opened."""
    return fold_rounds(_rows(connection).values(), _replaced(connection))


def fold_rounds(
    events: Iterable[tuple[Any, ...]], replaced: Iterable[Hashable]
) -> tuple[Round, ...]:
    """Return where rounds stand, whatever the order of their events.

    Parameters
    ----------
    events : iterable of (id, subject, actor, at, grid, payload)
        Rows about rounds.
    replaced : iterable of bytes
        Ids of the events that some event takes the place of.
    """
    rows: dict[Hashable, tuple[Any, ...]] = {row[0]: row for row in events}
    gone = set(replaced)
    whole = {key: row for key, row in rows.items() if _step(row) not in OWN_STEPS}
    state = alike(
        heads(((key, row[1]) for key, row in whole.items()), gone),
        lambda event: _left(whole[event]),
    )
    finished: dict[Hashable, dict[str, datetime]] = {}
    for key, row in rows.items():
        if _step(row) == "finished" and key not in gone:
            said = finished.setdefault(row[1], {})
            said[row[2]] = min(_moment(row[3]), said.get(row[2], _moment(row[3])))
    found = [
        _standing(_opened(row), state, whole, finished.get(row[0], {}))
        for row in whole.values()
        if row[0] == row[1]
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.id.int)))


def _row(
    event: bytes,
    subject: bytes,
    at: int,
    actor: str,
    stated: Mapping[str, object],
    *,
    grid: str | None = None,
) -> tuple[object, ...]:
    packed = json.dumps(stated, ensure_ascii=False, sort_keys=True)
    return (event, "round", EVENT_FORMAT, at, actor, subject, *[None] * 4, grid, None, packed)


def _rows(connection: Connection) -> dict[bytes, tuple[Any, ...]]:
    return {row[0]: tuple(row) for row in connection.exec_driver_sql(_EVENTS)}


def _replaced(connection: Connection) -> set[bytes]:
    return {row[0] for row in connection.exec_driver_sql(_REPLACED)}


def _step(row: tuple[Any, ...]) -> str:
    return str(json.loads(row[5])["step"])


def _left(row: tuple[Any, ...]) -> tuple[object, ...]:
    """Return the state in which an event leaves its round."""
    stated = json.loads(row[5])
    return _STATES[stated["step"]], json.dumps(stated.get("figures", []), sort_keys=True)


def _opened(row: tuple[Any, ...]) -> Round:
    stated = json.loads(row[5])
    return Round(
        UUID(bytes=row[0]),
        stated["name"],
        row[4],
        stated["fingerprint"],
        stated["unit"],
        tuple(stated["coders"]),
        tuple((source, version) for source, version in stated["sources"]),
        stated["seed"],
        stated["share"],
        row[2],
        _moment(row[3]),
        tuple(stated["strata"]),
        stated["blind"],
    )


def _standing(
    opened: Round,
    state: Heads,
    rows: Mapping[Hashable, tuple[Any, ...]],
    finished: Mapping[str, datetime],
) -> Round:
    """Return a round as its last event leaves it."""
    told = replace(opened, finished={one: finished[one] for one in sorted(finished)})
    head = state.current.get(opened.id.bytes)
    if head is None:
        return replace(told, state="disputed")
    row = rows[head]
    if row[0] == row[1]:
        return told
    stated = json.loads(row[5])
    return replace(
        told,
        state=_STATES[stated["step"]],
        state_by=row[2],
        state_at=_moment(row[3]),
        reason=stated.get("reason", ""),
        figures=tuple(stated.get("figures", ())),
    )


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
