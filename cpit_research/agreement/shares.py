"""How often coders agree, before chance is set apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cpit_research.agreement.chance import mean_agreement
from cpit_research.agreement.ratings import encode
from cpit_research.agreement.undefined import nothing_shared, undefined
from cpit_research.agreement.weights import Weights, agreement_weights
from cpit_research.wording import gettext as _


class SpecificAgreement(NamedTuple):
    """How often coders agree that a category is there, and that it is not."""

    positive: float
    negative: float


def observed_agreement(
    ratings: ArrayLike,
    weights: Weights | None = None,
    *,
    categories: Sequence[Any] | None = None,
) -> float:
    r"""Return the share of pairs of coders that agree, a mean over the units coded twice.

    .. math:: p_o = \frac{1}{n'} \sum_{i: r_i \geq 2} \sum_k
                    \frac{r_{ik} (r^*_{ik} - 1)}{r_i (r_i - 1)}

    Parameters
    ----------
    ratings, weights, categories
        As for :func:`gwet_ac1`.

    Returns
    -------
    float
        From 0 to 1. NaN, with :class:`UndefinedAgreement`, if no unit was coded twice.

    Raises
    ------
    InvalidInput
        As :func:`encode`, or if weights are asked of words.

    References
    ----------
    Gwet, K. L. (2014). *Handbook of Inter-Rater Reliability*, 4th ed., ch. 2.

    Examples
    --------
    Four coders, twelve units (Gwet, 2014, table 2.12):

    >>> nan = float("nan")
    >>> ratings = [[1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    ...            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, nan],
    ...            [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    ...            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]]
    >>> round(observed_agreement(ratings), 5)
    0.81818
    """
    coded = encode(ratings, categories)
    n_categories = len(coded.categories)
    matrix = agreement_weights(weights, coded.numbers, n_categories) if weights else None
    observed = mean_agreement(coded, matrix)
    return undefined(nothing_shared()) if np.isnan(observed) else observed


def specific_agreement(ratings: ArrayLike, positive: Any = 1) -> SpecificAgreement:
    r"""Return the agreement of coders on what one of them put in a category, and on the rest.

    .. math:: p_+ = \frac{\sum_i r_{i+} (r_{i+} - 1)}{\sum_i r_{i+} (r_i - 1)}, \quad
              p_- = \frac{\sum_i r_{i-} (r_{i-} - 1)}{\sum_i r_{i-} (r_i - 1)}

    where :math:`r_{i+}` of the :math:`r_i` coders of unit i put it there and :math:`r_{i-}`
    elsewhere. For two coders, :math:`p_+ = 2a / (2a + b + c)`.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        Numbers or words; NaN and None are missing.
    positive : object
        The category; every other one is its contrary.

    Returns
    -------
    SpecificAgreement
        `positive` and `negative`, from 0 to 1. NaN, with :class:`UndefinedAgreement`, for the one
        that nobody used in a unit coded twice.

    Raises
    ------
    InvalidInput
        As :func:`encode`.

    References
    ----------
    Cicchetti, D. V., & Feinstein, A. R. (1990). High agreement but low kappa: II. Resolving the
    paradoxes. *Journal of Clinical Epidemiology*, 43(6), 551-558.
    https://doi.org/10.1016/0895-4356(90)90159-M

    Fleiss, J. L., Levin, B., & Paik, M. C. (2003). *Statistical Methods for Rates and
    Proportions*, 3rd ed., ch. 18. Wiley. https://doi.org/10.1002/0471445428

    Examples
    --------
    The second table of :func:`cohen_kappa`, whose kappa is .32:

    >>> first, second = [1] * 90 + [0] * 10, [1] * 80 + [0] * 10 + [1] * 5 + [0] * 5
    >>> agreement = specific_agreement([first, second])
    >>> round(agreement.positive, 2), round(agreement.negative, 2)
    (0.91, 0.4)
    """
    coded = encode(ratings)
    which = [at for at, value in enumerate(coded.categories.tolist()) if value == positive]
    n_ratings = (coded.codes >= 0).sum(axis=0)
    inside = np.isin(coded.codes, which).sum(axis=0)
    if not (n_ratings > 1).any():
        missing = undefined(nothing_shared())
        return SpecificAgreement(missing, missing)
    return SpecificAgreement(_specific(inside, n_ratings), _specific(n_ratings - inside, n_ratings))


def _specific(inside: np.ndarray[Any, np.dtype[np.intp]], n_ratings: Any) -> float:
    chances = int((inside * np.maximum(n_ratings - 1, 0)).sum())
    if not chances:
        return undefined(
            _("Specific agreement is undefined: nobody chose this side in a unit coded twice.")
        )
    return int((inside * (inside - 1)).sum()) / chances
