"""All the codings as a table: one row a quotation, with everything known of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.left_out import left_out
from cpit_research.model.source import Source
from cpit_research.model.structure import Part
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.wording import gettext as _
from cpit_research.wording.places import shown_place

#: What lies between two parts has the place of the first.
_FOR_EVER: Final = sys.maxsize


def quotations(codings: Codings) -> Result:
    """List the codings, one row a quotation, with the attributes of its source.

    Parameters
    ----------
    codings : Codings
        What to list.

    Returns
    -------
    Result
        Indexed by coding id (hexadecimal), in the order of `codings`: ``source`` (path),
        ``visit``, ``visit_kind``, ``date``, ``territory``, ``setting``, ``speaker``, ``code``,
        ``name``, ``family``, ``coder``, ``grid``, ``start``, ``end``, ``location`` (in the file
        received, where the quotation starts), ``quotation``, then one column a facet stated at
        least once. Unknown attributes are empty texts.
    """
    columns, grid = codings.columns, codings.grid
    sources = _source_attributes(codings)
    table = pd.DataFrame(
        {name: values[columns.source.rows] for name, values in sources.items()},
        index=pd.Index([key.hex() for key in columns.ids.tolist()], name="id"),
    )
    codes = np.array(columns.code.names, object)
    names = np.array([grid[code].name if code in grid else "" for code in codes], object)
    families = np.array([grid.family(code).name if code in grid else "" for code in codes], object)
    table["speaker"] = _of_parts(codings, lambda source: source.structure.turns, _speaker)
    for name, values in (("code", codes), ("name", names), ("family", families)):
        table[name] = values[columns.code.rows]
    table["coder"] = np.array(columns.coder.names, object)[columns.coder.rows]
    table["grid"] = np.array(columns.grid.names, object)[columns.grid.rows]
    table["start"], table["end"] = columns.start, columns.end
    table["location"] = _of_parts(codings, lambda source: source.structure.places, _place)
    table["quotation"] = list(codings.quotes())
    facets = [columns.facets.get(key, {}) for key in columns.ids.tolist()]
    for facet in sorted({name for stated in facets for name in stated}):
        table[facet] = [stated.get(facet, "") for stated in facets]
    return Result(
        title=_("Codings, one row a quotation"),
        table=table,
        counts="segment",
        method=_("Every coding under grid {version}, with its words and attributes.").format(
            version=grid.version
        ),
        notes=left_out(codings),
        provenance=provenance(codings.corpus, codings),
    )


def _source_attributes(codings: Codings) -> dict[str, np.ndarray[tuple[int], np.dtype[np.object_]]]:
    corpus = codings.corpus
    settings = {territory.id: territory.setting for territory in corpus.register.territories}
    rows: dict[str, list[object]] = {
        name: [] for name in ("source", "visit", "visit_kind", "date", "territory", "setting")
    }
    for key in codings.columns.source.names:
        source = corpus.get(key)
        visit = corpus.visit(source) if source else None
        territories = visit.territories if visit else ()
        rows["source"].append(source.path if source else "")
        rows["visit"].append(visit.id if visit else "")
        rows["visit_kind"].append(visit.kind if visit else "unknown")
        rows["date"].append(visit.day.isoformat() if visit and visit.day else "")
        rows["territory"].append("; ".join(territories))
        rows["setting"].append(
            "; ".join(sorted({settings.get(name, "") for name in territories} - {""}))
        )
    arrays = {}
    for name, values in rows.items():
        arrays[name] = np.empty(len(values), object)
        arrays[name][:] = values
    return arrays


def _of_parts(
    codings: Codings,
    parts_of: Callable[[Source], Sequence[Part]],
    said: Callable[[Part], tuple[str, int]],
) -> list[str]:
    """Return, for each coding, what is said of the last part before its start that reaches it."""
    columns = codings.columns
    found = np.full(len(codings), "", object)
    order = np.argsort(columns.source.rows, kind="stable")
    bounds = np.searchsorted(columns.source.rows[order], np.arange(len(columns.source.names) + 1))
    for at, key in enumerate(columns.source.names):
        parts = parts_of(codings.corpus[key]) if key in codings.corpus else ()
        rows = order[bounds[at] : bounds[at + 1]]
        if not parts or not len(rows):
            continue
        starts = np.array([part.start for part in parts])
        words, ends = zip(*map(said, parts), strict=True)
        place = np.searchsorted(starts, columns.start[rows], side="right") - 1
        inside = (place >= 0) & (columns.start[rows] < np.array(ends)[place])
        found[rows[inside]] = np.array(words, object)[place[inside]]
    return found.tolist()


def _speaker(turn: Part) -> tuple[str, int]:
    return turn.speaker, turn.end


def _place(part: Part) -> tuple[str, int]:
    return shown_place(part.place), _FOR_EVER
