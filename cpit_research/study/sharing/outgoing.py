"""What the next bundle of a coder would hold, and what the last one held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.errors import CpitError
from cpit_research.formats.parcel import read_parcel
from cpit_research.model.event import PROGRAM
from cpit_research.store.event_lines import decode_events
from cpit_research.store.parcel_events import events_of, taken_back
from cpit_research.study.code import check_coder
from cpit_research.study.sharing.bundles import count_quoting
from cpit_research.study.sharing.incoming import EVENTS
from cpit_research.study.sharing.lot_folder import received
from cpit_research.study.sharing.lots import parcel_path

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Outgoing", "bundle_path", "outgoing"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a bundle written now would hold.

    Parameters
    ----------
    coder : str
        Whose it is.
    events, fresh : mapping of str to int
        How many events it would hold, by kind; how many of them neither the last one nor the lot
        received held. What was begun since and taken back is ``"undone"``.
    quoting : int
        How many say, in the coder's own words, five words in a row of the notes.
    last : Path or None
        The last bundle written here, if it is still there.
    sent : datetime or None
        When it was written, in UTC.
    """

    coder: str
    events: Mapping[str, int]
    fresh: Mapping[str, int]
    quoting: int
    last: Path | None = None
    sent: datetime | None = None


def bundle_path(study: Study, coder: str) -> Path:
    """Return where the bundle of a coder is written by default."""
    return parcel_path(study, None, f"envoi-{coder}.zip")


def outgoing(study: Study, coder: str) -> Outgoing:
    """Tell what the bundle of a coder would hold, and write nothing.

    What the program carried for her is in the bundle, and counted nowhere here.
    """
    check_coder(study, coder)
    last = bundle_path(study, coder)
    before = _held(study, last)
    with study.shelf.database.reading() as connection:
        events, links = events_of(connection, coder)
        quoted = count_quoting(connection, events)
    began = received(study.folder) if before is None else before
    undone = taken_back({key: row for key, row in events.items() if key not in began}, links)
    hers = {
        key: "undone" if row[5] in undone else row[1]
        for key, row in events.items()
        if row[4] != PROGRAM
    }
    fresh = Counter(kind for key, kind in hers.items() if key not in began)
    written = before is not None
    return Outgoing(
        coder,
        dict(sorted(Counter(hers.values()).items())),
        dict(sorted(fresh.items())),
        quoted,
        last if written else None,
        datetime.fromtimestamp(last.stat().st_mtime, UTC) if written else None,
    )


def _held(study: Study, path: Path) -> frozenset[bytes] | None:
    """Return the events of the last bundle; None when it is not there, or is not sound."""
    if not path.is_file():
        return None
    try:
        parcel = read_parcel(path)
        parcel.check_seal(study.identity.key)
        return frozenset(parcel.read(lambda: decode_events(parcel.parts[EVENTS]))[0])
    except CpitError:
        return None
