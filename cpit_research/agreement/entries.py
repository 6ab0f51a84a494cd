"""What an agreement is told of: codes, families, versions of the grid, pairs of coders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.counts import APART, BY_CHANCE, FIXED, tally
from cpit_research.agreement.marks import Frame, Placed, by_coders, marks, ranks
from cpit_research.agreement.unitized import unitized
from cpit_research.agreement.units import Ints
from cpit_research.corpus.codings import Codings
from cpit_research.model.grid import version_order
from cpit_research.model.unit import Unit
from cpit_research.statistics.resampling import Floats
from cpit_research.wording import gettext as _

By = Literal["code", "family", "grid_version", "coder_pair"]
BYS: Final[tuple[By, ...]] = ("code", "family", "grid_version", "coder_pair")


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of a table of agreement, with what each note adds to them.

    Parameters
    ----------
    ids, names : tuple of str
        Of each row.
    counts : array of float, shape (n_notes, n_rows + 1, n_counts)
        As :func:`tally <cpit_research.agreement.counts.tally>` returns them; the last row is all
        the others together.
    passages : array of int, shape (n_rows + 1,)
        By spans, how many passages somebody marked; else 0.
    unused : int
        How many codes of the axes met nobody put on these notes.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    counts: Floats
    passages: Ints
    unused: int


def entries(
    codings: Codings, within: Frame, found: Placed, *, unit: Unit, by: By, code: str | None
) -> Entries:
    """Return the rows of a table of agreement and what each note adds to them."""
    ids, of_code = _codes(codings, found, family=by == "family", code=code)
    code_of = of_code[codings.columns.code.rows[found.rows]] if len(found.rows) else found.rows
    grid = codings.grid
    if by == "grid_version":
        return _by_version(codings, within, found, code_of, (unit, len(ids)))
    counts, passages = _summed(code_of, found, within, within.read, (unit, len(ids)))
    if by == "coder_pair":
        pooled = counts.sum(axis=1), int(passages.sum())
        return _by_pair(within, found, code_of, pooled, (unit, len(ids)))
    names = tuple(grid[key].name if key in grid else key for key in ids)
    every = counts.sum(axis=1, keepdims=True)
    axes = {grid[key].axis for key in ids if key in grid}
    below = {grid.family(leaf.id).id if by == "family" else leaf.id
             for leaf in grid.leaves() if leaf.axis in axes}  # fmt: skip
    return Entries(
        ids,
        names,
        np.concatenate([counts, every], axis=1),
        np.append(passages, passages.sum()),
        0 if code else len(below - set(ids)),
    )


def _codes(
    codings: Codings, found: Placed, *, family: bool, code: str | None
) -> tuple[tuple[str, ...], Ints]:
    """Return the codes or families in the order of the grid, and the rank of each name's, or -1.

    They are those met in the frame; and, when one is asked for, all that stand under it.
    """
    grid, names = codings.grid, codings.columns.code.names
    often = np.bincount(codings.columns.code.rows[found.rows], minlength=len(names))
    met = {names[at] for at in np.flatnonzero(often).tolist()}
    leaves = [leaf.id for leaf in grid.leaves()]
    if code is not None:
        under = codings.under(code)
        met = {key for key in leaves if key in under} | (met & under)
    order = [key for key in leaves if key in met] + sorted(met - set(leaves))
    shown = {key: grid.family(key).id if family and key in grid else key for key in order}
    ids = tuple(dict.fromkeys(shown.values()))
    rank = {key: ids.index(row) for key, row in shown.items()}
    return ids, np.array([rank.get(name, -1) for name in names] or [-1], np.int64)


def _summed(
    entry: Ints, found: Placed, within: Frame, read: NDArray[np.bool_], cut: tuple[Unit, int]
) -> tuple[Floats, Ints]:
    """Return what each note adds to each entry, and how many passages each has.

    `read` says who counts where; `cut` is the kind of unit and the number of entries.
    """
    unit, n_entries = cut
    if read is not within.read:
        entry = np.where(read[found.note, found.coder], entry, -1)
    counts = tally(marks(entry, found, within, unit), read, within.layout.units, n_entries)
    if unit == "span" and len(within.read):
        counts[:, :, [APART, BY_CHANCE]] = unitized(entry, found, within, read, n_entries)
    return counts, _passages(entry, found, n_entries, unit)


def entries_of_pairs(
    codings: Codings, within: Frame, found: Placed, *, unit: Unit, code: str | None
) -> Iterator[tuple[str, Entries]]:
    """Yield each pair of coders who read a note together, with the rows of their codes alone."""
    ids, of_code = _codes(codings, found, family=False, code=code)
    code_of = of_code[codings.columns.code.rows[found.rows]] if len(found.rows) else found.rows
    grid = codings.grid
    names = tuple(grid[key].name if key in grid else key for key in ids)
    for pair, both in _pairs(within):
        counts, passages = _summed(code_of, found, within, both, (unit, len(ids)))
        every = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
        yield pair, Entries(ids, names, every, np.append(passages, passages.sum()), 0)


def owed_codes(codings: Codings, within: Frame, by: By) -> set[str]:
    """Return the codes of which nothing can be told: a coder still has codings to read again."""
    if by != "code":
        return set()
    coder = {name: at for at, name in enumerate(within.coders)}
    note = {source: at for at, source in enumerate(within.layout.sources)}
    return {
        code
        for code, places in codings.owed.items()
        if any(
            who in coder and source in note and within.read[note[source], coder[who]]
            for source, who in places
        )
    }


def _pairs(within: Frame) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield the pairs of coders who read a note together, and where both of them read."""
    read = within.read
    for pair in combinations(range(len(within.coders)), 2):
        together: NDArray[np.bool_] = np.logical_and(read[:, pair[0]], read[:, pair[1]])
        if together.any():
            both = np.zeros_like(read)
            both[:, pair] = together[:, None]
            yield " – ".join(within.coders[at] for at in pair), both


