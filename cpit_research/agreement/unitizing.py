"""Krippendorff's alpha for coders who cut their own units: unitizing alpha."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from cpit_research.agreement.continuum import Continuum, Numbers
from cpit_research.agreement.sections import (
    Sections,
    expected_disagreement,
    observed_disagreement,
    sections,
)
from cpit_research.agreement.undefined import undefined
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _


@dataclass(frozen=True, slots=True)
class UnitizingAlpha:
    """An alpha with the disagreements it is made of.

    Parameters
    ----------
    alpha : float
        At most 1; 0 when units lie as if at random; NaN when nothing could disagree: no text has
        both two coders and a unit (of this category).
    observed, expected : float
        Disagreements, at least 0, in squared parts of the length of the text (of one text), or in
        squared positions (of several).
    units : int
        How many units there are.
    by_category : mapping of str to UnitizingAlpha
        Each category alone; empty in those. Units that bear none are under the empty name.
    """

    alpha: float
    observed: float
    expected: float
    units: int
    by_category: Mapping[str, UnitizingAlpha]


@dataclass(frozen=True, slots=True, eq=False)
class UnitizingTable:
    """What each text and category contributes: sums of rows are alphas of those texts.

    Parameters
    ----------
    categories : tuple of str
        The columns.
    observed, expected : ndarray of float64, shape (n_texts, n_categories)
        Squared positions: 0 where a category was not used, or where fewer than two coders read.
    units : ndarray of int64, shape (n_texts, n_categories)
        How many units.
    """

    categories: tuple[str, ...]
    observed: Numbers
    expected: Numbers
    units: Numbers

    def alpha(self) -> UnitizingAlpha:
        """Return alpha over all the texts."""
        observed, expected = self.observed.sum(axis=0), self.expected.sum(axis=0)
        units = self.units.sum(axis=0).astype(int)
        each = {
            name: _alpha(float(observed[k]), float(expected[k]), int(units[k]), {})
            for k, name in enumerate(self.categories)
        }
        whole = _alpha(float(observed.sum()), float(expected.sum()), int(units.sum()), each)
        if math.isnan(whole.alpha):
            undefined(_("No text has both two coders and a unit: nothing can agree or disagree."))
        return whole


def unitizing_alpha(
    units: Iterable[tuple[str, float, float] | tuple[str, float, float, str | None]],
    *,
    start: int,
    length: int,
    coders: Iterable[str] = (),
) -> UnitizingAlpha:
    r"""Return Krippendorff's alpha for free spans on one text.

    .. math:: \alpha_U = 1 - \frac{\sum_c D_{o,c}}{\sum_c D_{e,c}}

    Two units of a category that overlap differ by the squares of the differences of their
    beginnings and of their ends; a unit that lies in a gap of the other coder differs by its
    squared length; two gaps never differ. :math:`D_o` is the mean over the pairs of coders,
    :math:`D_e` the mean over all the places that the same units could take against one another:

    .. math::

        D_{e,c} = \frac{2}{L} \frac{\sum_g \left[ \frac{N_c - 1}{3} (2b^3 - 3b^2 + b)
        + b^2 \sum_{h \ge b} (h - b + 1) \right]}{mL(mL - 1) - \sum_g b (b - 1)}

    with *m* coders, *L* positions, :math:`N_c` units of lengths *b*, and gaps of lengths *h*.

    Coders who cut at random come to 0 in a long text, a little under it in a short one: -.14 for
    one unit of ten positions each in a hundred, -.01 in a thousand.

    Parameters
    ----------
    units : iterable of tuples (coder, start, end, category)
        Whole positions. A coder's units of one category never overlap.
    start, length : int
        Where the text begins and how many positions it has.
    coders : iterable of str
        Who read the text without marking anything.

    Returns
    -------
    UnitizingAlpha
        NaN, with a warning, under two coders or without a unit.

    Raises
    ------
    InvalidInput
        A position is not a whole number, a unit lies outside the text, or two units of one coder
        and one category overlap (:meth:`Continuum.merged` unites them).

    References
    ----------
    K. Krippendorff (1995), "On the reliability of unitizing continuous data", *Sociological
    Methodology* 25, 47-76. https://doi.org/10.2307/271061

    K. Krippendorff (2004), *Content Analysis*, 2nd ed., Sage, 251-256.

    Examples
    --------
    The example of 2004, p. 254, where .8591 is printed: the ratio of the rounded disagreements.

    >>> first = [("1", 225, 295, "c"), ("1", 370, 400, "c"), ("1", 180, 240, "k")]
    >>> second = [("2", 220, 300, "c"), ("2", 355, 375, "c"), ("2", 400, 420, "c")]
    >>> both = [("1", 300, 350, "k"), ("2", 180, 240, "k"), ("2", 300, 350, "k")]
    >>> found = unitizing_alpha([*first, *second, *both], start=150, length=300)
    >>> round(found.alpha, 4), round(found.by_category["c"].alpha, 4)
    (0.8587, 0.7286)
    >>> round(found.observed, 4), round(found.expected, 4)
    (0.0144, 0.1022)
    """
    text = Continuum.of(units, coders=coders, start=start, length=length)
    table = unitizing_table([text])
    scale = float(length) ** 2 * max(len(text.coders), 1)
    return UnitizingTable(
        table.categories, table.observed / scale, table.expected / scale, table.units
    ).alpha()


def pooled_unitizing_alpha(texts: Iterable[Continuum]) -> UnitizingAlpha:
    """Return unitizing alpha over several texts, whose units never move from one to another.

    The disagreements of each text, in squared positions, are summed, observed and expected; a text
    counts once for each coder who read it, as a unit does in alpha with missing data. A text that
    fewer than two coders read counts for nothing.

    Parameters
    ----------
    texts : iterable of Continuum
        One for each text, with its own coders.

    Returns
    -------
    UnitizingAlpha
        NaN, with a warning, if no text has two coders, or none a unit.

    Raises
    ------
    InvalidInput
        As :func:`unitizing_alpha`.

    Examples
    --------
    >>> one = Continuum.of([("1", 2, 6, "a"), ("2", 3, 6, "a")], start=0, length=20)
    >>> alone = Continuum.of([("1", 0, 5, "a")], start=0, length=9)
    >>> pooled_unitizing_alpha([one, alone]).alpha == pooled_unitizing_alpha([one]).alpha
    True
    """
    return unitizing_table(list(texts)).alpha()


def unitizing_table(texts: Sequence[Continuum]) -> UnitizingTable:
    """Return what each text and category contributes, to resample texts without counting again.

    Parameters and errors are those of :func:`pooled_unitizing_alpha`.
    """
    cut = sections(texts)
    _refuse_unfit(texts, cut)
    coders = np.array([len(text.coders) for text in texts], dtype=np.float64)
    weight = np.where(coders > 1, coders, 0.0)[:, None]
    observed, expected, units = (
        cut.table(values)
        for values in (observed_disagreement(cut), expected_disagreement(cut), cut.units_by_group())
    )
    return UnitizingTable(cut.categories, observed * weight, expected * weight, units)


def _alpha(
    observed: float, expected: float, units: int, each: dict[str, UnitizingAlpha]
) -> UnitizingAlpha:
    value = math.nan if expected == 0 else 1 - observed / expected
    return UnitizingAlpha(value, observed, expected, units, MappingProxyType(each))


def _refuse_unfit(texts: Sequence[Continuum], cut: Sections) -> None:
    """Refuse positions that are not whole, and a coder's overlapping units of one category."""
    if not all(np.all(values == np.floor(values)) for values in (cut.starts, cut.lengths)):
        raise InvalidInput(
            _("Unitizing alpha counts positions: they must be whole numbers."),
            remedy=_("Give beginnings and ends in characters."),
        )
    over = np.flatnonzero(cut.overlapping())
    if over.size:
        first, second = (texts[cut.text[over[0]]][cut.place[over[0] + step]] for step in (0, 1))
        raise InvalidInput(
            _("A coder's units of one category overlap."),
            where=_("{coder}, “{category}”: {start:g} to {end:g}, and from {again:g}.").format(
                coder=first.coder,
                category=first.category or "",
                start=first.start,
                end=first.end,
                again=second.start,
            ),
            remedy=_("Unite them first: `Continuum.merged`."),
        )
