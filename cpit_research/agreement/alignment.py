"""The best alignment of a continuum: which units of the coders are about the same thing.

Aligning is choosing groups, each of at most one unit a coder, so that every unit is in one group
and the sum of what groups cost is least. With two coders it is an assignment; with more, a set
partition, solved by branch and bound among the groups that no split betters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from cpit_research.agreement.continuum import Continuum, Numbers, Ranks, Unit
from cpit_research.agreement.dissimilarity import Dissimilarity
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

#: The rank of a coder's unit, in a group where she has none.
_NONE = -1


@dataclass(frozen=True, slots=True)
class Aligned:
    """Units that are about the same thing, one place for each coder (None: she marked nothing).

    `disorder` is what the group costs: 0 when all agree, `delta_empty` for a unit alone.
    """

    units: tuple[Unit | None, ...]
    disorder: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """A partition of the units into groups, in the order of the text.

    `disorder` is the sum of the groups', over the mean number of units of a coder.
    """

    coders: tuple[str, ...]
    groups: tuple[Aligned, ...]
    disorder: float

    def __iter__(self) -> Iterator[Aligned]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)


def best_alignment(text: Continuum, dissimilarity: Dissimilarity) -> Alignment:
    r"""Return an alignment of least disorder.

    A group costs the mean of *d* over its :math:`\binom{n}{2}` pairs of coders; a pair where one
    or both have nothing costs :math:`\Delta_\emptyset`.

    Parameters
    ----------
    text : Continuum
        Two coders or more, at least one unit.
    dissimilarity : Dissimilarity
        Of its units.

    Returns
    -------
    Alignment
        One of those of least disorder, if there are several.

    Raises
    ------
    InvalidInput
        Nothing can be aligned: fewer than two coders, or no unit.

    References
    ----------
    Y. Mathet, A. Widlöcher and J.-P. Métivier (2015), "The Unified and Holistic Method Gamma for
    Inter-Annotator Agreement Measure and Alignment", *Computational Linguistics* 41(3), 437-479,
    sections 4.3 and 5.1. https://doi.org/10.1162/COLI_a_00227

    Examples
    --------
    >>> text = Continuum.of([("1", 1, 5, "a"), ("1", 20, 24, "b"), ("2", 2, 6, "a")])
    >>> best = best_alignment(text, Dissimilarity.of(text))
    >>> [tuple(unit and unit.start for unit in group.units) for group in best]
    [(1.0, 2.0), (20.0, None)]
    >>> [group.disorder for group in best]
    [0.0625, 1.0]
    """
    members, costs = _groups(text, dissimilarity)
    groups = [
        Aligned(tuple(None if place == _NONE else text[place] for place in row), float(cost))
        for row, cost in zip(members, costs, strict=True)
    ]
    groups.sort(key=lambda group: min(unit[1:3] for unit in group.units if unit))
    return Alignment(text.coders, tuple(groups), _disorder(text, costs))


def least_disorder(text: Continuum, dissimilarity: Dissimilarity) -> float:
    """Return the disorder of :func:`best_alignment`, without its units."""
    return _disorder(text, _groups(text, dissimilarity)[1])


def _disorder(text: Continuum, costs: Numbers) -> float:
    return float(costs.sum()) * len(text.coders) / len(text)


def _groups(text: Continuum, dissimilarity: Dissimilarity) -> tuple[Ranks, Numbers]:
    """Return the groups of a best alignment, shape (n_groups, n_coders), and their costs."""
    if len(text.coders) < 2 or not len(text):
        raise InvalidInput(_("An alignment needs two coders and a unit."))
    find = _pairs if len(text.coders) == 2 else _chosen
    members, costs = find(text, dissimilarity)
    alone = np.setdiff1d(np.arange(len(text)), members)
    singles = np.full((len(alone), len(text.coders)), _NONE, dtype=np.intp)
    singles[np.arange(len(alone)), text.coder[alone]] = alone
    return (
        np.concatenate([members, singles]),
        np.concatenate([costs, np.full(len(alone), dissimilarity.delta_empty)]),
    )


def _pairs(text: Continuum, dissimilarity: Dissimilarity) -> tuple[Ranks, Numbers]:
    """Return the pairs of an assignment that costs least, for two coders."""
    first, second = text.by_coder()
    costs = dissimilarity.between(text, first[:, None], second[None, :])
    # Apart, the two units cost twice delta_empty: a dearer pair is never worth it.
    gains = np.minimum(costs - 2 * dissimilarity.delta_empty, 0)
    from scipy.optimize import linear_sum_assignment

    row, column = linear_sum_assignment(gains)
    kept = gains[row, column] < 0
    row, column = row[kept], column[kept]
    return np.column_stack([first[row], second[column]]), costs[row, column]


def _chosen(text: Continuum, dissimilarity: Dissimilarity) -> tuple[Ranks, Numbers]:
    """Return the groups of two units or more of a partition that costs least."""
    members, costs = candidates(text, dissimilarity)
    gains = (members != _NONE).sum(axis=1) * dissimilarity.delta_empty - costs
    if not len(members):
        return members, costs
    group, coder = np.nonzero(members != _NONE)
    once = csc_array(
        (np.ones(len(group)), (members[group, coder], group)), shape=(len(text), len(members))
    )
    # The solver stops within a millionth of the best: in the unit it is given.
    from scipy.optimize import Bounds, LinearConstraint, milp

    solved = milp(
        -gains * (1e5 / dissimilarity.delta_empty),
        constraints=LinearConstraint(once, ub=1),
        integrality=np.ones(len(members), dtype=np.intp),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    chosen = np.asarray(solved.x) > 0.5
    return members[chosen], costs[chosen]


def candidates(text: Continuum, dissimilarity: Dissimilarity) -> tuple[Ranks, Numbers]:
    r"""Return the groups of two units or more that taking one unit out does not better.

    With *n* coders, :math:`C = \binom{n}{2}`, a group of *k* units is worth keeping whole only if
    each of its units is nearer to the others, in sum, than :math:`(C + k - 1) \Delta_\emptyset`:
    else the unit alone and the rest cost no more.
    """
    n, empty = len(text.coders), dissimilarity.delta_empty
    n_pairs = n * (n - 1) / 2
    every = np.arange(len(text))
    apart = dissimilarity.between(text, every[:, None], every[None, :])
    members, sums = _extended(text, apart, (n_pairs + n - 1) * empty)
    size = (members != _NONE).sum(axis=1)
    costs = (sums.sum(axis=1) / 2 + (n_pairs - size * (size - 1) / 2) * empty) / n_pairs
    whole = (sums < ((n_pairs + size - 1) * empty)[:, None]).all(axis=1)
    kept = (size > 1) & whole & (costs < size * empty)
    return members[kept], costs[kept]


def _extended(text: Continuum, apart: Numbers, most: float) -> tuple[Ranks, Numbers]:
    """Return all the groups where no unit's sum of distances to the others reaches `most`.

    Sums only grow with a group, so that one is left as soon as it is too wide. Beside each unit
    of a group, shape (n_groups, n_coders), stands its sum.
    """
    n = len(text.coders)
    near = apart < most
    members, sums = np.empty((0, n), dtype=np.intp), np.empty((0, n))
    for coder, places in enumerate(text.by_coder()):
        first = members[np.arange(len(members)), (members != _NONE).argmax(axis=1)]
        group, rank = np.nonzero(near[np.ix_(first, places)])
        unit, known = places[rank], members[group]
        away = np.where(known == _NONE, 0.0, apart[known, unit[:, None]])
        grown = sums[group] + away
        grown[:, coder] = away.sum(axis=1)
        kept = (grown < most).all(axis=1)
        known[:, coder] = unit
        alone = np.full((len(places), n), _NONE, dtype=np.intp)
        alone[:, coder] = places
        members = np.concatenate([members, known[kept], alone])
        sums = np.concatenate([sums, grown[kept], np.zeros(alone.shape)])
    return members, sums
