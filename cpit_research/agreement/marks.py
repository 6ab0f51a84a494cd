"""Which units each coder marked: the codings of a frame, cut into its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.units import Ints, Layout, layout
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns
from cpit_research.model.unit import Unit

#: Flags that a key is worth before sorting is faster.
_DENSE: Final = 50


@dataclass(frozen=True, slots=True)
class Frame:
    """The notes that two coders or more have read, with their units.

    Parameters
    ----------
    layout : Layout
        The units.
    coders : tuple of str
        Ids of those who read one of these notes, sorted.
    read : array of bool, shape (n_notes, n_coders)
        Who read which.
    """

    layout: Layout
    coders: tuple[str, ...]
    read: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Placed:
    """The codings that count for agreement, as ranges of units.

    Parameters
    ----------
    rows : array of int, shape (n,)
        Rows of the codings, among those given.
    note, coder : array of int, shape (n,)
        Ranks in the frame.
    first, last : array of int, shape (n,)
        Half-open range of the units marked, in the order of the layout; for spans, of the code
        points that are units.
    outside : int
        How many codings of the frame mark no unit.
    """

    rows: Ints
    note: Ints
    coder: Ints
    first: Ints
    last: Ints
    outside: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Every mark once: this coder marked this cell.

    A cell is a unit under an entry (a code, a family…), or a stretch of code points that the same
    coders mark under it.

    Parameters
    ----------
    entry, note, size : array of int, shape (n_cells,)
        Of each cell, the entry, the note and the number of units, 1 but for spans.
    cell, coder : array of int, shape (n_marks,)
        Sorted, and no pair twice.
    """

    entry: Ints
    note: Ints
    size: Ints
    cell: Ints
    coder: Ints


#: What was placed of codings, which never change, as long as they live.
_PLACED: Final[WeakKeyDictionary[Codings, dict[Unit, tuple[Frame, Placed]]]] = WeakKeyDictionary()


def placing(codings: Codings, unit: Unit) -> tuple[Frame, Placed]:
    """Return the frame of codings and the units that each one marks; kept while they live."""
    kept = _PLACED.setdefault(codings, {})
    if unit not in kept:
        within = frame(codings, unit)
        kept[unit] = within, placed(codings, within, unit)
    return kept[unit]


def frame(codings: Codings, unit: Unit) -> Frame:
    """Return the notes of `codings.corpus` that two coders or more have read."""
    readers = codings.readers
    read = {
        source.id: readers[source.id]
        for source in codings.corpus
        if len(readers.get(source.id, ())) > 1
    }
    laid = layout(codings, tuple(read), unit)
    coders = tuple(sorted({coder for known in set(read.values()) for coder in known}))
    rank = {coder: at for at, coder in enumerate(coders)}
    flags = {known: [coder in known for coder in rank] for known in set(read.values())}
    table = np.array([flags[known] for known in read.values()], np.bool_)
    return Frame(laid, coders, table.reshape(len(read), len(coders)))


def placed(codings: Codings, within: Frame, unit: Unit) -> Placed:
    """Return the units that each coding marks.

    A coding marks every unit of which it covers half, or that holds half of what it covers: two
    words of a long sentence mark it, and a segment that runs over by a word does not mark the next
    one. What it covers outside units does not count.

    Those of people who did not read the note, on notes outside the frame and those decided by
    adjudication are left out.
    """
    columns, laid = codings.columns, within.layout
    note = ranks(columns.source.names, laid.sources)[columns.source.rows]
    coder = ranks(columns.coder.names, within.coders)[columns.coder.rows]
    kept = (note >= 0) & (coder >= 0) & by_coders(columns)
    if len(within.read):
        kept &= within.read[note, coder]
    rows = np.flatnonzero(kept)
    note, coder = note[rows], coder[rows]
    base = laid.base[note]
    first, last = _marked(laid, columns.start[rows] + base, columns.end[rows] + base, unit)
    some = first < last
    return Placed(
        rows[some], note[some], coder[some], first[some], last[some], int(len(rows) - some.sum())
    )


def by_coders(columns: CodingColumns) -> NDArray[np.bool_]:
    """Tell which codings coders put, and not adjudication."""
    return np.ones(len(columns), np.bool_) if columns.decided is None else ~columns.decided


