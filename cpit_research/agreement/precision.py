"""How precise a coefficient is: Gwet's linearization over units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from cpit_research.agreement.parts import Rated, parts_of
from cpit_research.agreement.ratings import encode
from cpit_research.agreement.undefined import nothing_shared, one_category, undefined
from cpit_research.agreement.weights import Weights, agreement_weights
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

CoefficientName = Literal[
    "brennan_prediger",
    "conger_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "observed_agreement",
]
TableCoefficientName = Literal[
    "brennan_prediger",
    "cohen_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "observed_agreement",
    "scott_pi",
]
COEFFICIENTS: Final = get_args(CoefficientName)
TABLE_COEFFICIENTS: Final = get_args(TableCoefficientName)
#: For two coders who skip nothing, these are the same.
_GENERAL: Final = {"cohen_kappa": "conger_kappa", "scott_pi": "fleiss_kappa"}


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of agreement and its precision.

    Parameters
    ----------
    value : float
        ``(observed - expected) / (1 - expected)``.
    observed, expected : float
        Weighted agreement that was seen, and that of chance.
    standard_error : float
        As if units had been drawn at random; 0 when all coders agree everywhere.
    interval : tuple of float
        Where the coefficient lies with 95 % confidence, cut at 1.
    """

    value: float
    observed: float
    expected: float
    standard_error: float
    interval: tuple[float, float]


