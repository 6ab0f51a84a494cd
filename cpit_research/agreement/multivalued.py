"""Agreement on units that bear several codes at once."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from cpit_research.agreement.undefined import nothing_shared, one_category, undefined
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

_Floats = NDArray[np.float64]
_Ranks = NDArray[np.intp]


def multivalued_alpha(ratings: Sequence[Sequence[Collection[Hashable] | None]]) -> float:
    r"""Return Krippendorff's alpha of sets of values, nominal.

    .. math:: \alpha = 1 - \frac{D_o}{D_e}, \quad
              \delta_{CK} = 1 - \frac{2 |C \cap K|}{|C| + |K|}, \quad
              D_o = \frac{1}{n} \sum_u \frac{1}{m_u - 1} \sum_{i \neq j} \delta_{C_{iu} C_{ju}}

    .. math:: D_e = \sum_{ij} p_i\, p_j
              \frac{\sum_{|C| = i, |K| = j} P_{CK}\, \delta_{CK}}
                   {\sum_{|C| = i, |K| = j} P_{CK}}, \quad
              P_{CK} = \prod_{c \in C} n_c \prod_{k \in K} (n_k - [k \in C])

    where :math:`p_i` is the share of sets that hold i values and :math:`n_c` the number of sets
    that hold c, over the n sets of the units coded twice at least, :math:`m_u` of them in unit u.
    Chance draws the sizes of two sets, then their values; two sizes that the values at hand cannot
    fill (the sum of :math:`P_{CK}` is 0) add no disagreement.

    Parameters
    ----------
    ratings : sequence of n_coders sequences of n_units collections
        The values that each coder gave to each unit. An empty collection says that none applies;
        None, that the coder did not code the unit.

    Returns
    -------
    float
        At most 1, 0 by chance; :func:`krippendorff_alpha` when each set holds one value. NaN, with
        :class:`UndefinedAgreement`, if no unit was coded twice or chance would always agree.

    Raises
    ------
    InvalidInput
        If coders have not the same number of units, or a word stands where a collection should.

    References
    ----------
    Krippendorff, K., & Craggs, R. (2016). The reliability of multi-valued coding of data.
    *Communication Methods and Measures*, 10(4), 181-198.
    https://doi.org/10.1080/19312458.2016.1228863

    Examples
    --------
    Three coders, four units (Krippendorff and Craggs, 2016, table 3):

    >>> f, g = [{"b", "d"}, {"a", "b", "d"}, {}, {"a"}], [{"d"}, {"b"}, {"a"}, None]
    >>> h = [None, {"b", "d"}, {"a"}, None]
    >>> round(multivalued_alpha([f, g, h]), 4)
    0.2866
    """
    codes, sets = _encode(ratings)
    m = (codes >= 0).sum(axis=0)
    codes, m = codes[:, m > 1], m[m > 1]
    if not m.size:
        return undefined(nothing_shared())
    n_of_set = np.bincount(codes[codes >= 0], minlength=len(sets))
    members = _members(sets)
    expected = _expected(members, n_of_set)
    if expected <= 1e-14:
        return undefined(one_category())
    return 1.0 - _observed(codes, m, members) / expected


def _encode(
    ratings: Sequence[Sequence[Collection[Hashable] | None]],
) -> tuple[_Ranks, list[frozenset[Hashable]]]:
    """Return the rank of each coder's set on each unit, -1 if missing, and the distinct sets."""
    if len({len(row) for row in ratings}) > 1:
        raise InvalidInput(
            _("Coders have not the same number of units."),
            remedy=_("Put None where a coder did not code the unit."),
        )
    known: dict[frozenset[Hashable], int] = {}
    codes = [[_rank(values, known) for values in row] for row in ratings]
    n_units = len(codes[0]) if codes else 0
    return np.array(codes, np.intp).reshape(len(codes), n_units), list(known)


def _rank(values: Collection[Hashable] | None, known: dict[frozenset[Hashable], int]) -> int:
    if values is None or values != values:  # noqa: PLR0124 - NaN, as tables write what is missing
        return -1
    if isinstance(values, str):
        raise InvalidInput(
            _("“{value}” is a word where a set of values was expected.").format(value=values),
            remedy=_("Write a set, even for one value: {example}.").format(example="{'S11'}"),
        )
    return known.setdefault(frozenset(values), len(known))


def _members(sets: list[frozenset[Hashable]]) -> _Floats:
    """Return which set holds which value, shape (n_sets, n_values)."""
    place = {value: at for at, value in enumerate({value for one in sets for value in one})}
    members = np.zeros((len(sets), len(place)))
    for row, one in enumerate(sets):
        members[row, [place[value] for value in one]] = 1.0
    return members


def _observed(codes: _Ranks, m: _Ranks, members: _Floats) -> float:
    sizes = members.sum(axis=1)
    total = 0.0
    for first in range(len(codes) - 1):
        for second in range(first + 1, len(codes)):
            both = (codes[first] >= 0) & (codes[second] >= 0)
            one, other = codes[first, both], codes[second, both]
            shared = np.einsum("uv,uv->u", members[one], members[other])
            size = sizes[one] + sizes[other]
            alike = np.divide(2.0 * shared, size, out=np.ones_like(size), where=size > 0)
            total += 2.0 * float(((1.0 - alike) / (m[both] - 1)).sum())
    return total / float(m.sum())


def _expected(members: _Floats, n_of_set: _Ranks) -> float:
    """Return the disagreement of chance, from how many values sets of each size share."""
    sizes = members.sum(axis=1).astype(np.intp)
    p = np.bincount(sizes, weights=n_of_set) / n_of_set.sum()
    shared, possible = _shared(n_of_set @ members, len(p))
    size = np.add.outer(np.arange(len(p)), np.arange(len(p)))
    alike = np.divide(2.0 * shared, size, out=np.ones_like(shared), where=possible & (size > 0))
    return float(p @ (1.0 - alike) @ p)


def _shared(n_of_value: _Floats, n_sizes: int) -> tuple[_Floats, NDArray[np.bool_]]:
    r"""Return how many values two drawn sets share on average, and which sizes can be drawn.

    The sum of all :math:`P_{CK}` with \|C\| = i and \|K\| = j is the coefficient of
    :math:`x^i y^j` in :math:`\prod_c (1 + n_c x + n_c y + n_c (n_c - 1) x y z)` at z = 1, and its
    derivative by z counts the shared values: no set is enumerated.
    """
    ways, shared = np.zeros((2, n_sizes, n_sizes))
    ways[0, 0] = 1.0
    total = max(n_of_value.sum(), 1.0)  # P is of degree i + j: it scales, and does not overflow
    for n in n_of_value[n_of_value > 0].tolist():
        one, two = n / total, n * (n - 1) / total**2
        both = two * ways[:-1, :-1]
        shared = _times(shared, one, two)
        shared[1:, 1:] += both
        ways = _times(ways, one, two)
    return np.divide(shared, ways, out=np.zeros_like(ways), where=ways > 0), ways > 0


def _times(polynomial: _Floats, one: float, two: float) -> _Floats:
    """Return the product of a polynomial in x and y by 1 + one (x + y) + two x y."""
    product = polynomial.copy()
    product[1:] += one * polynomial[:-1]
    product[:, 1:] += one * polynomial[:, :-1]
    product[1:, 1:] += two * polynomial[:-1, :-1]
    return product