def ranks(names: tuple[str, ...], order: tuple[str, ...]) -> Ints:
    """Return the rank of each name in `order`, -1 for those that are not there."""
    rank = {name: at for at, name in enumerate(order)}
    found = [rank.get(name, -1) for name in names]
    return np.array(found or [-1], np.int64)  # a column of no row has no name to look for


def _marked(laid: Layout, start: Ints, end: Ints, unit: Unit) -> tuple[Ints, Ints]:
    """Return the half-open ranges of the units marked, empty where there is none."""
    first = np.searchsorted(laid.ends, start, side="right")
    last = np.searchsorted(laid.starts, end, side="left")
    some = np.flatnonzero(last > first) if unit == "span" else np.flatnonzero(last - first > 1)
    head, tail = first[some], last[some] - 1
    cut_head = np.maximum(0, start[some] - laid.starts[head])
    cut_tail = np.maximum(0, laid.ends[tail] - end[some])
    begin, finish = laid.before[head] + cut_head, laid.before[tail + 1] - cut_tail
    if unit == "span":
        first, last = np.zeros_like(start), np.zeros_like(end)
        first[some], last[some] = begin, finish
        return first, last
    for at, cut, moved, step in ((head, cut_head, first, 1), (tail, cut_tail, last, -1)):
        size = laid.ends[at] - laid.starts[at]
        missed = 2 * (size - cut) < np.minimum(size, finish - begin)
        moved[some] += step * missed
    return first, last


def marks(entry: Ints, found: Placed, within: Frame, unit: Unit) -> Marks:
    """Return the marks of codings that stand under an entry each.

    Parameters
    ----------
    entry : array of int, shape (n,)
        The entry of each coding placed, -1 for those that have none.
    found : Placed
        As :func:`placed` returns it.
    within : Frame
        The frame.
    unit : str
        The kind of unit.
    """
    some = entry >= 0
    entry, coder, first, last = (
        values[some] for values in (entry, found.coder, found.first, found.last)
    )
    n_coders = max(1, len(within.coders))
    if unit == "span":
        return _stretches(entry, found.note[some], first, last, coder=(coder, n_coders))
    n = max(1, len(within.layout.starts))
    met = _distinct(_expanded(entry * n + first, entry * n + last, coder, n_coders))
    places, cell = _cells(met // n_coders)
    return Marks(
        places // n, within.layout.note[places % n], np.ones(len(places), np.int64), cell,
        met % n_coders,
    )  # fmt: skip


def _stretches(
    entry: Ints, note: Ints, first: Ints, last: Ints, *, coder: tuple[Ints, int]
) -> Marks:
    """Return the marks on the stretches between the ends of codings of one entry."""
    width = int(last.max(initial=0)) + 1
    bounds = _distinct(np.concatenate([entry * width + first, entry * width + last]))
    start = np.searchsorted(bounds, entry * width + first)
    end = np.searchsorted(bounds, entry * width + last)
    met = _distinct(_expanded(start, end, *coder))
    places, cell = _cells(met // coder[1])
    notes = np.zeros(len(bounds), np.int64)
    notes[_spread(start, end)] = np.repeat(note, end - start)
    size = bounds[places + 1] - bounds[places] if len(places) else places
    return Marks(bounds[places] // width, notes[places], size, cell, met % coder[1])


def _spread(start: Ints, end: Ints) -> Ints:
    """Return every number of the half-open ranges, one range after the other."""
    sizes = end - start
    skipped = start - (np.cumsum(sizes) - sizes)
    return np.repeat(skipped, sizes) + np.arange(int(sizes.sum()))


def _expanded(start: Ints, end: Ints, coder: Ints, n_coders: int) -> Ints:
    return _spread(start, end) * n_coders + np.repeat(coder, end - start)


def _distinct(keys: Ints) -> Ints:
    """Return the distinct keys in order: flagged in a row of bits if it is not too long, or sorted.

    Setting 750,000 flags among 23 million is twice as fast as sorting as many keys.
    """
    limit = int(keys.max(initial=-1)) + 1
    if limit <= _DENSE * len(keys):
        flags = np.zeros(limit, np.bool_)
        flags[keys] = True
        return np.flatnonzero(flags)
    keys = np.sort(keys)
    return keys[np.diff(keys, prepend=-1) > 0]


def _cells(places: Ints) -> tuple[Ints, Ints]:
    """Return the distinct places of a sorted array, and the rank of each one among them."""
    opens = np.diff(places, prepend=-1) > 0
    return places[opens], np.cumsum(opens) - 1