def linearized(
    ratings: ArrayLike,
    *,
    coefficient: CoefficientName = "krippendorff_alpha",
    weights: Weights | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    r"""Return a coefficient, its standard error and its interval, by linearization over units.

    With :math:`p_{o|i}` and :math:`p_{e|i}` the parts of unit i in the agreement seen and
    expected, the n units have

    .. math:: c_i = \frac{p_{o|i} - p_e}{1 - p_e} - 2 (1 - c) \frac{p_{e|i} - p_e}{1 - p_e},
              \quad \mathrm{SE}^2 = \frac{1}{n (n - 1)} \sum_i (c_i - c)^2

    and the interval is c ± SE times the quantile of Student's t with n - 1 degrees of freedom.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        Numbers or words; NaN and None are missing.
    coefficient : str
        ``"krippendorff_alpha"``, ``"gwet_ac1"``, ``"fleiss_kappa"``, ``"conger_kappa"``,
        ``"brennan_prediger"`` or ``"observed_agreement"``.
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        How much two categories agree (:func:`agreement_weights`). For alpha, ``"quadratic"`` is
        the interval metric and ``"ratio"`` the ratio metric; ``"ordinal"`` is **not** the ordinal
        one.
    categories : sequence, optional
        The values that coders could use; by default, those met.

    Returns
    -------
    Coefficient
        All NaN, with :class:`UndefinedAgreement`, when the coefficient is undefined; the error and
        the interval alone, without a warning, when one unit only counts.

    Raises
    ------
    InvalidInput
        If a name is unknown, or weights are asked of words; and as :func:`encode`.

    Notes
    -----
    Units of one note are not independent: intervals for codings resample notes instead. The
    correction of alpha for small samples moves its value, and is left out of its error.

    References
    ----------
    Gwet, K. L. (2014). *Handbook of Inter-Rater Reliability*, 4th ed., ch. 5-6. Advanced
    Analytics.

    Gwet, K. L. (2021). Large-sample variance of Fleiss generalized kappa. *Educational and
    Psychological Measurement*, 81(4), 781-790. https://doi.org/10.1177/0013164420973080

    Examples
    --------
    Four coders, twelve units (Gwet, 2014, table 2.12):

    >>> nan = float("nan")
    >>> ratings = [[1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
    ...            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, nan],
    ...            [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    ...            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan]]
    >>> ac1 = linearized(ratings, coefficient="gwet_ac1")
    >>> round(ac1.value, 5), round(ac1.standard_error, 5)
    (0.77544, 0.14295)
    >>> [round(end, 3) for end in ac1.interval]
    [0.461, 1.0]
    """
    _check(coefficient, COEFFICIENTS)
    coded = encode(ratings, categories)
    matrix = agreement_weights(weights, coded.numbers, len(coded.categories))
    rated = Rated(coded.codes, np.ones(coded.codes.shape[1]), matrix)
    rated = rated.kept(np.any(coded.codes >= 0, axis=0))
    return _coefficient(rated, coefficient, of_sample=True)


def from_table(
    table: ArrayLike,
    *,
    coefficient: TableCoefficientName = "krippendorff_alpha",
    weights: Weights | None = None,
) -> Coefficient:
    """Return a coefficient of two coders from how they crossed, with its precision.

    Parameters
    ----------
    table : array_like of int, shape (n_categories, n_categories)
        Numbers of units that the first coder put in the row and the second in the column.
    coefficient : str
        ``"cohen_kappa"``, ``"scott_pi"``, ``"krippendorff_alpha"``, ``"gwet_ac1"``,
        ``"brennan_prediger"`` or ``"observed_agreement"``.
    weights : {None, "linear", "quadratic", "ordinal", "radical", "ratio"}
        As for :func:`linearized`, the categories being 1, 2, 3…

    Returns
    -------
    Coefficient
        As :func:`linearized`; here the variance is divided by n², as in the closed formulas for
        two coders, and not by n (n - 1).

    Raises
    ------
    InvalidInput
        If a name is unknown, or the table is not square or holds something else than counts.

    References
    ----------
    Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high
    agreement. *British Journal of Mathematical and Statistical Psychology*, 61(1), 29-48.
    https://doi.org/10.1348/000711006X126600

    Examples
    --------
    Pregnancies of 100 women told by two abstractors (Gwet, 2014, table 2.10):

    >>> kappa = from_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]], coefficient="cohen_kappa")
    >>> round(kappa.value, 3), round(kappa.standard_error, 4)
    (0.796, 0.0589)
    """
    _check(coefficient, TABLE_COEFFICIENTS)
    counts = _square(table)
    size = len(counts)
    matrix = agreement_weights(weights, np.arange(1.0, size + 1), size)
    codes = np.stack([np.repeat(np.arange(size), size), np.tile(np.arange(size), size)])
    rated = Rated(codes, counts.ravel().astype(np.float64), matrix).kept(counts.ravel() > 0)
    return _coefficient(rated, _GENERAL.get(coefficient, coefficient), of_sample=False)


def _check(name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise InvalidInput(
            _("“{value}” is not a value of {name}.").format(value=name, name="coefficient"),
            exists=_("It can be: {values}.").format(values=", ".join(known)),
        )


def _square(table: ArrayLike) -> NDArray[np.float64]:
    counts = np.asarray(table)
    square = counts.ndim == 2 and counts.shape[0] == counts.shape[1]
    if not square or counts.dtype.kind not in "biuf" or (counts < 0).any() or (counts % 1).any():
        raise InvalidInput(
            _("The table does not cross two coders: as many rows as columns, and counts in them.")
        )
    return counts.astype(np.float64)


def _coefficient(rated: Rated, name: str, *, of_sample: bool) -> Coefficient:
    """Return the coefficient; the variance is that of a sample, or divided by n alone."""
    if name == "krippendorff_alpha":
        rated = rated.kept((rated.codes >= 0).sum(axis=0) > 1)
    if not ((rated.codes >= 0).sum(axis=0) > 1).any():
        return _nothing(nothing_shared())
    parts = parts_of(rated, name)
    n, observed, chance = float(rated.times.sum()), parts.mean_observed, parts.mean_expected
    if 1.0 - chance <= 1e-14:
        return _nothing(one_category())
    value = (observed - chance) / (1.0 - chance)
    mean = float(rated.times @ parts.observed / n)
    doubt = 2.0 * (1.0 - mean) / (1.0 - chance) * (parts.expected - chance)
    away = (parts.observed - mean - doubt) / (1.0 - chance)
    freedom = n - 1.0
    if freedom < 1.0:
        return Coefficient(value, observed, chance, np.nan, (np.nan, np.nan))
    spread = float(rated.times @ np.square(away)) / (n * (freedom if of_sample else n))
    error = float(np.sqrt(spread))
    reach = error * float(stdtrit(freedom, 0.975))
    return Coefficient(value, observed, chance, error, (value - reach, min(1.0, value + reach)))


def _nothing(reason: str) -> Coefficient:
    nan = undefined(reason)
    return Coefficient(nan, nan, nan, nan, (nan, nan))
