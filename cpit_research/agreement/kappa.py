"""Kappas: Cohen's and Scott's for two coders, Conger's and Fleiss' for any number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cpit_research.agreement.chance import (
    Floats,
    by_coders,
    by_shares,
    coder_shares,
    corrected,
    mean_agreement,
    table_agreement,
    table_shares,
)
from cpit_research.agreement.ratings import Ratings, encode, encode_pair
from cpit_research.agreement.weights import Weights, agreement_weights
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _


def cohen_kappa(first: ArrayLike, second: ArrayLike, weights: Weights | None = None) -> float:
    r"""Return Cohen's kappa, the agreement of two coders beyond chance.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad p_o = \sum_{kl} w_{kl}\, p_{kl},
              \quad p_e = \sum_{kl} w_{kl}\, p_{k\cdot}\, p_{\cdot l}

    where :math:`p_{kl}` is the share of units that the first coder put in k and the second in l.

    Parameters
    ----------
    first, second : array_like, shape (n_units,)
        What each coder said: numbers or words. Pairs with a NaN or a None are left out.
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        How much two categories agree (:func:`agreement_weights`): by the numbers themselves, not
        by their ranks; None: not at all.

    Returns
    -------
    float
        From -1 to 1, 0 by chance. NaN, with :class:`UndefinedAgreement`, if no pair is left or
        if both coders used one same category only.

    Raises
    ------
    InvalidInput
        If the lengths differ, or weights are asked of words.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and
    Psychological Measurement*, 20(1), 37-46. https://doi.org/10.1177/001316446002000104

    Cohen, J. (1968). Weighted kappa. *Psychological Bulletin*, 70(4), 213-220.
    https://doi.org/10.1037/h0026256

    Examples
    --------
    Two coders of 100 units (Feinstein and Cicchetti, 1990,
    https://doi.org/10.1016/0895-4356(90)90158-L), who agree on 85 of them both times:

    >>> first, second = [1] * 49 + [0] * 51, [1] * 40 + [0] * 9 + [1] * 6 + [0] * 45
    >>> round(cohen_kappa(first, second), 2)
    0.7
    >>> first, second = [1] * 90 + [0] * 10, [1] * 80 + [0] * 10 + [1] * 5 + [0] * 5
    >>> round(cohen_kappa(first, second), 2)
    0.32
    """
    ratings = encode_pair(first, second)
    matrix = _weights(ratings, weights)
    observed = _pair_agreement(ratings, matrix)
    shares = coder_shares(ratings.codes, len(ratings.categories))
    return corrected(observed, by_coders(shares, matrix))


def scott_pi(first: ArrayLike, second: ArrayLike, weights: Weights | None = None) -> float:
    r"""Return Scott's pi: kappa as if both coders spread their units alike.

    .. math:: \pi = \frac{p_o - p_e}{1 - p_e}, \quad p_e = \sum_{kl} w_{kl}\, \pi_k\, \pi_l,
              \quad \pi_k = \frac{p_{k\cdot} + p_{\cdot k}}{2}

    Parameters
    ----------
    first, second : array_like, shape (n_units,)
        What each coder said: numbers or words. Pairs with a NaN or a None are left out.
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        As for :func:`cohen_kappa`.

    Returns
    -------
    float
        From -1 to 1, 0 by chance. NaN, with :class:`UndefinedAgreement`, if no pair is left or
        one category only was used.

    Raises
    ------
    InvalidInput
        If the lengths differ, or weights are asked of words.

    References
    ----------
    Scott, W. A. (1955). Reliability of content analysis. *Public Opinion Quarterly*, 19(3),
    321-325. https://doi.org/10.1086/266577

    Examples
    --------
    The example of Krippendorff (2011, B: two coders, nominal, 12 units), of whom alpha is .692:
    pi lacks its correction for small samples, 1/24 of what is left.

    >>> first = list("aabbdcccedda")
    >>> second = list("babbbccceddd")
    >>> pi = scott_pi(first, second)
    >>> round(pi, 3), round(1 - (1 - pi) * 23 / 24, 3)
    (0.679, 0.692)
    """
    ratings = encode_pair(first, second)
    matrix = _weights(ratings, weights)
    shares = coder_shares(ratings.codes, len(ratings.categories))
    pooled = shares.mean(axis=0) if len(shares) else np.zeros(0)
    return corrected(_pair_agreement(ratings, matrix), by_shares(pooled, matrix))


def fleiss_kappa(table: ArrayLike, weights: Weights | None = None) -> float:
    r"""Return Fleiss' kappa, from how many coders put each unit in each category.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad
              p_o = \frac{1}{n'} \sum_{i: r_i \geq 2} \sum_k
                    \frac{r_{ik} (r^*_{ik} - 1)}{r_i (r_i - 1)}, \quad
              p_e = \sum_{kl} w_{kl}\, \pi_k\, \pi_l, \quad
              \pi_k = \frac{1}{n} \sum_i \frac{r_{ik}}{r_i}

    with :math:`r^*_{ik} = \sum_l w_{kl} r_{il}`, n units rated once at least, n' twice at least.
    Fleiss asks as many ratings for each unit; Gwet's extension, used here, does not.

    Parameters
    ----------
    table : array_like of int, shape (n_units, n_categories)
        Numbers of coders; :func:`counts_per_unit` makes it from ratings.
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        How much two categories agree, their numbers being 1, 2, 3…

    Returns
    -------
    float
        At most 1, 0 by chance. NaN, with :class:`UndefinedAgreement`, if no unit has two ratings
        or one category only was used.

    Raises
    ------
    InvalidInput
        If the table has not two dimensions, or holds something else than counts.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological
    Bulletin*, 76(5), 378-382. https://doi.org/10.1037/h0031619

    Gwet, K. L. (2014). *Handbook of Inter-Rater Reliability*, 4th ed., ch. 2.

    Examples
    --------
    Thirty patients, each diagnosed by six psychiatrists (Fleiss, 1971, table 1; depression,
    personality disorder, schizophrenia, neurosis, other):

    >>> table = (
    ...     "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 "
    ...     "10050 11040 03300 10050 02031 00501 30012 51000 02040 10203 "
    ...     "00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
    ... )
    >>> round(fleiss_kappa([[int(n) for n in unit] for unit in table.split()]), 3)
    0.43
    """
    counts = _checked(table)
    n_categories = counts.shape[1]
    numbers = np.arange(1.0, n_categories + 1)
    matrix = agreement_weights(weights, numbers, n_categories) if weights else None
    observed = table_agreement(counts, matrix)
    return corrected(observed, by_shares(table_shares(counts), matrix))


def conger_kappa(
    ratings: ArrayLike,
    weights: Weights | None = None,
    *,
    categories: Sequence[Any] | None = None,
) -> float:
    r"""Return Conger's kappa: Cohen's for any number of coders, some of whom skip units.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad
              p_e = \frac{1}{r (r - 1)} \sum_{g \neq h} \sum_{kl} w_{kl}\, p_{gk}\, p_{hl}

    where :math:`p_{gk}` is the share of k among what coder g said, and :math:`p_o` is as in
    :func:`fleiss_kappa`.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        Numbers or words; NaN and None are missing.
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        As for :func:`cohen_kappa`.
    categories : sequence, optional
        The values that coders could use; by default, those met.

    Returns
    -------
    float
        At most 1, 0 by chance. Cohen's kappa for two coders without missing value. NaN, with
        :class:`UndefinedAgreement`, if no unit was coded twice or one category only was used.

    Raises
    ------
    InvalidInput
        As :func:`encode`, or if weights are asked of words.

    References
    ----------
    Conger, A. J. (1980). Integration and generalization of kappas for multiple raters.
    *Psychological Bulletin*, 88(2), 322-328. https://doi.org/10.1037/0033-2909.88.2.322

    Gwet, K. L. (2014). *Handbook of Inter-Rater Reliability*, 4th ed., ch. 2.

    Examples
    --------
    Four coders, twelve units (Gwet, 2014, table 2.12):

    >>> nan = float("nan")
    >>> ratings = [[1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    ...            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, nan],
    ...            [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    ...            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]]
    >>> round(conger_kappa(ratings), 5)
    0.76282
    """
    coded = encode(ratings, categories)
    matrix = _weights(coded, weights)
    observed = mean_agreement(coded, matrix)
    return corrected(observed, by_coders(coder_shares(coded.codes, len(coded.categories)), matrix))


def _weights(ratings: Ratings, weights: Weights | None) -> Floats | None:
    """Return the matrix of the weights; None for the identity, which counts faster without."""
    if weights is None:
        return None
    return agreement_weights(weights, ratings.numbers, len(ratings.categories))


def _pair_agreement(ratings: Ratings, weights: Floats | None) -> float:
    first, second = ratings.codes
    if not first.size:
        return np.nan
    if weights is None:
        return float((first == second).mean())
    n_categories = len(ratings.categories)
    table = np.bincount(first * n_categories + second, minlength=n_categories**2)
    return float(table @ weights.ravel() / first.size)


def _checked(table: ArrayLike) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    counts = np.asarray(table)
    numbers = counts.ndim == 2 and counts.dtype.kind in "biuf"
    whole = numbers and (
        counts.dtype.kind != "f" or (np.isfinite(counts) & (counts % 1 == 0)).all()
    )
    if not whole or (counts < 0).any():
        raise InvalidInput(
            _("The table does not hold counts: one row a unit, one column a category."),
            remedy=_("counts_per_unit makes it from ratings."),
        )
    return counts.astype(np.intp)
