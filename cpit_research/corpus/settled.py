"""Which codings nobody disputes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def settled_rows(  # noqa: PLR0917  one array a column
    source: NDArray[np.int32],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    code: NDArray[np.int32],
    coder: NDArray[np.int32],
    ids: NDArray[np.object_],
) -> NDArray[np.bool_]:
    """Return which codings are settled.

    A coding is settled when its source has one coder, or when every coder of the source put
    the same code on overlapping segments; of such a group the coding of smallest id is kept.

    Parameters
    ----------
    source, code, coder : array of int, shape (n_codings,)
        Indices of the source, the code and the coder of each coding.
    start, end : array of int, shape (n_codings,)
        Half-open ranges in code points.
    ids : array of bytes, shape (n_codings,)
        Identities.

    Returns
    -------
    array of bool, shape (n_codings,)
        True for settled codings.

    Examples
    --------
    Two coders agree on the first passage; only one of them saw the second.

    >>> settled_rows(np.array([0, 0, 0]), np.array([0, 5, 40]), np.array([9, 12, 50]),
    ...              np.array([1, 1, 1]), np.array([0, 1, 0]),
    ...              np.array([b"a", b"b", b"c"], object)).tolist()
    [True, False, False]
    """
    n = len(source)
    settled = np.zeros(n, np.bool_)
    if not n:
        return settled
    coders_of = _distinct_per_group(source, coder)
    alone = coders_of[source] == 1
    settled[alone] = True
    disputed = np.flatnonzero(~alone)
    order = disputed[np.lexsort((start[disputed], code[disputed], source[disputed]))]
    for group in _overlapping(order, source, code, start, end):
        if len({int(coder[row]) for row in group}) == coders_of[source[group[0]]]:
            settled[min(group, key=lambda row: bytes(ids[row]))] = True
    return settled


def _distinct_per_group(group: NDArray[np.int32], value: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return, of shape (max(group) + 1,), how many distinct values each group holds."""
    pairs = np.unique(np.stack((group, value)), axis=1)
    return np.bincount(pairs[0], minlength=int(group.max()) + 1)


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
