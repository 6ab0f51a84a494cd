"""A continuum: one text, and the units that each coder cut out of it.

The word is Krippendorff's and Mathet's. A unit has a beginning, an end and perhaps a category, put
there by one coder who was free to cut where she wanted; what nobody marked is part of the
continuum too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

Numbers: TypeAlias = NDArray[np.float64]
Ranks: TypeAlias = NDArray[np.intp]

#: The rank, among categories, of a unit that bears none.
NO_CATEGORY = -1


class Unit(NamedTuple):
    """What one coder cut out, from `start` to `end` (half-open), and the category she gave it."""

    coder: str
    start: float
    end: float
    category: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Continuum:
    """The units of several coders on one text, as columns, coder by coder.

    Made by :meth:`of`.

    Parameters
    ----------
    coders : tuple of str
        Who read the text, those who marked nothing included; sorted.
    categories : tuple of str
        Sorted.
    start, length : float
        Where the text begins and how long it is.
    coder, category : ndarray of intp, shape (n_units,)
        Ranks in `coders` and `categories` (-1: none).
    starts, ends : ndarray of float64, shape (n_units,)
        Positions.
    """

    coders: tuple[str, ...]
    categories: tuple[str, ...]
    start: float
    length: float
    coder: Ranks
    category: Ranks
    starts: Numbers
    ends: Numbers

    @classmethod
    def of(
        cls,
        units: Iterable[tuple[str, float, float] | tuple[str, float, float, str | None]],
        *,
        coders: Iterable[str] = (),
        start: float | None = None,
        length: float | None = None,
    ) -> Continuum:
        """Gather units.

        Parameters
        ----------
        units : iterable of Unit, or of tuples (coder, start, end) or (coder, start, end, category)
            In any order.
        coders : iterable of str
            Who read the text without marking anything; those who marked need not be named.
        start, length : float, optional
            Where the text begins and how long it is; without them, from the first unit to the
            last end.

        Raises
        ------
        InvalidInput
            A unit ends before it begins, has no length, or lies outside the text.

        Examples
        --------
        >>> pair = Continuum.of([("claire", 0, 4, "S1"), ("hugo", 1, 4, "S2")], length=10)
        >>> pair.coders, pair.categories, len(pair)
        (('claire', 'hugo'), ('S1', 'S2'), 2)
        """
        rows = [Unit(*unit) for unit in units]
        who = tuple(sorted({row.coder for row in rows} | set(coders)))
        what = tuple(sorted({row.category for row in rows if row.category is not None}))
        rank: dict[str | None, int] = {name: place for place, name in enumerate(what)}
        rank[None] = NO_CATEGORY
        place = {name: place for place, name in enumerate(who)}
        starts = np.array([row.start for row in rows], dtype=np.float64)
        ends = np.array([row.end for row in rows], dtype=np.float64)
        coder = np.array([place[row.coder] for row in rows], dtype=np.intp)
        category = np.array([rank[row.category] for row in rows], dtype=np.intp)
        first, last = _bounds(starts, ends, start, length)
        _refuse_impossible(rows, first, last)
        order = np.lexsort((category, ends, starts, coder))
        return cls(
            who,
            what,
            first,
            last - first,
            coder[order],
            category[order],
            starts[order],
            ends[order],
        )

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Unit]:
        return (self[place] for place in range(len(self)))

    def __getitem__(self, place: int) -> Unit:
        rank = self.category[place]
        return Unit(
            self.coders[self.coder[place]],
            float(self.starts[place]),
            float(self.ends[place]),
            None if rank == NO_CATEGORY else self.categories[rank],
        )

    def by_coder(self) -> list[Ranks]:
        """Return the places of each coder's units, coder by coder."""
        edges = np.searchsorted(self.coder, np.arange(len(self.coders) + 1))
        return [np.arange(low, high) for low, high in pairwise(edges)]

    def merged(self) -> Continuum:
        """Unite the units of one coder and one category that overlap; those that touch stay.

        Examples
        --------
        >>> twice = Continuum.of([("claire", 0, 4, "S1"), ("claire", 2, 6, "S1")])
        >>> [(unit.start, unit.end) for unit in twice.merged()]
        [(0.0, 6.0)]
        """
        united: list[Unit] = []
        for unit in (self[place] for place in np.lexsort((self.starts, self.category, self.coder))):
            last = united[-1] if united else None
            same = last and (last.coder, last.category) == (unit.coder, unit.category)
            if last and same and unit.start < last.end:
                united[-1] = last._replace(end=max(last.end, unit.end))
            else:
                united.append(unit)
        return Continuum.of(united, coders=self.coders, start=self.start, length=self.length)


def _bounds(
    starts: Numbers, ends: Numbers, start: float | None, length: float | None
) -> tuple[float, float]:
    first = float(starts.min(initial=np.inf)) if start is None else float(start)
    first = first if np.isfinite(first) else 0.0
    last = float(ends.max(initial=first))
    return first, last if length is None else first + float(length)


def _refuse_impossible(rows: list[Unit], first: float, last: float) -> None:
    """Report together the units that cannot be, ten at most."""
    faults = [
        _("Unit of {coder} from {start:g} to {end:g}.").format(
            coder=row.coder, start=row.start, end=row.end
        )
        for row in rows
        if not first <= row.start < row.end <= last
    ]
    if faults:
        raise InvalidInput(
            _("A unit must begin before it ends, inside the text."),
            where=_("The text goes from {first:g} to {last:g}.").format(first=first, last=last),
            faults=faults[:10],
        )
