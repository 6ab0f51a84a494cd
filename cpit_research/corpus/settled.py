"""Which codings nobody disputes, and why."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.columns import CodingColumns

#: Why a coding is settled: nobody else coded its note, all who did agree, it was decided.
ALONE: Final = 1
AGREED: Final = 2
DECIDED: Final = 3


def settled_kinds(
    columns: CodingColumns, readers: NDArray[np.int64], counted: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """Return why each coding is settled, 0 for those that are not.

    One that an adjudication puts is; those that it is about are not. Of the others, a coding is
    settled when its note has one reader, or when every reader of the note put the same code on
    overlapping segments; of such a group the coding of smallest id is kept.

    Parameters
    ----------
    columns : CodingColumns
        The codings.
    readers : array of int, shape (n_sources,)
        How many coders read each source of ``columns.source.names``.
    counted : array of bool, shape (n_codings,)
        Codings of coders who count: those of machines and trainees settle nothing.

    Returns
    -------
    array of int8, shape (n_codings,)
        ``ALONE``, ``AGREED``, ``DECIDED``, or 0.
    """
    kinds = np.zeros(len(columns), np.int8)
    if not len(columns):
        return kinds
    source, code, coder = (words.rows for words in (columns.source, columns.code, columns.coder))
    undecided = counted.copy()
    for told in (columns.decided, columns.judged):
        if told is not None:
            undecided &= ~told
    n_readers = readers[source]
    kinds[undecided & (n_readers == 1)] = ALONE
    shared = np.flatnonzero(undecided & (n_readers > 1))
    start, end = columns.start, columns.end
    order = shared[np.lexsort((start[shared], code[shared], source[shared]))]
    for group in _overlapping(order, source, code, start, end):
        if len({int(coder[row]) for row in group}) == n_readers[group[0]]:
            kinds[min(group, key=lambda row: bytes(columns.ids[row]))] = AGREED
    if columns.decided is not None:
        kinds[columns.decided] = DECIDED
    return kinds


def _overlapping(
    order: NDArray[np.int64],
    source: NDArray[np.int32],
    code: NDArray[np.int32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
) -> list[list[int]]:
    """Return the runs of rows of one source and code whose ranges chain by overlap."""
    groups: list[list[int]] = []
    reach = -1
    for row in order.tolist():
        last = groups[-1][-1] if groups else -1
        if (
            last >= 0
            and source[last] == source[row]
            and code[last] == code[row]
            and start[row] < reach
        ):
            groups[-1].append(row)
            reach = max(reach, int(end[row]))
        else:
            groups.append([row])
            reach = int(end[row])
    return groups
