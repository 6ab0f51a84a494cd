"""What is counted of codings: distinct episodes, passages, documents or people, with margins."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.codings import Codings

Count = Literal["episode", "segment", "source", "participant"]

COUNTS: Final = ("episode", "segment", "source", "participant")
#: Counts whose margins are sums.
_ADDITIVE: Final = frozenset({"episode", "segment"})


def occurrences(
    codings: Codings, count: Count, row_of: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the unit counted and the coding it comes from, a pair an occurrence."""
    columns = codings.columns
    every = np.arange(len(codings))
    if count == "participant":
        return _participants(codings)
    if count == "source":
        return columns.source.rows.astype(np.int64), every
    segments = _ranks(columns.end, columns.start, columns.source.rows)
    if count == "segment" or columns.episode is None:
        return segments, every
    return _episodes(_ranks(segments, row_of), columns.episode, row_of), every


def _episodes(
    passage: NDArray[np.int64], episode: NDArray[np.int64], row_of: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the event of each coding: passages of one row that an episode links, step by step.

    `passage` is the rank of the segment under its row. An event is a function of it, so that there
    are never more of them than of segments; two coders who put the same passage of one row in
    episodes of theirs tell one event.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 - 0.2 s that ungrouped codings save
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - as above

    inside = np.flatnonzero(episode >= 0)
    n = int(passage.max()) + 1 if len(passage) else 0
    groups = _ranks(episode[inside], row_of[inside])
    edges = np.ones(len(inside), np.int8)
    links = coo_array((edges, (passage[inside], n + groups)), shape=(n + len(edges),) * 2)
    _n_events, labels = connected_components(links, directed=False)
    return np.asarray(labels[passage], np.int64)


def _ranks(*keys: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the rank of each row's values among the distinct ones, the last key first."""
    order = np.lexsort(keys)
    differs = np.zeros(len(order), np.bool_)
    for key in keys:
        differs[1:] |= np.diff(key[order]) != 0
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.cumsum(differs)
    return ranks


def _participants(codings: Codings) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    people: dict[str, int] = {}
    met: list[NDArray[np.int64]] = []
    for name in codings.columns.source.names:
        visit = codings.corpus.visit(codings.corpus[name]) if name in codings.corpus else None
        ids = [
            people.setdefault(person, len(people))
            for person in (visit.participants if visit else ())
        ]
        met.append(np.array(ids, np.int64))
    rows = codings.columns.source.rows
    sizes = np.array([len(met[at]) for at in range(len(met))], np.int64)
    owners = np.repeat(np.arange(len(codings)), sizes[rows] if len(sizes) else 0)
    units = np.concatenate([met[row] for row in rows]) if len(owners) else np.zeros(0, np.int64)
    return units, owners


def counted(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    unit: NDArray[np.int64],
    shape: tuple[int, int],
) -> NDArray[np.int64]:
    """Return how many distinct units each cell of a table of that shape holds."""
    cell = row * shape[1] + column
    pairs = _distinct_pairs(cell, unit)
    return np.bincount(pairs, minlength=shape[0] * shape[1]).reshape(shape)


def _distinct_pairs(cell: NDArray[np.int64], unit: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cell of every distinct (cell, unit) pair."""
    if not len(cell):
        return cell
    width = int(unit.max()) + 1
    pairs = np.sort(cell * width + unit)
    return pairs[np.diff(pairs, prepend=-1) > 0] // width


def margins(
    matrix: NDArray[np.int64],
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    unit: NDArray[np.int64],
    *,
    count: Count,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return how many units each row, each column and the whole table hold."""
    if count in _ADDITIVE:
        return matrix.sum(axis=1), matrix.sum(axis=0), int(matrix.sum())
    by_row = np.bincount(_distinct_pairs(row, unit), minlength=matrix.shape[0])
    by_column = np.bincount(_distinct_pairs(column, unit), minlength=matrix.shape[1])
    return by_row, by_column, len(np.unique(unit))
