"""What each coder said of each unit, as whole numbers that count fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

#: Cells of a table of counts beyond which values are measures, not categories (1.6 GB).
_MOST_CELLS = 200_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """What each coder said of each unit.

    Parameters
    ----------
    codes : ndarray of int, shape (n_coders, n_units)
        Rank of the value among `categories`; -1 where the coder said nothing.
    categories : ndarray, shape (n_categories,)
        Distinct values: numbers in increasing order, or words.
    """

    codes: NDArray[np.intp]
    categories: NDArray[Any]

    @property
    def numbers(self) -> NDArray[np.float64] | None:
        """The categories as numbers; None if they are words."""
        return None if self.categories.dtype == object else self.categories.astype(np.float64)

    def counts(self) -> NDArray[np.intp]:
        """Return how many coders put each unit in each category, shape (n_units, n_categories)."""
        n_units, width = self.codes.shape[1], len(self.categories) + 1
        if n_units * width > _MOST_CELLS:
            raise InvalidInput(
                _("{n} distinct values are too many for categories.").format(n=width - 1),
                remedy=_("For measures, use krippendorff_alpha with metric='interval'."),
            )
        cells = self.codes + np.arange(1, n_units * width + 1, width)
        table = np.bincount(cells.ravel(), minlength=n_units * width)
        return table.reshape(n_units, width)[:, 1:]


def encode(ratings: ArrayLike, categories: Sequence[Any] | None = None) -> Ratings:
    """Return ratings as ranks of their categories.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        Numbers or words. NaN and None are missing; the empty word is a word.
    categories : sequence, optional
        The values that coders could use, those that nobody used included; by default, those met.

    Raises
    ------
    InvalidInput
        If the array has not two dimensions, holds an infinite number, or a value that is not
        among `categories`.
    """
    values = _as_array(ratings)
    if values.ndim != 2:
        raise InvalidInput(
            _("Ratings have {n} dimensions instead of two.").format(n=values.ndim),
            remedy=_("Give one row a coder and one column a unit, all rows of the same length."),
        )
    codes, met = _whole(values) if values.dtype.kind in "biuf" else _words(values)
    if categories is None:
        return Ratings(codes, met)
    return _declared(codes, met, categories)


def encode_pair(
    first: ArrayLike, second: ArrayLike, categories: Sequence[Any] | None = None
) -> Ratings:
    """Return what two coders said of the units that both coded.

    Raises
    ------
    InvalidInput
        If they have not the same length.
    """
    if np.shape(first) != np.shape(second):
        raise InvalidInput(
            _("The two coders did not rate the same number of units: {first} and {second}.").format(
                first=np.size(first), second=np.size(second)
            )
        )
    both = encode(np.stack([_row(first), _row(second)]), categories)
    shared = (both.codes >= 0).all(axis=0)
    return both if shared.all() else Ratings(both.codes[:, shared], both.categories)


def counts_per_unit(
    ratings: ArrayLike, categories: Sequence[Any] | None = None
) -> NDArray[np.intp]:
    """Count how many coders put each unit in each category: the table of :func:`fleiss_kappa`.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        Numbers or words; NaN and None are missing.
    categories : sequence, optional
        The values that coders could use; by default, those met.

    Returns
    -------
    ndarray of int, shape (n_units, n_categories)
        Numbers in increasing order, words in alphabetical order, or in the order of `categories`.

    Examples
    --------
    >>> counts_per_unit([["a", "b", None], ["a", "a", "b"]])
    array([[2, 0],
           [1, 1],
           [0, 1]])
    """
    return encode(ratings, categories).counts()


def _as_array(ratings: ArrayLike) -> NDArray[Any]:
    """Return an array of numbers, or of objects where None, NaN and words keep what they are."""
    if isinstance(ratings, np.ma.MaskedArray):
        kept = np.asarray(ratings.data).astype(object)
        kept[np.ma.getmaskarray(ratings)] = None
        return kept
    if hasattr(ratings, "__array__"):
        values = np.asarray(ratings)
        return values if values.dtype.kind in "biuf" else values.astype(object)
    rows = [_row(row) for row in ratings] if isinstance(ratings, list | tuple) else [_row(ratings)]
    if len({row.shape for row in rows}) == 1:
        return np.stack(rows)
    return np.empty(len(rows), object)


def _row(row: Any) -> NDArray[Any]:
    if hasattr(row, "__array__"):
        return _as_array(row)
    values = np.empty(len(row), object) if isinstance(row, list | tuple) else np.array(row, object)
    if values.ndim:
        values[:] = row
    return values


def _whole(values: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Rank numbers: by subtraction when they are whole and close, else by sorting."""
    floats = values.dtype.kind == "f"
    missing = np.isnan(values) if floats else None
    if missing is not None and missing.any():
        seen = values[~missing]
    else:
        seen, missing = values, None
    if not seen.size:
        return np.full(values.shape, -1, np.intp), np.empty(0, np.float64)
    low, high = seen.min(), seen.max()
    if floats and not (np.isfinite(low) and np.isfinite(high)):
        raise InvalidInput(_("Ratings hold an infinite number."))
    if int(high) - int(low) < max(1_000, seen.size // 2) and abs(int(low)) < 2**53:
        steps = _steps(values, low, missing)
        if steps is not None:
            return _ranked(steps, low, int(high) - int(low) + 1, missing)
    met, ranks = np.unique(seen, return_inverse=True)
    codes = np.full(values.shape, -1, np.intp)
    codes[... if missing is None else ~missing] = ranks.reshape(seen.shape)
    return codes, met


def _steps(
    values: NDArray[Any], low: Any, missing: NDArray[np.bool_] | None
) -> NDArray[np.intp] | None:
    """Return how far each number is from the lowest, in ones; None if one is not whole."""
    if values.dtype.kind != "f":
        return values.astype(np.intp) - int(low)
    present = values if missing is None else np.where(missing, low, values)
    steps = present.astype(np.intp)
    if not np.array_equal(steps, present):
        return None
    steps -= int(low)
    return steps


def _ranked(
    steps: NDArray[np.intp], low: Any, width: int, missing: NDArray[np.bool_] | None
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    if missing is not None:
        steps[missing] = width
    used = np.flatnonzero(np.bincount(steps.ravel(), minlength=width)[:width])
    if len(used) == width:  # no value is skipped: distances are ranks
        if missing is not None:
            steps[missing] = -1
        return steps, used + int(low)
    place = np.full(width + 1, -1, np.intp)
    place[used] = np.arange(len(used))
    return place[steps], used + int(low)


def _words(values: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Rank words, in alphabetical order; numbers among objects are numbers if all are."""
    codes, met = pd.factorize(values.ravel().astype(object))
    if all(isinstance(value, Real) for value in met):
        return _whole(np.append(met.astype(np.float64), np.nan)[codes].reshape(values.shape))
    order = sorted(range(len(met)), key=lambda at: (str(met[at]), str(type(met[at]))))
    place = np.full(len(met) + 1, -1, np.intp)
    place[order] = np.arange(len(order))
    return place[codes].reshape(values.shape), met[order]


def _declared(codes: NDArray[np.intp], met: NDArray[Any], categories: Sequence[Any]) -> Ratings:
    known = list(dict.fromkeys(categories))
    numbers = all(isinstance(value, Real) for value in known)
    if numbers:
        known.sort()
    rank = {value: at for at, value in enumerate(known)}
    strange = [str(value) for value in met.tolist() if value not in rank]
    if strange:
        raise InvalidInput(
            _("Ratings hold values that are no category: {values}.").format(
                values=", ".join(strange[:5])
            ),
            exists=_("The categories are: {values}.").format(values=", ".join(map(str, known))),
        )
    place = np.array([*(rank[value] for value in met.tolist()), -1], np.intp)
    named = np.array(known, np.float64) if numbers else np.array([*known, None], object)[:-1]
    return Ratings(place[codes], named)
