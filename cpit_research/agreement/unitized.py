"""Free spans on several notes: what each note adds to unitizing alpha, code by code."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.marks import Frame, Placed
from cpit_research.agreement.unitizing import unitizing_table
from cpit_research.agreement.units import Ints
from cpit_research.statistics.resampling import Floats


def unitized(
    entry: Ints, found: Placed, within: Frame, read: NDArray[np.bool_], n_entries: int
) -> Floats:
    """Return the disagreement that each note adds to each entry, observed and expected.

    Segments of one coder under one entry that overlap are one; those that touch stay two.

    Parameters
    ----------
    entry : array of int, shape (n,)
        The entry of each coding placed by spans, -1 for those that have none.
    found : Placed
        The codings.
    within : Frame
        The notes.
    read : array of bool, shape (n_notes, n_coders)
        Who counts on which note.
    n_entries : int
        Number of entries.

    Returns
    -------
    array of float, shape (n_notes, n_entries, 2)
    """
    entry, note, coder, first, last = _merged(entry, found)
    order = np.lexsort((entry, last, first, coder, note))
    entry, note, coder, first, last = (
        values[order] for values in (entry, note, coder, first, last)
    )
    units = within.layout.units
    base = (np.cumsum(units) - units)[note]
    starts, ends = (first - base).astype(float), (last - base).astype(float)
    bounds = np.searchsorted(note, np.arange(len(units) + 1))
    rank = np.cumsum(read, axis=1) - 1
    names = tuple(f"{at:06}" for at in range(n_entries))  # sorted as they are numbered
    texts = []
    for at, length in enumerate(units.tolist()):
        here = slice(bounds[at], bounds[at + 1])
        coders = tuple(within.coders[who] for who in np.flatnonzero(read[at]).tolist())
        texts.append(
            Continuum(
                coders, names, 0.0, float(length), rank[at, coder[here]], entry[here],
                starts[here], ends[here],
            )
        )  # fmt: skip
    table = unitizing_table(texts)
    return np.stack([table.observed, table.expected], axis=-1)


def _merged(entry: Ints, found: Placed) -> tuple[Ints, ...]:
    """Return entry, note, coder, first and last of the segments, those that overlap united."""
    kept = np.flatnonzero(entry >= 0)
    width = int(found.last.max(initial=0)) + 1
    lane = (entry[kept] * (int(found.coder.max(initial=0)) + 1) + found.coder[kept]) * width
    order = np.argsort(lane + found.first[kept], kind="stable")
    start, end = (lane + found.first[kept])[order], (lane + found.last[kept])[order]
    opens = np.ones(len(order), np.bool_)
    opens[1:] = start[1:] >= np.maximum.accumulate(end)[:-1]
    heads = np.flatnonzero(opens)
    rows = kept[order[heads]]
    last = np.maximum.reduceat(end, heads) - lane[order[heads]] if len(heads) else heads
    return entry[rows], found.note[rows], found.coder[rows], found.first[rows], last
