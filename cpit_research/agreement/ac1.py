"""Coefficients that a rare code does not ruin: Gwet's AC1, Brennan and Prediger's, PABAK."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import ArrayLike

from cpit_research.agreement.chance import (
    by_categories,
    by_doubt,
    category_shares,
    corrected,
    mean_agreement,
)
from cpit_research.agreement.ratings import encode, encode_pair
from cpit_research.agreement.undefined import nothing_shared, undefined
from cpit_research.agreement.weights import Weights, agreement_weights
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _


def gwet_ac1(
    ratings: ArrayLike,
    weights: Weights | None = None,
    *,
    categories: Sequence[Any] | None = None,
) -> float:
    r"""Return Gwet's AC1, or AC2 if there are weights.

    .. math:: \gamma = \frac{p_o - p_e}{1 - p_e}, \quad
              p_e = \frac{\sum_{kl} w_{kl}}{q (q - 1)} \sum_k \pi_k (1 - \pi_k)

    with :math:`p_o` and :math:`\pi_k` as in :func:`fleiss_kappa` and q categories.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        Numbers or words; NaN and None are missing.
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        As for :func:`cohen_kappa`.
    categories : sequence, optional
        The values that coders could use, which count in q even if nobody did; by default, those
        met. Say ``(0, 1)`` for a code that is there or not.

    Returns
    -------
    float
        At most 1, 0 by chance. NaN, with :class:`UndefinedAgreement`, if no unit was coded twice
        or there is one category only.

    Raises
    ------
    InvalidInput
        As :func:`encode`, or if weights are asked of words.

    Notes
    -----
    Two coders who never agree that a rare code is there still have an AC1 near 1: read it beside
    :func:`specific_agreement`.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. *British Journal of Mathematical and Statistical Psychology*, 61(1), 29-48.
    https://doi.org/10.1348/000711006X126600

    Examples
    --------
    Four coders, twelve units (Gwet, 2014, table 2.12):

    >>> nan = float("nan")
    >>> ratings = [[1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    ...            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, nan],
    ...            [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    ...            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]]
    >>> round(gwet_ac1(ratings), 5), round(gwet_ac1(ratings, "quadratic"), 5)
    (0.77544, 0.914)
    """
    coded = encode(ratings, categories)
    n_categories = len(coded.categories)
    matrix = agreement_weights(weights, coded.numbers, n_categories) if weights else None
    return corrected(mean_agreement(coded, matrix), by_doubt(category_shares(coded), matrix))


def brennan_prediger(
    ratings: ArrayLike,
    weights: Weights | None = None,
    *,
    categories: Sequence[Any] | None = None,
) -> float:
    r"""Return the coefficient of Brennan and Prediger: chance takes every category alike.

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}, \quad p_e = \frac{1}{q^2} \sum_{kl} w_{kl}

    with :math:`p_o` as in :func:`fleiss_kappa` and q categories: Bennett's S for two coders.

    Parameters
    ----------
    ratings, weights, categories
        As for :func:`gwet_ac1`.

    Returns
    -------
    float
        From -1 / (q - 1) to 1. NaN, with :class:`UndefinedAgreement`, if no unit was coded twice
        or there is one category only.

    Raises
    ------
    InvalidInput
        As :func:`encode`, or if weights are asked of words.

    References
    ----------
    Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: some uses, misuses, and
    alternatives. *Educational and Psychological Measurement*, 41(3), 687-699.
    https://doi.org/10.1177/001316448104100307

    Examples
    --------
    Four coders, twelve units (Gwet, 2014, table 2.12):

    >>> nan = float("nan")
    >>> ratings = [[1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    ...            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, nan],
    ...            [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    ...            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]]
    >>> round(brennan_prediger(ratings), 5)
    0.77273
    """
    coded = encode(ratings, categories)
    n_categories = len(coded.categories)
    matrix = agreement_weights(weights, coded.numbers, n_categories) if weights else None
    return corrected(mean_agreement(coded, matrix), by_categories(n_categories, matrix))


def pabak(first: ArrayLike, second: ArrayLike) -> float:
    r"""Return kappa adjusted for prevalence and bias, of two coders and two categories.

    .. math:: \mathrm{PABAK} = 2 p_o - 1

    Parameters
    ----------
    first, second : array_like, shape (n_units,)
        What each coder said, in two categories at most. Pairs with a NaN or a None are left out.

    Returns
    -------
    float
        From -1 to 1. It knows that there are two categories: 1 when both coders say the same
        everywhere, even if they used one only. NaN, with :class:`UndefinedAgreement`, if no pair
        is left.

    Raises
    ------
    InvalidInput
        If the lengths differ, or there are more than two categories.

    References
    ----------
    Byrt, T., Bishop, J., & Carlin, J. B. (1993). Bias, prevalence and kappa. *Journal of Clinical
    Epidemiology*, 46(5), 423-429. https://doi.org/10.1016/0895-4356(93)90018-V

    Examples
    --------
    The second table of :func:`cohen_kappa`, whose kappa is .32:

    >>> round(pabak([1] * 90 + [0] * 10, [1] * 80 + [0] * 10 + [1] * 5 + [0] * 5), 2)
    0.7
    """
    coded = encode_pair(first, second)
    if len(coded.categories) > 2:
        raise InvalidInput(
            _("PABAK has two categories; {n} were used.").format(n=len(coded.categories)),
            remedy=_("brennan_prediger is the same for any number."),
        )
    one, other = coded.codes
    if not one.size:
        return undefined(nothing_shared())
    return float(2.0 * (one == other).mean() - 1.0)
