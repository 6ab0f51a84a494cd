"""How much two categories agree: Gwet's weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

Weights = Literal["linear", "quadratic", "ordinal", "radical", "ratio"]
WEIGHTS: Final[Sequence[str]] = get_args(Weights)


def agreement_weights(
    weights: Weights | None, numbers: NDArray[np.float64] | None, n_categories: int
) -> NDArray[np.float64]:
    r"""Return how much each pair of categories agrees, from 0 to 1.

    With :math:`x_k` the number of category k, k its rank, and every maximum over all pairs:

    ===========  ==========================================================================
    None         1 if k = l, else 0
    linear       :math:`1 - |x_k - x_l| / \max|x_k - x_l|`
    quadratic    :math:`1 - (x_k - x_l)^2 / \max(x_k - x_l)^2`
    radical      :math:`1 - \sqrt{|x_k - x_l|} / \sqrt{\max|x_k - x_l|}`
    ratio        :math:`1 - r_{kl} / \max r_{kl}`, :math:`r_{kl} = ((x_k - x_l)/(x_k + x_l))^2`
    ordinal      :math:`1 - M_{kl} / \max M_{kl}`, :math:`M_{kl} = \binom{|k - l| + 1}{2}`
    ===========  ==========================================================================

    The ordinal weights count ranks, and are not Krippendorff's ordinal metric, which counts
    how often each rank was used.

    Parameters
    ----------
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        Which.
    numbers : ndarray, shape (n_categories,), or None
        The categories, increasing; None if they are words.
    n_categories : int
        How many there are.

    Returns
    -------
    ndarray, shape (n_categories, n_categories)
        Symmetric, 1 on the diagonal.

    Raises
    ------
    InvalidInput
        If the weights are unknown, or want numbers where there are words.

    References
    ----------
    Gwet, K. L. (2014). *Handbook of Inter-Rater Reliability*, 4th ed., ch. 3. Advanced Analytics.

    Examples
    --------
    >>> agreement_weights("ordinal", np.array([1.0, 2, 3]), 3).round(3).tolist()
    [[1.0, 0.667, 0.0], [0.667, 1.0, 0.667], [0.0, 0.667, 1.0]]
    """
    if weights is None:
        return np.eye(n_categories)
    if weights not in WEIGHTS:
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=weights, name="weights"),
            exists=_("It can be: {values}.").format(values=", ".join(WEIGHTS)),
        )
    if numbers is None:
        raise InvalidInput(
            _("Weights want numbers: words have no distance."),
            remedy=_("Give each word its number, or leave weights out."),
        )
    distance = _distance(weights, numbers)
    most = distance.max(initial=0.0)
    return 1.0 - distance / most if most else np.ones_like(distance)


def _distance(weights: Weights, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    ranks = np.arange(len(numbers), dtype=np.float64)
    apart = np.abs(np.subtract.outer(numbers, numbers))
    if weights == "linear":
        return apart
    if weights == "quadratic":
        return np.square(apart)
    if weights == "radical":
        return np.sqrt(apart)
    if weights == "ordinal":
        steps = np.abs(np.subtract.outer(ranks, ranks))
        return np.asarray(steps * (steps + 1) / 2)
    if (numbers < 0).any():
        raise InvalidInput(_("The ratio metric wants numbers that are not negative."))
    return ratio_distance(numbers, numbers)


def ratio_distance(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ((x - y) / (x + y))² of each pair, 0 for two zeros; shape (n_first, n_second)."""
    total = np.add.outer(first, second)
    difference = np.subtract.outer(first, second)
    return np.square(np.divide(difference, total, out=np.zeros_like(total), where=total != 0))
