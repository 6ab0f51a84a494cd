"""How far one coder went: counted on all notes at once, or on the events of one note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import Connection

from cpit_research.corpus.columns import CodingColumns
from cpit_research.model.source import Source
from cpit_research.model.standing import StandingEvent, SubjectKind
from cpit_research.store.proposals import stored_passages
from cpit_research.study.acts.standing import standing
from cpit_research.study.study import Study
from cpit_research.workbench.stretches import Spans, codes_borne, covered, joined

__all__ = ["NOTHING", "Work", "all_work", "settled_codings", "work_on"]

#: By text, whose index gives them one after the other.
_LAST: Final = (
    "SELECT v.source, max(e.at) FROM (SELECT version, max(at) AS at FROM event "
    "WHERE actor = ? AND version IS NOT NULL GROUP BY version) e "
    "JOIN text_version v ON v.id = e.version GROUP BY v.source"
)
_LAST_ON: Final = (
    "SELECT max(at) FROM event WHERE actor = ? AND version IN "
    "(SELECT id FROM text_version WHERE source = ?)"
)
_DECIDED_ON: Final = (
    "SELECT id FROM event WHERE kind = 'decide' AND version IN "
    "(SELECT id FROM text_version WHERE source = ?)"
)


@dataclass(frozen=True, slots=True)
class Work:
    """What one coder did on one note.

    Parameters
    ----------
    codings, debt, memos, proposals, suggestions : int
        How many; of suggestions, those that wait for her.
    spans : Spans
        What her codings cover.
    codes : tuple of (str, int)
        How many of her codings bear each code.
    through : int or None
        How far she said that she had read, None when she never did.
    finished : bool
        Whether she said that she had finished it.
    last : int or None
        When she last did anything there, in milliseconds since 1970.
    """

    codings: int = 0
    debt: int = 0
    memos: int = 0
    proposals: int = 0
    suggestions: int = 0
    spans: Spans = ()
    codes: tuple[tuple[str, int], ...] = ()
    through: int | None = None
    finished: bool = False
    last: int | None = None


NOTHING: Final = Work()


def all_work(study: Study, coder: str) -> dict[str, Work]:
    """Return what one coder did, by note."""
    mine, owed = _of(study.codings().columns, coder), _of(study.shelf.undecided(), coder)
    with study.shelf.database.reading() as connection:
        passages = stored_passages(connection)
        last = {row[0]: row[1] for row in connection.exec_driver_sql(_LAST, (coder,))}
    codings, debt = _counted(mine), _counted(owed)
    memos = _times(one.segment.source for one in study.memos if one.author == coder)
    proposals = _times(one.source for one in passages if one.coder == coder)
    suggested = _times(one.segment.source for one in study.suggestions(coder))
    spans, codes = covered(mine, owed), codes_borne(mine)
    readings = {one.source: one for one in study.readings if one.coder == coder}
    found = {}
    for source in study.corpus:
        key, reading = source.id, readings.get(source.id)
        found[key] = Work(
            codings.get(key, 0), debt.get(key, 0), memos.get(key, 0), proposals.get(key, 0),
            suggested.get(key, 0), spans.get(key, ()), codes.get(key, ()),
            _reached(reading.through, reading.version, source) if reading else None,
            reading is not None and reading.finished, last.get(key),
        )  # fmt: skip
    return found


def work_on(study: Study, source: Source, coder: str) -> Work:
    """Return what one coder did on one note, from the events that stand there."""
    events = standing(study, source.id, coder=coder, coders=())
    codings = [event for event in settled_codings(study, source, events) if event.coder == coder]
    reading = next((event for event in events if event.of == "reading"), None)
    with study.shelf.database.reading() as connection:
        last = _last_on(connection, source, coder)
        decided = _decided_on(connection, source)
    codings = [event for event in codings if event.subject.bytes not in decided]
    return Work(
        sum(not event.debt for event in codings),
        sum(event.debt for event in codings),
        len({event.subject for event in _mine(events, "memo", coder)}),
        len({event.subject for event in _mine(events, "proposal", coder)}),
        _waiting(events, codings, source),
        joined(sorted((event.start or 0, event.end or 0) for event in codings)),
        tuple(sorted(Counter(event.code or "" for event in codings if not event.debt).items())),
        _reached(reading.through or 0, reading.version or "", source) if reading else None,
        bool(reading and reading.finished),
        last,
    )


def settled_codings(
    study: Study, source: Source, events: Iterable[StandingEvent]
) -> list[StandingEvent]:
    """Return the codings, among the events of one note, on its newest text under grids known.

    Those that people must settle are left out; those to be read again are there.
    """
    versions = {grid.version for grid in study.shelf.lineage(study.grid())}
    return [
        event
        for event in _settled(one for one in events if one.of == "coding")
        if not event.gone and event.version == source.version and event.grid in versions
    ]


def _reached(through: int, version: str, source: Source) -> int:
    """Return how far one has read the text of now: what was said of another text does not tell."""
    return through if version == source.version else 0


def _last_on(connection: Connection, source: Source, coder: str) -> int | None:
    row = connection.exec_driver_sql(_LAST_ON, (coder, source.id)).one()
    last: int | None = row[0]
    return last


def _decided_on(connection: Connection, source: Source) -> set[bytes]:
    """Return the codings that decisions put on a note: they are nobody's."""
    return {row[0] for row in connection.exec_driver_sql(_DECIDED_ON, (source.id,))}


def _mine(events: Iterable[StandingEvent], of: SubjectKind, coder: str) -> list[StandingEvent]:
    return [one for one in events if one.of == of and one.coder == coder and not one.gone]


def _settled(events: Iterable[StandingEvent]) -> list[StandingEvent]:
    """Return one event a thing: none of those that people must settle."""
    found: dict[object, list[StandingEvent]] = {}
    for event in events:
        found.setdefault(event.subject, []).append(event)
    return [several[0] for several in found.values() if len({*map(_left, several)}) == 1]


def _left(event: StandingEvent) -> tuple[object, ...]:
    put = event.put or event.code
    facets = tuple(sorted((event.facets or {}).items()))
    return event.gone, event.version, event.start, event.end, put, event.grid, facets


def _waiting(
    events: Iterable[StandingEvent], codings: Iterable[StandingEvent], source: Source
) -> int:
    """Return how many suggestions wait: neither answered, nor coded alike already."""
    told = {one.suggestion for one in events if one.of == "answer" and one.answer is not None}
    there = {(one.start, one.end, one.code) for one in codings}
    asked: dict[tuple[object, ...], bool] = {}
    for one in events:
        if one.of == "suggestion" and not one.gone and one.version == source.version:
            key = (one.coder, one.start, one.end, one.put or one.code, one.grid, one.code)
            answered = one.subject in told or (one.start, one.end, one.code) in there
            asked[key] = asked.get(key, False) or answered
    return sum(not answered for answered in asked.values())


def _of(columns: CodingColumns, coder: str) -> CodingColumns:
    kept = columns.coder.among((coder,))
    if columns.decided is not None:
        kept &= ~columns.decided
    return columns.take(np.flatnonzero(kept))


def _counted(columns: CodingColumns) -> Mapping[str, int]:
    names = columns.source.names
    counts = np.bincount(columns.source.rows, minlength=len(names))
    return dict(zip(names, counts.tolist(), strict=True))


def _times(words: Iterable[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found
