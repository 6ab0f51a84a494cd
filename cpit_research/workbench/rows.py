"""One row a note: where it comes from, how far its coder went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cpit_research.corpus.columns import CodingColumns
from cpit_research.model.round import Round
from cpit_research.model.source import Source
from cpit_research.store.proposals import stored_passages
from cpit_research.study.rounds.rounds import round_list
from cpit_research.study.study import Study

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["Row", "note_rows"]

Row = dict[str, Any]
_LONGEST_TITLE: Final = 120
_LAST: Final = (
    "SELECT v.source, max(e.at) FROM event e JOIN text_version v ON v.id = e.version "
    "WHERE e.actor = ? GROUP BY v.source"
)


def note_rows(desk: Desk) -> dict[str, Row]:
    """Return the row of every note by id of source, read again once the study has changed."""
    study, coder = desk.study, desk.coder
    state = (desk.counter(), id(study.corpus), study.grid().fingerprint)
    made = desk.keep("rows", _Made)
    if made.state != state:
        made.state, made.rows = state, _rows(desk, study, coder)
    return made.rows


class _Made:
    """The rows, and the state of the study that they tell."""

    def __init__(self) -> None:
        self.state: object = None
        self.rows: dict[str, Row] = {}


@dataclass(frozen=True, slots=True)
class Work:
    """What one coder did, by source."""

    codings: Counter[str]
    debt: Counter[str]
    memos: Counter[str]
    proposals: Counter[str]
    suggestions: Counter[str]
    spans: dict[str, list[tuple[int, int]]]
    through: dict[str, tuple[int, bool]]
    last: dict[str, int]


def _rows(desk: Desk, study: Study, coder: str) -> dict[str, Row]:
    work = _work(study, coder)
    rounds = round_list(study)
    assigned = _assigned(rounds, coder)
    done = _finished(rounds, coder)
    return {
        source.id: {
            **desk.keep(("about", source.version, source.visit), partial(_about, study, source)),
            **_progress(source, work, finished=source.id in done),
            "round": assigned.get(source.id),
        }
        for source in study.corpus
    }


def _about(study: Study, source: Source) -> Row:
    """Return what does not depend on the coder."""
    visit = study.corpus.visit(source)
    return {
        "source": source.id,
        "version": source.version,
        "path": source.path,
        "title": _title(source),
        "kind": source.kind,
        "visit": visit.id if visit else source.visit,
        "visit_kind": visit.kind if visit else None,
        "territories": list(visit.territories) if visit else [],
        "day": visit.day.isoformat() if visit and visit.day else None,
        "words": source.words,
        "speakers": list(dict.fromkeys(turn.speaker for turn in source.structure.turns)),
    }


def _title(source: Source) -> str:
    """Return the first heading, or the name of the file."""
    for part in source.structure.of("heading"):
        said = " ".join(source.text[part.start : part.end].split())
        if said and len(said) <= _LONGEST_TITLE:
            return said
    return source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _progress(source: Source, work: Work, *, finished: bool) -> Row:
    spans = work.spans.get(source.id, [])
    known = work.through.get(source.id)
    reached = max((end for _start, end in spans), default=0)
    through, said = known or (reached, False)
    finished = finished or said
    words = max(source.words, 1)
    covered = sum(len(source.text[start:end].split()) for start, end in spans)
    return {
        "codings": work.codings[source.id],
        "memos": work.memos[source.id],
        "proposals": work.proposals[source.id],
        "debt": work.debt[source.id],
        "suggestions": work.suggestions[source.id],
        "covered": min(1.0, covered / words),
        "words_left": 0 if finished else len(source.text[through:].split()),
        "finished": finished,
        "last": work.last.get(source.id),
    }


def _work(study: Study, coder: str) -> Work:
    mine = _of(study.codings().columns, coder)
    owed = _of(study.shelf.undecided(), coder)
    versions = {source.id: source.version for source in study.corpus}
    with study.shelf.database.reading() as connection:
        passages = stored_passages(connection)
        last = {row[0]: row[1] for row in connection.exec_driver_sql(_LAST, (coder,))}
    return Work(
        _counted(mine),
        _counted(owed),
        Counter(one.segment.source for one in study.memos if one.author == coder),
        Counter(one.source for one in passages if one.coder == coder),
        Counter(one.segment.source for one in study.suggestions(coder)),
        _merged(mine, owed),
        {
            one.source: (one.through if one.version == versions.get(one.source) else 0, one.finished)
            for one in study.readings
            if one.coder == coder
        },
        last,
    )


def _of(columns: CodingColumns, coder: str) -> CodingColumns:
    kept = columns.coder.among((coder,))
    if columns.decided is not None:
        kept &= ~columns.decided
    return columns.take(np.flatnonzero(kept))


def _counted(columns: CodingColumns) -> Counter[str]:
    names = columns.source.names
    counts = np.bincount(columns.source.rows, minlength=len(names))
    return Counter(dict(zip(names, counts.tolist(), strict=True)))


def _merged(*several: CodingColumns) -> dict[str, list[tuple[int, int]]]:
    """Return, by source, the stretches that codings cover, each word once."""
    found: dict[str, list[tuple[int, int]]] = {}
    for columns in several:
        names = columns.source.names
        for rank, start, end in zip(
            columns.source.rows.tolist(), columns.start.tolist(), columns.end.tolist(), strict=True
        ):
            found.setdefault(names[rank], []).append((start, end))
    return {source: _joined(sorted(spans)) for source, spans in found.items()}


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _assigned(rounds: tuple[Round, ...], coder: str) -> dict[str, str]:
    """Return the open round that gives each note to the coder."""
    return {
        source: one.name
        for one in rounds
        if one.state == "open" and coder in one.coders
        for source, _version in one.sources
    }


def _finished(rounds: tuple[Round, ...], coder: str) -> set[str]:
    """Return the notes that the coder said she had gone through, in a round."""
    return {
        source
        for one in rounds
        if one.state != "cancelled" and coder in one.finished
        for source, _version in one.sources
    }
