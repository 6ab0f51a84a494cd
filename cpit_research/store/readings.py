"""How far coders have read, as events.

One thing a coder and a note, on no text: what she says counts on the text that it names. Said on
two copies of the study, it contradicts nothing: she has gone as far as she did on either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from cpit_research.model.event import EVENT_FORMAT
from cpit_research.model.reading import Reading
from cpit_research.store.codings import append_rows, heads_of, link

__all__ = ["append_reading", "fold_readings", "stored_readings"]

#: They stand on no text: the index of texts finds them.
_EVENTS = (
    "SELECT id, actor, at, grid, payload FROM event e WHERE version IS NULL AND kind = 'read' "
    "AND NOT EXISTS (SELECT 1 FROM event_replaces r WHERE r.replaced = e.id)"
)


def append_reading(
    connection: Connection, reading: Reading, *, event: bytes, subject: bytes
) -> None:
    """Append how far a coder has read, in the place of what she had said."""
    one = reading
    said = {
        "source": one.source, "version": one.version, "through": one.through,
        "finished": one.finished,
    }  # fmt: skip
    at, before = int(one.at.timestamp() * 1000), heads_of(connection, subject)
    row = (event, "read", EVENT_FORMAT, at, one.coder, subject, *[None] * 4, one.grid, None)
    append_rows(connection, [(*row, json.dumps(said))])
    link(connection, [(event, replaced) for replaced in before])


def stored_readings(connection: Connection) -> list[Reading]:
    """Return how far each coder has read each note, by note and coder."""
    return fold_readings(tuple(row) for row in connection.exec_driver_sql(_EVENTS))


def fold_readings(heads: Iterable[tuple[Any, ...]]) -> list[Reading]:
    """Return where readings stand, whatever the order of their last events.

    Parameters
    ----------
    heads : iterable of (id, actor, at, grid, payload)
        Events that nothing replaces.
    """
    found: dict[tuple[str, str], Reading] = {}
    for _id, coder, at, grid, payload in sorted(heads, key=lambda row: (row[2], row[0])):
        said = json.loads(payload)
        one = Reading(
            said["source"], coder, said["version"], said["through"], said["finished"],
            datetime.fromtimestamp(at / 1000, UTC), grid or "",
        )  # fmt: skip
        key = one.source, coder
        found[key] = one if key not in found else _together(found[key], one)
    return [found[key] for key in sorted(found)]


def _together(one: Reading, later: Reading) -> Reading:
    """Return what two last events say together: finished, if she has on either."""
    kept = one if one.finished and not later.finished else later
    reached = [reading.through for reading in (one, later) if reading.version == kept.version]
    return replace(kept, through=max(reached), at=later.at)
