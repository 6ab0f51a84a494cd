"""Every passage that bears a code, in all the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns, Rows
from cpit_research.model.source import Source
from cpit_research.wording import gettext as _
from cpit_research.workbench.lines import in_line
from cpit_research.workbench.params import Call
from cpit_research.workbench.passages import Passages, passages_of
from cpit_research.workbench.rows import note_rows

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]

_AT_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A code, or a family with all that is under it; of which notes, and of which speaker.

    All are counted, whoever put them; told are hers, and those of others if they are asked for:
    `limit` of them after the `first` ones.
    """

    code: str
    others: bool = False
    territory: str = ""
    visit_kind: str = ""
    speaker: str = ""
    first: int = 0
    limit: int = 200


def passages(desk: Desk, params: Asked) -> dict[str, Any]:
    """Return what bears a code, as far as the coder at work may see it, by note and place."""
    known = passages_of(desk)
    rows = _rows(desk, known.columns, params)
    hers = known.hers[rows]
    told = rows if params.others else rows[hers]
    first, most = max(0, params.first), max(0, min(params.limit, _AT_MOST))
    shown = _in_order(desk, known.columns, told)[first : first + most]
    return {
        "hits": [_passage(desk, known, row, params) for row in shown.tolist()],
        "total": len(told),
        "notes": len(np.unique(known.columns.source.rows[told])),
        "others": int(np.count_nonzero(~hers)),
    }


def _rows(desk: Desk, columns: CodingColumns, params: Asked) -> Rows:
    """Return the codings under a code, of the notes and of the speaker asked for."""
    under = Codings(CodingColumns.empty(), desk.study.corpus, desk.study.grid()).under(params.code)
    notes = [key for key, row in note_rows(desk).items() if _is_asked(row, params)]
    kept = columns.code.among(under) & columns.source.among(notes)
    rows = np.flatnonzero(kept)
    return rows[_said_by(desk, columns, rows, params.speaker)] if params.speaker else rows


def _is_asked(row: Mapping[str, Any], params: Asked) -> bool:
    return (
        params.territory in {"", *row["territories"]}
        and params.visit_kind in {"", row["visit_kind"]}
        and params.speaker in {"", *row["speakers"]}
    )


def _said_by(desk: Desk, columns: CodingColumns, rows: Rows, speaker: str) -> NDArray[np.bool_]:
    """Tell which codings begin in a turn of a speaker."""
    kept = np.zeros(len(rows), np.bool_)
    sources = columns.source.rows[rows]
    for rank in np.unique(sources).tolist():
        here = np.flatnonzero(sources == rank)
        source = desk.study.corpus[columns.source.names[rank]]
        kept[here] = _in_turns(source, speaker, columns.start[rows[here]])
    return kept


def _in_turns(source: Source, speaker: str, offsets: Rows) -> NDArray[np.bool_]:
    turns = sorted(source.structure.turns, key=attrgetter("start"))
    before = np.searchsorted([turn.start for turn in turns], offsets, "right") - 1
    ends = np.array([turn.end if turn.speaker == speaker else 0 for turn in turns], np.int64)
    said: NDArray[np.bool_] = (before >= 0) & (offsets < ends[before])
    return said


def _in_order(desk: Desk, columns: CodingColumns, rows: Rows) -> Rows:
    """Return codings by note, then by place; of those that begin together, the longest first."""
    order = {source.id: rank for rank, source in enumerate(desk.study.corpus)}
    ranks = np.array([order.get(name, -1) for name in columns.source.names], np.int64)
    keys = columns.ids[rows].astype("S16"), -columns.end[rows], columns.start[rows]
    return rows[np.lexsort((*keys, ranks[columns.source.rows[rows]]))]


def _passage(desk: Desk, known: Passages, row: int, params: Asked) -> dict[str, Any]:
    columns = known.columns
    source, start, end = columns.source[row], int(columns.start[row]), int(columns.end[row])
    hit = in_line(desk.study.corpus[source], start, end)
    memo = (source, start, end) in known.memos(others=params.others)
    code, coder, facets = columns.code[row], columns.coder[row], columns.facets
    said = facets.get(columns.ids[row], {})
    put = columns.decided is None or not columns.decided[row]
    told = [
        code if code != params.code else "",
        hit["speaker"],
        coder if coder != desk.coder and put else "",
        "" if put else _("decided by {coder}").format(coder=coder),
        hit["place"],
        *(dict(facet.values).get(said.get(facet.id, ""), "") for facet in desk.study.grid().facets),
        _("memo") if memo else "",
    ]
    return {
        **hit,
        "id": str(UUID(bytes=columns.ids[row])),
        "coder": coder,
        "told": list(filter(None, told)),
    }


CALLS: Final[Mapping[str, Call[Any]]] = {"passages": Call(passages, Asked)}
