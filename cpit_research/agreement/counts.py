"""What each note adds to an agreement: sums that coefficients are computed from."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.marks import Marks
from cpit_research.agreement.units import Ints
from cpit_research.statistics.resampling import Floats

#: Sums on the last axis; one for each coder's marks follows, then one for the units she read.
(
    UNITS, CLASHES, SHARES, BOTH, FIRST, SECOND, PAIRS, MIXED, ONES, VALUES, POSITIVE,
) = range(11)  # fmt: skip
FIXED: Final = 11


def tally(found: Marks, read: NDArray[np.bool_], units: Ints, n_entries: int) -> Floats:
    r"""Return what each note adds to the sums of each entry.

    In a unit that :math:`m` coders read and :math:`p` of them marked:

    ========== ===================================================================
    UNITS      1
    CLASHES    :math:`2 p (m - p) / m (m - 1)`, the share of pairs that differ
    SHARES     :math:`p / m`
    BOTH       :math:`p (p - 1) / 2`, pairs of coders who both marked it
    FIRST      pairs of which the first, in the order of ids, alone marked it
    SECOND     pairs of which the second alone marked it
    PAIRS      :math:`m (m - 1) / 2`
    MIXED      :math:`p (m - p) / (m - 1)`, coincidences of a mark and of none
    ONES       :math:`p`
    VALUES     :math:`m`
    POSITIVE   1 if :math:`p > 0`
    ========== ===================================================================

    Parameters
    ----------
    found : Marks
        Of coders who read the note only.
    read : array of bool, shape (n_notes, n_coders)
        Who read which note; notes that fewer than two read add nothing.
    units : array of int, shape (n_notes,)
        Units of each note.
    n_entries : int
        Number of entries.

    Returns
    -------
    array of float, shape (n_notes, n_entries, 11 + 2 * n_coders)
    """
    n_notes, n_coders = read.shape
    readers = read.sum(axis=1)
    held = np.where(readers > 1, units, 0).astype(float)
    sums = np.zeros((FIXED + 2 * n_coders, n_entries, n_notes))
    sums[UNITS] = held
    sums[PAIRS] = held * readers * (readers - 1) / 2
    sums[VALUES] = held * readers
    sums[FIXED + n_coders :] = (held[:, None] * read).T[:, None]
    place = found.entry * n_notes + found.note
    _add_cells(sums, found, place, readers)
    by_coder = _counted(place[found.cell], found.coder, found.size[found.cell], sums, n_coders)
    sums[FIXED : FIXED + n_coders] = by_coder
    # A mark makes a pair with everyone who comes after; those who marked too are in BOTH.
    before = np.cumsum(read, axis=1) - 1
    after = readers[:, None] - 1 - before
    sums[FIRST] = (by_coder * after.T[:, None]).sum(axis=0) - sums[BOTH]
    sums[SECOND] = (by_coder * before.T[:, None]).sum(axis=0) - sums[BOTH]
    sums[:, :, readers < 2] = 0
    return sums.transpose(2, 1, 0)


def _add_cells(sums: Floats, found: Marks, place: Ints, readers: Ints) -> None:
    """Add what depends on how many coders marked a cell, and not on which."""
    often = np.bincount(found.cell, minlength=len(found.size))
    most = int(readers.max(initial=0)) + 1
    m = np.maximum(readers, 2)
    for p, cells in enumerate(_counted(place, often, found.size, sums, most)):
        if p:
            sums[CLASHES] += cells * (2 * p * (m - p) / (m * (m - 1)))
            sums[SHARES] += cells * (p / m)
            sums[BOTH] += cells * (p * (p - 1) / 2)
            sums[MIXED] += cells * (p * (m - p) / (m - 1))
            sums[ONES] += cells * p
            sums[POSITIVE] += cells


def _counted(place: Ints, rank: Ints, size: Ints, sums: Floats, n: int) -> Floats:
    """Return, of shape (n, n_entries, n_notes), the units of each rank in each place."""
    shape = sums.shape[1:]
    plain = not len(size) or int(size.max()) == 1
    bins = place * n + rank
    counted = np.bincount(bins, None if plain else size, shape[0] * shape[1] * n)
    told: Floats = np.moveaxis(counted.reshape(*shape, n), -1, 0).astype(float)
    return told