def _by_pair(
    within: Frame,
    found: Placed,
    code_of: Ints,
    pooled: tuple[Floats, int],
    cut: tuple[Unit, int],
) -> Entries:
    """Return a row a pair of coders who read a note together, all codes together."""
    ids: list[str] = []
    rows: list[Floats] = []
    told: list[int] = []
    for pair, both in _pairs(within):
        counts, passages = _summed(code_of, found, within, both, cut)
        rows.append(counts.sum(axis=1))
        told.append(int(passages.sum()))
        ids.append(pair)
    counts = np.stack([*rows, pooled[0]], axis=1)
    return Entries(tuple(ids), tuple(ids), counts, np.array([*told, pooled[1]]), 0)


def _by_version(
    codings: Codings, within: Frame, found: Placed, code_of: Ints, cut: tuple[Unit, int]
) -> Entries:
    """Return a row a version of the grid that codings were put under, all codes together.

    Someone who read a note under another version only has not read it under this one.
    """
    columns = codings.columns
    met = {columns.grid.names[at] for at in np.unique(columns.grid.rows[found.rows])}
    names = tuple(sorted(met, key=version_order))
    under = _reading(codings, within, names)
    rank = np.array([names.index(n) if n in names else -1 for n in columns.grid.names] or [-1])
    version = rank[columns.grid.rows[found.rows]]
    rows: list[Floats] = []
    told: list[int] = []
    for at, read in enumerate(under):
        entry = np.where(version == at, code_of, -1)
        counts, passages = _summed(entry, found, within, read, cut)
        rows.append(counts.sum(axis=1))
        told.append(int(passages.sum()))
    kept = [at for at, sums in enumerate(rows) if sums.any()]
    shape = (len(within.read), 0, FIXED + 2 * len(within.coders))
    counts = np.stack([rows[at] for at in kept], axis=1) if kept else np.zeros(shape)
    every = counts.sum(axis=1, keepdims=True)
    ids = tuple(names[at] for at in kept)
    shown = tuple(_("Grid {version}").format(version=version) for version in ids)
    n_passages = [told[at] for at in kept]
    whole = np.array([*n_passages, sum(n_passages)])
    return Entries(ids, shown, np.concatenate([counts, every], axis=1), whole, 0)


def _reading(codings: Codings, within: Frame, versions: tuple[str, ...]) -> list[NDArray[np.bool_]]:
    """Return, by version, who read which note under it; a note that nobody coded so is unread."""
    columns = codings.whole.columns
    note = ranks(columns.source.names, within.layout.sources)[columns.source.rows]
    coder = ranks(columns.coder.names, within.coders)[columns.coder.rows]
    grid = ranks(columns.grid.names, versions)[columns.grid.rows]
    inside = (note >= 0) & (coder >= 0) & by_coders(columns)
    some = np.zeros(within.read.shape, np.bool_)
    some[note[inside], coder[inside]] = True
    under = []
    for at in range(len(versions)):
        here = inside & (grid == at)
        put = np.zeros_like(some)
        put[note[here], coder[here]] = True
        used = put.any(axis=1, keepdims=True)
        under.append(within.read & used & (put | ~some))
    return under


def _passages(entry: Ints, found: Placed, n_entries: int, unit: Unit) -> Ints:
    """Return how many passages each entry has, those that overlap being one; by spans alone."""
    if unit != "span":
        return np.zeros(n_entries, np.int64)
    some = entry >= 0
    entry, first, last = entry[some], found.first[some], found.last[some]
    width = int(found.last.max(initial=0)) + 1
    start, end = entry * width + first, entry * width + last
    order = np.argsort(start, kind="stable")
    reach = np.maximum.accumulate(end[order])
    opens = np.ones(len(order), np.bool_)
    opens[1:] = start[order][1:] >= reach[:-1]
    return np.bincount(entry[order][opens], minlength=n_entries)
