"""Columns of codings that follow what changed: some rows taken out, others put in their places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

import numpy as np

from cpit_research.corpus.columns import CodingColumns, Rows, Words

__all__ = ["exchanged"]


def exchanged(
    columns: CodingColumns,
    gone: Collection[bytes],
    fresh: CodingColumns,
    versions: Iterable[str],
) -> CodingColumns:
    """Return the same columns, some codings as they are now.

    Parameters
    ----------
    columns : CodingColumns
        By version, start and id, as they are loaded: neither grouped nor adjudicated.
    gone : collection of bytes
        Ids of codings; those that are not there are nothing.
    fresh : CodingColumns
        What becomes of these codings, in the same order.
    versions : iterable of str
        The texts on which they may stand in `columns`.
    """
    here = np.flatnonzero(columns.version.among(versions))
    left = [row for row in here.tolist() if columns.ids[row] in gone]
    kept = columns.take(np.delete(np.arange(len(columns)), left)) if left else columns
    at = _places(kept, fresh)
    facets = {key: said for key, said in columns.facets.items() if key not in gone}
    return CodingColumns(
        np.insert(kept.ids, at, fresh.ids),
        _words(kept.source, at, fresh.source),
        _words(kept.version, at, fresh.version),
        np.insert(kept.start, at, fresh.start),
        np.insert(kept.end, at, fresh.end),
        _words(kept.code, at, fresh.code),
        _words(kept.coder, at, fresh.coder),
        _words(kept.grid, at, fresh.grid),
        facets | dict(fresh.facets),
    )


def _places(kept: CodingColumns, fresh: CodingColumns) -> Rows:
    """Return before which row of those kept each fresh one stands."""
    names = np.array([*kept.version.names, *fresh.version.names])
    ranks = np.unique(names, return_inverse=True)[1]
    before, after = ranks[: len(kept.version.names)], ranks[len(kept.version.names) :]
    rows = before[kept.version.rows]
    found = np.zeros(len(fresh), np.int64)
    starts = fresh.start.tolist()
    for row, rank in enumerate(after[fresh.version.rows].tolist()):
        low, high = np.searchsorted(rows, (rank, rank + 1)).tolist()
        here = kept.start[low:high]
        first, last = low + np.searchsorted(here, (starts[row], starts[row] + 1))
        found[row] = first + bisect_left(kept.ids[first:last].tolist(), fresh.ids[row])
    return found


def _words(kept: Words, at: Rows, fresh: Words) -> Words:
    """Return a column with others put in, its names in order of first appearance."""
    rank = {name: place for place, name in enumerate(kept.names)}
    for name in fresh.names:
        rank.setdefault(name, len(rank))
    now = np.array([rank[name] for name in fresh.names], np.int32)
    return Words(tuple(rank), np.insert(kept.rows, at, now[fresh.rows])).used()
