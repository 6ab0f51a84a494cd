"""Intervals of a ratio of sums over clusters, such as an agreement counted note by note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

Floats = NDArray[np.float64]
#: What is computed from the sums of the counts, which stand on the last axis.
Statistic = Callable[[Floats], Floats]

LEVEL: Final = 0.95


def jackknife(counts: Floats, statistic: Statistic) -> Floats:
    """Return a statistic as many times as there are clusters, each time without one of them.

    Parameters
    ----------
    counts : array of float, shape (n_clusters, ..., n_counts)
        What each cluster adds to the sums.
    statistic : callable
        From sums of shape (..., n_counts) to values of shape (...).

    Returns
    -------
    array of float, shape (n_clusters, ...)
        NaN where the statistic is.

    Examples
    --------
    >>> counts = np.array([[1.0, 2.0], [3.0, 4.0], [2.0, 4.0]])
    >>> jackknife(counts, lambda sums: sums[..., 0] / sums[..., 1]).round(3).tolist()
    [0.625, 0.5, 0.667]
    """
    return statistic(counts.sum(axis=0) - counts)


def bootstrap(counts: Floats, statistic: Statistic, *, draws: int = 999, seed: int = 0) -> Floats:
    """Return a statistic on clusters drawn with replacement.

    Parameters
    ----------
    counts, statistic
        As in :func:`jackknife`.
    draws : int
        How many times the clusters are drawn.
    seed : int
        The same seed and the same number of clusters give the same draws.

    Returns
    -------
    array of float, shape (draws, ...)
    """
    n = len(counts)
    chance = np.random.default_rng(seed)
    times = chance.multinomial(n, np.full(n, 1 / n), size=draws).astype(float)
    return statistic(np.tensordot(times, counts, axes=1))


def jackknife_t(
    estimate: Floats,
    without: Floats,
    *,
    level: float = LEVEL,
    scale: Statistic | None = None,
    back: Statistic | None = None,
    even: bool = False,
) -> tuple[Floats, Floats]:
    r"""Return the interval of Student's t on the standard error of the jackknife.

    With :math:`\theta_{(i)}` the statistic without cluster :math:`i` of :math:`n`, on the scale
    `scale`, and :math:`d_i` its distance to their mean,

    .. math:: s^2 = \frac{n - 1}{n} \sum_i d_i^2, \qquad \theta \pm t_\nu s, \qquad
        \nu = \min\Big(n - 1,\ 2 \, \frac{n - 1}{n}
        \frac{(\sum_i d_i^2)^2}{\sum_i d_i^4}\Big)

    that is, twice what Satterthwaite's formula gives, which is too few for distances that only
    chance makes unequal: a code that three notes of thirty hold has some five degrees of freedom,
    one that they all hold has nearly as many as there are notes.

    Parameters
    ----------
    estimate : array of float, shape (...)
        The statistic on all the clusters.
    without : array of float, shape (n_clusters, ...)
        What :func:`jackknife` returns.
    level : float
        Nominal coverage, between 0 and 1.
    scale, back : callable, optional
        The scale on which the interval is symmetric, increasing, and its inverse.
    even : bool
        Take :math:`n - 1` degrees of freedom whatever the distances.

    Returns
    -------
    low, high : array of float, shape (...)
        NaN where the statistic is NaN without one cluster, or the same without each of them.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*, chapter 11.
    Satterthwaite, F. E. (1946). *Biometrics Bulletin*, 2(6), 110-114. doi:10.2307/3002019
    """
    at, told = estimate, without
    if scale is not None:
        at, told = scale(estimate), scale(without)
    n = len(told)
    squares = (told - told.mean(axis=0)) ** 2
    total = squares.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom: Floats = np.full(total.shape, n - 1.0)
        if not even:
            satterthwaite = freedom * total**2 / (n * (squares**2).sum(axis=0))
            freedom = np.clip(2 * satterthwaite, 1.0, n - 1.0)
        reach = stdtrit(freedom, 0.5 + level / 2) * np.sqrt((n - 1) / n * total)
        reach = np.where(total > _still(n, at), reach, np.nan)
        low, high = at - reach, at + reach
        return (low, high) if back is None else (back(low), back(high))


def percentile(replicates: Floats, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Return the percentile interval of bootstrap replicates of shape (draws, ...)."""
    low, high = np.nanquantile(replicates, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    return low, high


def bias_corrected(
    estimate: Floats, replicates: Floats, without: Floats, *, level: float = LEVEL
) -> tuple[Floats, Floats]:
    """Return the bias-corrected and accelerated bootstrap interval (BCa).

    Parameters
    ----------
    estimate : array of float, shape (n,)
    replicates : array of float, shape (draws, n)
        What :func:`bootstrap` returns.
    without : array of float, shape (n_clusters, n)
        What :func:`jackknife` returns.
    level : float
        Nominal coverage.

    Returns
    -------
    low, high : array of float, shape (n,)

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. *Journal of the American Statistical
    Association*, 82(397), 171-185. doi:10.1080/01621459.1987.10478410
    """
    draws = len(replicates)
    below = (replicates < estimate).sum(axis=0) + 0.5 * (replicates == estimate).sum(axis=0)
    shift = ndtri(np.clip(below / draws, 0.5 / draws, 1 - 0.5 / draws))
    away = without.mean(axis=0) - without
    with np.errstate(invalid="ignore", divide="ignore"):
        speed = (away**3).sum(axis=0) / (6 * (away**2).sum(axis=0) ** 1.5)
    ordered = np.sort(replicates, axis=0)
    bounds = []
    for tail in (0.5 - level / 2, 0.5 + level / 2):
        step = shift + ndtri(tail)
        share = ndtr(shift + step / (1 - np.nan_to_num(speed) * step))
        rank = np.clip(np.rint(share * (draws - 1)).astype(int), 0, draws - 1)
        bounds.append(np.take_along_axis(ordered, rank[None], axis=0)[0])
    return bounds[0], bounds[1]


def _still(n: int, at: Floats) -> Floats:
    """Return the sum of squares that rounding alone can make."""
    return n * (1e-12 * (1 + np.abs(at))) ** 2
