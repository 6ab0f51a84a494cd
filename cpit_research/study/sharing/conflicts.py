"""Conflicts: what two people changed at once, shown side by side, and settled by a third event."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from cpit_research.errors import NotFound
from cpit_research.model.event import CODING_KINDS, EventKind
from cpit_research.store.codings import append_rows, link
from cpit_research.store.event_lines import Row
from cpit_research.store.merging import forks, states_of
from cpit_research.store.sources import current_versions, text_of
from cpit_research.study.code import check_coder
from cpit_research.study.reanchor import carry
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Conflict", "State", "conflict_list", "conflict_settle"]

#: Last characters of an id, enough to name one thing of a study.
SHOWN_ID: Final = 8
_SHOWN: Final = 12
#: Kinds that begin or change a passage: what settles them is a confirmation.
_PASSAGES: Final = CODING_KINDS | {"memo", "propose", "suggest"}


@dataclass(frozen=True, slots=True)
class State:
    """One of the states in conflict.

    Parameters
    ----------
    id : str
        Last characters of the id of its event.
    kind : str
        What was done: ``"recode"``, ``"retract"``, ``"episode"``…
    coder : str
        Who did it.
    at : datetime
        When, in UTC.
    code, grid : str or None
        The code, and the version of the grid.
    words : str
        The passage, or what an episode, a finding or a decision says.
    """

    id: str
    kind: EventKind
    coder: str
    at: datetime
    code: str | None
    grid: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing with several last states.

    Parameters
    ----------
    id : str
        Last characters of its id.
    path : str
        Document; empty for what stands on no text.
    states : tuple of State
        Oldest first.
    """

    id: str
    path: str
    states: tuple[State, ...]


def conflict_list(study: Study) -> tuple[Conflict, ...]:
    """Return what people changed at once (see :meth:`Study.conflict_list`)."""
    with study.shelf.database.reading() as connection:
        found = forks(connection)
        paths = dict(
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT v.id, s.path FROM text_version v JOIN source s ON s.id = v.source"
            )
        )
        told = [
            Conflict(
                _shown(subject),
                next((paths[row[6]] for row in rows if row[6] is not None), ""),
                tuple(_state(connection, row) for row in rows),
            )
            for subject, rows in found.items()
        ]
    return tuple(sorted(told, key=lambda one: (one.path, one.states[0].at, one.id)))


def conflict_settle(study: Study, id: str, *, keep: str, coder: str) -> State:
    """Keep one of the states in conflict (see :meth:`Study.conflict_settle`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        found = forks(connection)
        subject = _one(id, list(found), _("No conflict has an id that ends in {id}."))
        rows = {row[0]: row for row in found[subject]}
        key = _one(keep, list(rows), _("No state of this conflict has an id that ends in {id}."))
        event = study.occasion.new_id()
        row = _kept(rows[key], event, study.occasion.milliseconds(), coder)
        settled = states_of(connection, subject)
        append_rows(connection, [row])
        link(connection, [(event, one) for one in settled])
        newest = current_versions(connection)
        carry(study, connection, {source: version for source, (version, _n) in newest.items()})
        return _state(connection, row)


def _kept(row: Row, event: bytes, at: int, coder: str) -> Row:
    """Return the event that leaves the state of another, once more."""
    kind = "confirm" if row[1] in _PASSAGES and row[1] != "retract" else row[1]
    payload = json.loads(row[12])
    if row[6] is not None:
        payload["anchor"] = {"how": "kept"}
    return (event, kind, row[2], at, coder, *row[5:12], json.dumps(payload, ensure_ascii=False))


def _state(connection: Connection, row: Row) -> State:
    key, kind, _format, at, coder, _subject, version, start, end, code, grid, _digest, more = row
    return State(
        _shown(key), kind, coder, datetime.fromtimestamp(at / 1000, UTC), code, grid,
        _said(json.loads(more)) if version is None else text_of(connection, version)[start:end],
    )  # fmt: skip


def _said(payload: dict[str, Any]) -> str:
    """Return what an event without a passage says, in the words of its author."""
    names = ("label", "claim", "reason", "into", "note")
    return " – ".join(said for name in names if isinstance(said := payload.get(name), str) and said)


def _one(key: str, known: Sequence[bytes], sentence: str) -> bytes:
    key = key.strip().lower().replace("-", "")
    found = [one for one in known if key and one.hex().endswith(key)]
    if len(found) == 1:
        return found[0]
    raise NotFound(
        _("Several have an id that ends in {id}.").format(id=key)
        if found
        else sentence.format(id=key),
        exists=_("There are: {ids}.").format(
            ids=", ".join(map(_shown, known[:_SHOWN])) + ("…" if len(known) > _SHOWN else "")
        )
        if known
        else "",
        remedy=_("“cpit conflict list” shows them."),
    )


def _shown(key: bytes) -> str:
    return key.hex()[-SHOWN_ID:]
