"""Krippendorff's alpha, for any number of coders, with missing values, by metric."""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cpit_research.agreement.chance import equal_pairs
from cpit_research.agreement.ratings import Ratings, encode
from cpit_research.agreement.undefined import nothing_shared, one_category, undefined
from cpit_research.agreement.weights import ratio_distance
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: Final = get_args(Metric)
#: Rows of distances between values that are held at once.
_ROWS: Final = 1_000

_Floats = NDArray[np.float64]
_Ranks = NDArray[np.intp]


def krippendorff_alpha(reliability_data: ArrayLike, metric: Metric = "nominal") -> float:
    r"""Return Krippendorff's alpha: one minus the disagreement seen over that of chance.

    .. math:: \alpha = 1 - \frac{D_o}{D_e}, \quad
              D_o = \frac{1}{n} \sum_u \frac{1}{m_u - 1} \sum_{i \neq j} \delta^2(x_{iu}, x_{ju}),
              \quad D_e = \frac{1}{n (n - 1)} \sum_{a \neq b} \delta^2(x_a, x_b)

    over the n values of the units coded twice at least, :math:`m_u` of them in unit u;
    :math:`\delta^2` is

    - *nominal*: 1 for two distinct values;
    - *ordinal*: :math:`\left(\sum_{g=c}^{k} n_g - (n_c + n_k)/2\right)^2`, :math:`n_g` being how
      often value g was used: the square of the difference of their mean ranks;
    - *interval*: :math:`(c - k)^2`;
    - *ratio*: :math:`((c - k) / (c + k))^2`.

    Parameters
    ----------
    reliability_data : array_like, shape (n_coders, n_units)
        Numbers, or words for the nominal metric; NaN and None are missing.
    metric : {"nominal", "ordinal", "interval", "ratio"}
        What the difference of two values means.

    Returns
    -------
    float
        At most 1, 0 by chance, negative if coders disagree more than chance would. NaN, with
        :class:`UndefinedAgreement`, if no unit was coded twice or if those that were have one
        value only.

    Raises
    ------
    InvalidInput
        If the metric is unknown, wants numbers where there are words, or (ratio) meets a negative
        one; and as :func:`encode`.

    Notes
    -----
    With n values of which V are distinct, the time is in n log n at most, but in
    n · n_coders + V² for the ratio metric; no table of units by values is made.

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis*, 4th ed., ch. 12. Sage.
    https://doi.org/10.4135/9781071878781

    Hayes, A. F., & Krippendorff, K. (2007). Answering the call for a standard reliability measure
    for coding data. *Communication Methods and Measures*, 1(1), 77-89.
    https://doi.org/10.1080/19312450709336664

    Examples
    --------
    Four coders, twelve units (Krippendorff, 2011, C):

    >>> nan = float("nan")
    >>> data = [[1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    ...         [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
    ...         [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
    ...         [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]]
    >>> [round(krippendorff_alpha(data, metric), 3) for metric in METRICS]
    [0.743, 0.815, 0.849, 0.797]
    """
    if metric not in METRICS:
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=metric, name="metric"),
            exists=_("It can be: {values}.").format(values=", ".join(METRICS)),
        )
    ratings = encode(reliability_data)
    values = _numbers(ratings, metric)
    codes, sizes = _pairable(ratings.codes)
    used = np.bincount(codes[codes >= 0], minlength=len(ratings.categories))
    if not sizes.size:
        return undefined(nothing_shared())
    if np.count_nonzero(used) < 2:
        return undefined(one_category())
    if metric == "nominal":
        observed, expected = _unequal(codes, sizes, used)
    elif metric == "ratio":
        observed, expected = _ratio(codes, sizes, used, values)
    else:
        scale = np.cumsum(used) - used / 2 if metric == "ordinal" else values
        observed, expected = _squares(codes, sizes, used, scale)
    return float(1.0 - (int(used.sum()) - 1) * observed / expected)


def _numbers(ratings: Ratings, metric: Metric) -> _Floats:
    """Return the values as numbers, if the metric wants some."""
    numbers = ratings.numbers
    if metric == "nominal":
        return np.zeros(0)
    if numbers is None:
        raise InvalidInput(
            _("The {metric} metric wants numbers: words have no distance.").format(metric=metric),
            remedy=_("Give each word its number, or take the nominal metric."),
        )
    if metric == "ratio" and (numbers < 0).any():
        raise InvalidInput(_("The ratio metric wants numbers that are not negative."))
    return numbers


def _pairable(codes: _Ranks) -> tuple[_Ranks, _Ranks]:
    """Return the units coded twice at least, and how many values each has."""
    sizes = (codes >= 0).sum(axis=0)
    twice = sizes > 1
    return (codes, sizes) if twice.all() else (codes[:, twice], sizes[twice])


def _unequal(codes: _Ranks, sizes: _Ranks, used: _Ranks) -> tuple[float, float]:
    """Return the sums of nominal differences, within units (by m - 1) and overall."""
    unequal = sizes * (sizes - 1) - equal_pairs(codes)
    n = int(used.sum())
    return float((unequal / (sizes - 1)).sum()), float(n * n - int(used @ used))


def _squares(codes: _Ranks, sizes: _Ranks, used: _Ranks, scale: _Floats) -> tuple[float, float]:
    """Return the sums of squared differences: n times that to the mean, twice."""
    n = int(used.sum())
    centred = scale - used @ scale / n
    values = np.append(centred, 0.0)[codes]  # -1, a missing value, takes the last one
    means = values.sum(axis=0) / sizes
    away = values - means
    away[codes < 0] = 0.0
    within = np.einsum("iu,iu->u", away, away)
    overall = 2.0 * n * float(used @ np.square(centred))
    return float((2.0 * sizes / (sizes - 1) * within).sum()), overall


def _ratio(codes: _Ranks, sizes: _Ranks, used: _Ranks, values: _Floats) -> tuple[float, float]:
    """Return the sums of ratio differences, pair by pair of coders, then value by value."""
    within = 0.0
    for first in range(len(codes) - 1):
        for second in range(first + 1, len(codes)):
            both = (codes[first] >= 0) & (codes[second] >= 0)
            one, other = values[codes[first, both]], values[codes[second, both]]
            total = one + other
            ratio = np.divide(one - other, total, out=np.zeros_like(total), where=total != 0)
            within += 2.0 * float((np.square(ratio) / (sizes[both] - 1)).sum())
    overall = 0.0
    for start in range(0, len(values), _ROWS):
        some = slice(start, start + _ROWS)
        overall += float(used[some] @ ratio_distance(values[some], values) @ used)
    return within, overall
