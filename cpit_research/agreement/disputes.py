"""The passages on which coders differ, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from cpit_research.agreement.marks import Frame, Placed, marks, placing
from cpit_research.agreement.units import Ints
from cpit_research.corpus.codings import Codings
from cpit_research.model.coding import Coding
from cpit_research.model.disagreement import DisputeKind
from cpit_research.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Dispute:
    """One passage that coders read and did not code alike.

    Parameters
    ----------
    source : str
        Id of the note.
    start, end : int
        From the first to the last code point that one of them marked.
    code : str
        The code in dispute; with neighbouring codes, the one that most coders put, the first in
        the order of the grid.
    kind : DisputeKind
        What a machine can tell, for people to confirm. ``"boundary"``: all put the code, on
        other units. ``"omission"``: some put it, others did not see it there.
        ``"neighbouring_code"``: some put it where others put another, disputed as well.
    codings : mapping of str to tuple of Coding
        By coder, what is disputed; every reader of the note is there, with no coding if she put
        none.
    """

    source: str
    start: int
    end: int
    code: str
    kind: DisputeKind
    codings: Mapping[str, tuple[Coding, ...]]


@dataclass(frozen=True, slots=True)
class _Passages:
    """Codings of one note and code whose units chain by overlap, one a passage.

    `of` is the passage of each coding placed; `note`, `first`, `last` and `disputed` have a value
    a passage, `by` a row a passage and a column a coder: who marked it.
    """

    of: Ints
    note: Ints
    first: Ints
    last: Ints
    disputed: NDArray[np.bool_]
    by: NDArray[np.bool_]


def disputes(
    codings: Codings, *, code: str | None = None, unit: Unit = "sentence"
) -> tuple[Dispute, ...]:
    """Return the passages that coders did not code alike, in the order of the notes.

    Parameters
    ----------
    codings : Codings
        Those to compare; codings decided by adjudication are left out.
    code : str, optional
        A code, or a family: the disputes in which somebody put it, or a code under it.
    unit : str
        As in :func:`cpit_research.agreement.alpha`: segments that mark the same units agree, even
        if one of them runs over by a word.

    Returns
    -------
    tuple of Dispute
        There is none on a code if and only if its ``first_only`` and ``second_only`` are 0.

    Raises
    ------
    NotFound
        If the grid has no such code.
    """
    wanted = None if code is None else codings.under(code)
    within, found = placing(codings, unit)
    if not len(found.rows):
        return ()
    met = _passages(codings, within, found, unit)
    order = {source.id: at for at, source in enumerate(codings.corpus)}
    codes = {leaf.id: at for at, leaf in enumerate(codings.grid.leaves())}
    kept: list[Dispute] = []
    for ranks in _together(met):
        listed = [codings.coding(row) for row in found.rows[ranks].tolist()]
        if wanted is None or any(coding.code in wanted for coding in listed):
            shown = wanted or {coding.code for coding in listed}
            readers = codings.readers[listed[0].segment.source]
            kept.append(_dispute(listed, readers, shown, codes))
    return tuple(sorted(kept, key=lambda one: (order[one.source], one.start, one.end, one.code)))


def _passages(codings: Codings, within: Frame, found: Placed, unit: Unit) -> _Passages:
    code = codings.columns.code.rows[found.rows].astype(np.int64)
    width = int(found.last.max()) + 1
    start, end = code * width + found.first, code * width + found.last
    order = np.lexsort((end, start))
    reach = np.maximum.accumulate(end[order])
    opens = np.ones(len(order), np.bool_)
    opens[1:] = start[order][1:] >= reach[:-1]
    of = np.empty(len(order), np.int64)
    of[order] = np.cumsum(opens) - 1
    heads = order[opens]
    n = len(heads)
    first, last = found.first[heads], np.zeros(n, np.int64)
    np.maximum.at(last, of, found.last)
    by = np.zeros((n, len(within.coders)), np.bool_)
    by[of, found.coder] = True
    cells = marks(of, found, within, unit)
    readers = within.read.sum(axis=1)
    differs = np.bincount(cells.cell, minlength=len(cells.size)) < readers[cells.note]
    disputed = np.zeros(n, np.bool_)
    disputed[cells.entry[differs]] = True
    return _Passages(of, found.note[heads], first, last, disputed, by)


def _together(met: _Passages) -> list[Ints]:
    """Return the codings of each dispute, as ranks among those placed.

    Two disputed passages of a note are one dispute if they overlap and each holds a coder whom the
    other lacks: one put a code where the other put another.
    """
    kept = np.flatnonzero(met.disputed)
    kept = kept[np.lexsort((met.first[kept], met.note[kept]))]
    edges: list[tuple[int, int]] = []
    open_: list[int] = []
    for at in kept.tolist():
        open_ = [one for one in open_ if met.last[one] > met.first[at]]
        edges += [(one, at) for one in open_ if _complementary(met.by[one], met.by[at])]
        open_.append(at)
    n = len(met.note)
    ends = np.array(edges, np.int64).reshape(-1, 2).T
    links = coo_array((np.ones(len(edges), np.int8), (ends[0], ends[1])), shape=(n, n))
    label = connected_components(links, directed=False)[1][met.of]
    rows = np.flatnonzero(met.disputed[met.of])
    rows = rows[np.argsort(label[rows], kind="stable")]
    return np.split(rows, np.flatnonzero(np.diff(label[rows])) + 1) if len(rows) else []


def _complementary(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> bool:
    return bool((first & ~second).any() and (second & ~first).any())


def _dispute(
    listed: list[Coding], readers: tuple[str, ...], shown: set[str], order: Mapping[str, int]
) -> Dispute:
    """Return the dispute that some codings make, under one of the codes to be shown."""
    listed.sort(key=lambda coding: (coding.segment.start, coding.segment.end, coding.code))
    coders_of: dict[str, set[str]] = {}
    for coding in listed:
        coders_of.setdefault(coding.code, set()).add(coding.coder)
    code = min(
        shown & coders_of.keys(),
        key=lambda key: (-len(coders_of[key]), order.get(key, len(order)), key),
    )
    kind: DisputeKind = "omission"
    if len(coders_of) > 1:
        kind = "neighbouring_code"
    elif len(coders_of[code]) == len(readers):
        kind = "boundary"
    return Dispute(
        listed[0].segment.source,
        listed[0].segment.start,
        max(coding.segment.end for coding in listed),
        code,
        kind,
        {coder: tuple(one for one in listed if one.coder == coder) for coder in readers},
    )
