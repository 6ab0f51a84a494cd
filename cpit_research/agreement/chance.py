"""Agreement seen and expected by chance, on tables of counts: what the coefficients are made of."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.ratings import Ratings
from cpit_research.agreement.undefined import nothing_shared, one_category, undefined

Floats = NDArray[np.float64]
Ranks = NDArray[np.intp]
#: Beyond, sorting the values of each unit is faster than comparing coders two by two.
_FEW_CODERS: Final = 12


def corrected(observed: float, expected: float) -> float:
    """Return (observed - expected) / (1 - expected); NaN with a warning if it has no value."""
    if np.isnan(observed):
        return undefined(nothing_shared())
    if 1.0 - expected <= 1e-14:
        return undefined(one_category())
    return float((observed - expected) / (1.0 - expected))


def equal_pairs(codes: Ranks) -> Ranks:
    """Return how many ordered pairs of coders said the same of each unit, shape (n_units,)."""
    n_coders, n_units = codes.shape
    if n_coders > _FEW_CODERS:
        return _equal_by_sorting(codes)
    equal = np.zeros(n_units, np.intp)
    for first in range(n_coders - 1):
        same = codes[first] == codes[first + 1 :]
        same &= codes[first] >= 0
        equal += 2 * same.sum(axis=0)
    return equal


def _equal_by_sorting(codes: Ranks) -> Ranks:
    present = codes >= 0
    units = np.broadcast_to(np.arange(codes.shape[1]), codes.shape)[present]
    width = int(codes.max(initial=0)) + 1
    cells, n_equal = np.unique(units * width + codes[present], return_counts=True)
    pairs = np.bincount(cells // width, n_equal * (n_equal - 1), codes.shape[1])
    return pairs.astype(np.intp)


def mean_agreement(ratings: Ratings, weights: Floats | None) -> float:
    """Return the mean share of pairs that agree, over units with a pair; NaN without any."""
    if weights is not None:
        return table_agreement(ratings.counts(), weights)
    n_said = np.sum(ratings.codes >= 0, axis=0)
    return _mean_share(equal_pairs(ratings.codes), n_said)


def table_agreement(counts: NDArray[np.intp], weights: Floats | None) -> float:
    """Return :func:`mean_agreement` from a table of counts.

    The pairs that agree are ``sum_k r_ik (r*_ik - 1)``, where ``r*_ik = sum_l w_kl r_il``.
    """
    table = counts.T.astype(np.float64, order="C")  # categories first: units are summed in a row
    n_said = table.sum(axis=0)
    weighted = table if weights is None else weights @ table
    return _mean_share(np.einsum("ki,ki->i", table, weighted) - n_said, n_said)


def _mean_share(agreed: NDArray[Any], n_said: NDArray[Any]) -> float:
    pairs = n_said * (n_said - 1)
    n_pairable = np.count_nonzero(pairs)
    if not n_pairable:
        return np.nan
    if n_pairable < len(pairs):
        agreed, pairs = agreed[pairs > 0], pairs[pairs > 0]
    return float((agreed / pairs).sum() / n_pairable)


def category_shares(ratings: Ratings) -> Floats:
    """Return the mean over units of the share of each category, shape (n_categories,)."""
    codes, n_categories = ratings.codes, len(ratings.categories)
    part = np.broadcast_to(1.0 / np.maximum(np.sum(codes >= 0, axis=0), 1), codes.shape)
    sums = np.bincount(codes.ravel() + 1, part.ravel(), n_categories + 1)
    return summing_to_one(np.asarray(sums[1:], np.float64))


def table_shares(counts: NDArray[np.intp]) -> Floats:
    """Return :func:`category_shares` from a table of counts."""
    table = counts.T.astype(np.float64, order="C")
    part = 1.0 / np.maximum(table.sum(axis=0), 1.0)
    return summing_to_one(np.einsum("ki,i->k", table, part))


def summing_to_one(sums: Floats) -> Floats:
    """Return shares; that of a category alone is exactly 1, whatever was rounded in its sum."""
    total = sums.sum()
    return sums / total if total else sums


def coder_shares(codes: Ranks, n_categories: int, times: Floats | None = None) -> Floats:
    """Return how each coder who said something spread hers, shape (n_coders, n_categories).

    `times` says how many units each column of `codes` stands for; one by default.
    """
    n_coders, width = codes.shape[0], n_categories + 1
    cells = (codes + 1 + width * np.arange(n_coders)[:, None]).ravel()
    repeated = None if times is None else np.broadcast_to(times, codes.shape).ravel()
    counts = np.bincount(cells, repeated, n_coders * width).reshape(n_coders, width)
    counts = counts[counts[:, 1:].any(axis=1), 1:]
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def by_shares(shares: Floats, weights: Floats | None) -> float:
    """Return the agreement expected by Scott and Fleiss: the same shares for every coder."""
    return float(shares @ shares if weights is None else shares @ weights @ shares)


def by_coders(shares: Floats, weights: Floats | None) -> float:
    """Return the agreement expected by Cohen and Conger: each coder has her own shares."""
    n_coders = len(shares)
    if n_coders < 2:
        return np.nan
    total = shares.sum(axis=0)
    weighted, own = (total, shares) if weights is None else (weights @ total, shares @ weights)
    among = float(total @ weighted) - float(np.einsum("gk,gk->", shares, own))
    return among / (n_coders * (n_coders - 1))


def by_doubt(shares: Floats, weights: Floats | None) -> float:
    """Return the agreement expected by Gwet: chance acts on doubtful units only."""
    n_categories = len(shares)
    if n_categories < 2:
        return 1.0
    total = n_categories if weights is None else float(weights.sum())
    return float(total / (n_categories * (n_categories - 1)) * (shares @ (1.0 - shares)))


def by_categories(n_categories: int, weights: Floats | None) -> float:
    """Return the agreement expected by Brennan and Prediger: every category alike."""
    if not n_categories:
        return 1.0
    total = n_categories if weights is None else float(weights.sum())
    return total / n_categories**2
