"""Crossing codes with what is known of their codings: their source, their coder, a facet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cpit_research.analysis.occurrences import (
    COUNTS,
    Count,
    counted,
    margins,
    occurrences,
)
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.left_out import left_out
from cpit_research.errors import InvalidInput
from cpit_research.model.register import VISIT_KINDS, Visit
from cpit_research.model.source import Source
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _

Rows = Literal["code", "family"]

ROWS: Final = ("code", "family")
COLUMNS: Final = ("visit_kind", "territory", "setting", "visit", "source", "coder")
#: What the columns of a facet begin with, and the column of what states no value of it.
FACET: Final = "facet:"
UNSTATED: Final = "unstated"


def crosstab(
    codings: Codings,
    *,
    columns: str = "visit_kind",
    rows: Rows = "code",
    count: Count = "episode",
) -> Result:
    """Cross codes with an attribute of their sources or with a facet, with margins.

    Parameters
    ----------
    codings : Codings
        What to count.
    columns : str
        ``"visit_kind"``, ``"territory"``, ``"setting"``, ``"visit"``, ``"source"`` or ``"coder"``.
        A source whose visit gathers several territories stands under ``several``; one whose
        visit is unknown under ``unknown``. ``"facet:effectivity"``, or any other facet of the
        grid: a column a value, in the order of the grid, then ``unstated``.
    rows : str
        ``"code"`` or ``"family"``. Every one of the axes that codings use has its row, those
        never met too.
    count : str
        ``"episode"``: distinct episodes; a segment coded outside any counts as one, and so does
        one that several coders put in theirs under the same row. ``"segment"``: distinct
        segments. Of these two, one that bears two codes counts once under each, and margins are
        sums. ``"source"``, ``"participant"``: distinct documents, or people met on
        the visit; margins count each one once, so that they are not sums.

    Returns
    -------
    Result
        Table indexed by code id; columns ``name``, one an attribute value, ``total``; last row
        ``total``. Counts are whole numbers, never NaN.

    Raises
    ------
    InvalidInput
        If a parameter is not one of its values.
    """
    facets = [f"{FACET}{facet.id}" for facet in codings.grid.facets]
    _check("columns", columns, (*COLUMNS, *facets))
    _check("rows", rows, ROWS)
    _check("count", count, COUNTS)
    row_ids, row_of = _rows(codings, rows)
    column_ids, column_of = _columns(codings, columns)
    units, owners = occurrences(codings, count, row_of)
    matrix = counted(row_of[owners], column_of[owners], units, (len(row_ids), len(column_ids)))
    by_row, by_column, overall = margins(
        matrix, row_of[owners], column_of[owners], units, count=count
    )
    known = (codings.grid.get(key) for key in row_ids)
    names = [code.name if code else key for code, key in zip(known, row_ids, strict=True)]
    table = pd.DataFrame(
        np.block([[matrix, by_row[:, None]], [by_column, np.array(overall)]]),
        index=[*row_ids, "total"],
        columns=[*column_ids, "total"],
    )
    table.insert(0, "name", [*names, _("Total")])
    table.index.name = "code"
    return Result(
        title=_titles()[rows, count],
        table=table,
        counts=count,
        method=_methods()[count],
        notes=left_out(codings),
        settings={"rows": rows, "columns": columns, "count": count},
        names=_names(codings, columns),
        provenance=provenance(codings.corpus, codings),
    )


def _check(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        close = nearest(value, known)
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=value, name=name),
            exists=_("It can be: {values}.").format(values=", ".join(known)),
            remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
        )


def _rows(codings: Codings, rows: Rows) -> tuple[list[str], NDArray[np.int64]]:
    grid = codings.grid
    used = codings.columns.code
    met = {used.names[at] for at in np.unique(used.rows)}
    axes = {grid[code].axis for code in met if code in grid}
    leaves = [code.id for code in grid.leaves() if not axes or code.axis in axes]
    if rows == "code":
        ids = leaves
        place = {code: at for at, code in enumerate(ids)}
    else:
        ids = list(dict.fromkeys(grid.family(code).id for code in leaves))
        families = {code.id: grid.family(code.id).id for code in grid}
        place = {code: ids.index(family) for code, family in families.items() if family in ids}
    for name in sorted(met - place.keys()):  # a draft that has lost codes since
        place[name] = len(ids)
        ids.append(name)
    lookup = np.array([place.get(name, -1) for name in used.names], np.int64)
    return ids, lookup[used.rows] if len(lookup) else np.zeros(0, np.int64)


def _columns(codings: Codings, columns: str) -> tuple[list[str], NDArray[np.int64]]:
    if columns == "coder":
        names, rows = codings.columns.coder.names, codings.columns.coder.rows
        order = list(codings.coders)
        place = {name: at for at, name in enumerate(order)}
        lookup = np.array([place.get(name, -1) for name in names], np.int64)
        return order, lookup[rows] if len(lookup) else np.zeros(0, np.int64)
    if columns.startswith(FACET):
        return _facet(codings, columns.removeprefix(FACET))
    value_of = _attribute(codings, columns)
    values = {source.id: value_of(source) for source in codings.corpus}
    present = set(values.values())
    order = [kind for kind in VISIT_KINDS if kind in present] if columns == "visit_kind" else []
    order += sorted(present - set(order))
    place = {value: at for at, value in enumerate(order)}
    used = codings.columns.source
    lookup = np.array(
        [place[values[name]] if name in values else -1 for name in used.names], np.int64
    )
    return order, lookup[used.rows] if len(lookup) else np.zeros(0, np.int64)


def _facet(codings: Codings, facet: str) -> tuple[list[str], NDArray[np.int64]]:
    """Return the values of a facet in the order of the grid, and the one that each coding has."""
    known = next(one for one in codings.grid.facets if one.id == facet)
    order = [value for value, _name in known.values]
    stated = codings.columns.facets
    nothing: Mapping[str, str] = {}
    values = [stated.get(key, nothing).get(facet, UNSTATED) for key in codings.columns.ids.tolist()]
    order += sorted(set(values) - {*order, UNSTATED})  # a draft that has lost values since
    place = {value: at for at, value in enumerate([*order, UNSTATED])}
    ranks = np.fromiter(map(place.__getitem__, values), np.int64, len(values))
    return list(place), ranks


def _names(codings: Codings, columns: str) -> dict[str, str]:
    """Return the names that the grid gives to the columns of a facet."""
    facet = columns.removeprefix(FACET)
    named = {one.id: dict(one.values) for one in codings.grid.facets}
    return named.get(facet, {}) if columns.startswith(FACET) else {}


def _attribute(codings: Codings, columns: str) -> Callable[[Source], str]:
    corpus = codings.corpus
    territories = {territory.id: territory for territory in corpus.register.territories}

    def of_visit(visit: Visit | None) -> str:
        if visit is None:
            return "unknown"
        if columns == "visit_kind":
            return visit.kind
        if columns == "visit":
            return visit.id
        if len(visit.territories) != 1:
            return "several" if visit.territories else "unknown"
        met = territories.get(visit.territories[0])
        if columns == "territory" or met is None:
            return visit.territories[0]
        return met.setting or "unknown"

    if columns == "source":
        return lambda source: source.path
    return lambda source: of_visit(corpus.visit(source))


def _titles() -> dict[tuple[str, str], str]:
    return {
        ("code", "episode"): _("Episodes by situation"),
        ("code", "segment"): _("Segments by situation"),
        ("code", "source"): _("Documents by situation"),
        ("code", "participant"): _("Participants by situation"),
        ("family", "episode"): _("Episodes by family of situations"),
        ("family", "segment"): _("Segments by family of situations"),
        ("family", "source"): _("Documents by family of situations"),
        ("family", "participant"): _("Participants by family of situations"),
    }


def _methods() -> dict[str, str]:
    return {
        "episode": _(
            "Distinct episodes; a passage coded outside any counts as one. One that bears two "
            "codes counts once under each; margins are sums."
        ),
        "segment": _(
            "Distinct segments. One that bears two codes counts once under each; margins are sums."
        ),
        "source": _("Distinct documents. Margins count each document once: they are not sums."),
        "participant": _(
            "Distinct people met on the visit. Margins count each person once: they are not sums."
        ),
    }
