"""Coefficients of agreement as functions of sums."""

from __future__ import annotations

from functools import wraps

import numpy as np

from cpit_research.agreement.counts import (
    BOTH,
    CLASHES,
    FIRST,
    FIXED,
    MIXED,
    ONES,
    PAIRS,
    SECOND,
    SHARES,
    UNITS,
    VALUES,
)
from cpit_research.statistics.resampling import Floats, Statistic


def _quiet(statistic: Statistic) -> Statistic:
    """Let what cannot be computed be NaN."""

    @wraps(statistic)
    def computed(sums: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(statistic(sums))

    return computed


@_quiet
def observed(sums: Floats) -> Floats:
    """Return the observed agreement: mean, over units, of the share of pairs who agree."""
    return 1 - sums[..., CLASHES] / sums[..., UNITS]


@_quiet
def positive(sums: Floats) -> Floats:
    """Return the agreement on presence: of the marks of a pair, the share that both put."""
    return 2 * sums[..., BOTH] / (2 * sums[..., BOTH] + sums[..., FIRST] + sums[..., SECOND])


@_quiet
def negative(sums: Floats) -> Floats:
    """Return the agreement on absence."""
    apart = sums[..., FIRST] + sums[..., SECOND]
    neither = sums[..., PAIRS] - sums[..., BOTH] - apart
    return 2 * neither / (2 * neither + apart)


@_quiet
def prevalence(sums: Floats) -> Floats:
    """Return the mean, over units, of the share of coders who marked them."""
    return sums[..., SHARES] / sums[..., UNITS]


@_quiet
def kappa(sums: Floats) -> Floats:
    r"""Return Cohen's kappa; Conger's, its generalisation, when more than two coders read.

    .. math:: \kappa = \frac{P_o - P_e}{1 - P_e}, \qquad
        P_e = \bar p^2 + (1 - \bar p)^2 - 2 s^2 / c

    with :math:`\bar p` and :math:`s^2` the mean and the variance, over the :math:`c` coders, of
    the share that each marked of what she read.

    References
    ----------
    Cohen, J. (1960). *Educational and Psychological Measurement*, 20(1), 37-46.
    Conger, A. J. (1980). *Psychological Bulletin*, 88(2), 322-328.
    """
    n_coders = (sums.shape[-1] - FIXED) // 2
    marked, read = sums[..., FIXED : FIXED + n_coders], sums[..., FIXED + n_coders :]
    known = read > 0
    n = known.sum(axis=-1)
    share = np.where(known, marked / np.where(known, read, 1), 0)
    mean = share.sum(axis=-1) / n
    apart = np.where(known, share - mean[..., None], 0)
    variance = (apart**2).sum(axis=-1) / (n - 1)
    by_chance = mean**2 + (1 - mean) ** 2 - 2 * variance / n
    return _beyond(by_chance, sums)


@_quiet
def alpha(sums: Floats) -> Floats:
    r"""Return Krippendorff's alpha of marked and unmarked units.

    .. math:: \alpha = 1 - (n - 1) \frac{o_{01}}{n_0 \, n_1}

    with :math:`o_{01}` the coincidences of a mark and of none, :math:`n_1` the marks, :math:`n_0`
    the units left unmarked by a coder who read them, :math:`n` both.

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis* (4th ed.), chapter 12.
    """
    ones, n = sums[..., ONES], sums[..., VALUES]
    return 1 - (n - 1) * sums[..., MIXED] / _known(ones * (n - ones))


@_quiet
def ac1(sums: Floats) -> Floats:
    r"""Return Gwet's AC1, whose agreement by chance is :math:`2 \pi (1 - \pi)`.

    References
    ----------
    Gwet, K. L. (2008). *British Journal of Mathematical and Statistical Psychology*, 61, 29-48.
    """
    share = prevalence(sums)
    by_chance = 2 * share * (1 - share)
    return _beyond(by_chance, sums)


def _beyond(by_chance: Floats, sums: Floats) -> Floats:
    """Return the part of the agreement that chance leaves open and that coders reached."""
    reached: Floats = (observed(sums) - by_chance) / _known(1 - by_chance)
    return reached


def _known(divisor: Floats) -> Floats:
    """Return a divisor, NaN where it is zero but for rounding."""
    known: Floats = np.where(divisor > 1e-12, divisor, np.nan)
    return known
