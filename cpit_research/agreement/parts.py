"""What each unit adds to the agreement that was seen and to the one that chance expects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.chance import (
    Floats,
    by_categories,
    by_coders,
    by_doubt,
    by_shares,
    coder_shares,
    summing_to_one,
)
from cpit_research.agreement.ratings import Ratings


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """Distinct ways in which units were rated, and how many units were rated each way."""

    codes: NDArray[np.intp]
    times: Floats
    weights: Floats

    @property
    def counts(self) -> Floats:
        """Of shape (n_ways, n_categories), how many coders put each category."""
        n_categories = len(self.weights)
        return Ratings(self.codes, np.arange(n_categories)).counts().astype(np.float64)

    def kept(self, which: NDArray[np.bool_]) -> Rated:
        """Return those ways alone."""
        return Rated(self.codes[:, which], self.times[which], self.weights)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Agreement of each unit, seen and expected, and that of them all.

    The means of the units are those of them all, but for alpha, mended for small samples.
    """

    observed: Floats
    expected: Floats
    mean_observed: float
    mean_expected: float


def parts_of(rated: Rated, name: str) -> Parts:
    """Return the parts of a coefficient; some unit has two ratings, all of them for alpha."""
    return _alpha(rated) if name == "krippendorff_alpha" else _kappa(rated, name)


def _kappa(rated: Rated, name: str) -> Parts:
    """Parts of the coefficients whose observed agreement is the mean of that of the units."""
    counts, times = rated.counts, rated.times
    agreed, ratings = _agreed(rated, counts)
    pairable = ratings > 1
    lifted = times.sum() / times[pairable].sum()
    share = lifted * np.divide(agreed, ratings * (ratings - 1), where=pairable, out=0 * agreed)
    expected, chance = _expected(rated, name, counts / ratings[:, None])
    # A unit rated once says nothing of agreement: it is not below the mean.
    observed = share + chance * (1.0 - lifted * pairable)
    return Parts(observed, expected, float(times @ share / times.sum()), chance)


def _agreed(rated: Rated, counts: Floats) -> tuple[Floats, Floats]:
    """Return the ordered pairs that agree on each unit, and its ratings."""
    ratings = counts.sum(axis=1)
    return np.einsum("ik,ik->i", counts, counts @ rated.weights) - ratings, ratings


def _expected(rated: Rated, name: str, shares: Floats) -> tuple[Floats, float]:
    """Return what each unit adds to the expected agreement, and what chance expects."""
    n_categories, mean_shares = len(rated.weights), summing_to_one(rated.times @ shares)
    if name == "conger_kappa":
        return _by_coder(rated)
    if name == "fleiss_kappa":
        return shares @ (rated.weights @ mean_shares), by_shares(mean_shares, rated.weights)
    if name == "gwet_ac1":
        scale = rated.weights.sum() / max(n_categories * (n_categories - 1), 1)
        return scale * (shares @ (1.0 - mean_shares)), by_doubt(mean_shares, rated.weights)
    brennan = name == "brennan_prediger"
    chance = by_categories(n_categories, rated.weights) if brennan else 0.0
    return np.full(len(shares), chance), chance


def _by_coder(rated: Rated) -> tuple[Floats, float]:
    """Return what each unit adds to the expected agreement of coders with shares of their own."""
    said = (rated.codes >= 0) @ rated.times
    codes, said = rated.codes[said > 0], said[said > 0]
    shares = coder_shares(codes, len(rated.weights), rated.times)
    n_coders, n = len(shares), float(rated.times.sum())
    chance = by_coders(shares, rated.weights)
    against = (shares.sum(axis=0) - shares) @ rated.weights
    own = np.einsum("gk,gk->g", shares, against)
    met = np.where(codes >= 0, np.take_along_axis(against, np.maximum(codes, 0), 1), own[:, None])
    inside = (n / said)[:, None] * (met - own[:, None])
    return chance + inside.sum(axis=0) / (n_coders * (n_coders - 1)), chance


def _alpha(rated: Rated) -> Parts:
    """Parts of alpha: units weigh as many as they have ratings, and small samples are mended."""
    counts, times = rated.counts, rated.times
    agreed, ratings = _agreed(rated, counts)
    n = times.sum()
    mean = times @ ratings / n
    mend = 1.0 / (n * mean)
    share = agreed / (mean * (ratings - 1))
    observed = float((1.0 - mend) * (times @ share / n) + mend)
    shares = times @ counts / (n * mean)
    chance = by_shares(shares, rated.weights)
    heavy = (ratings - mean) / mean
    expected = counts @ (rated.weights @ shares) / mean - chance * heavy
    return Parts(share - observed * heavy, expected, observed, chance)
