"""How far apart two units are, in Mathet's sense: positions, categories, and nothing at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cpit_research.agreement.continuum import Continuum, Numbers, Ranks
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _


@dataclass(frozen=True, slots=True, eq=False)
class Dissimilarity:
    r"""The combined dissimilarity of two units *u* and *v*.

    .. math::

        d(u, v) = \Delta_\emptyset \left[ \alpha \left(
        \frac{|s_u - s_v| + |e_u - e_v|}{(e_u - s_u) + (e_v - s_v)} \right)^2
        + \beta\, c(u, v) \right]

    Parameters
    ----------
    alpha, beta : float
        Weights, at least 0, of positions and of categories.
    delta_empty : float
        What a unit costs that faces nothing; above 0.
    categories : ndarray of float64, shape (n_categories + 1, n_categories + 1)
        *c*: from 0 to 1, symmetric, 0 on the diagonal; the last row is that of no category.
    """

    alpha: float
    beta: float
    delta_empty: float
    categories: Numbers

    @classmethod
    def of(
        cls,
        text: Continuum,
        *,
        alpha: float = 1.0,
        beta: float = 1.0,
        delta_empty: float = 1.0,
        categories: Numbers | None = None,
    ) -> Dissimilarity:
        """Check the weights and the matrix of categories of a continuum.

        Parameters
        ----------
        categories : ndarray of float64, shape (n_categories, n_categories), optional
            In the order of `text.categories`; without it, 1 between any two.

        Raises
        ------
        InvalidInput
            A weight is negative, `delta_empty` is not above 0, or the matrix is not one.
        """
        if not (alpha >= 0 and beta >= 0 and 0 < delta_empty < np.inf):
            raise InvalidInput(
                _("The weights alpha and beta cannot be negative, and delta_empty is above 0."),
                where=f"alpha={alpha:g}, beta={beta:g}, delta_empty={delta_empty:g}",
            )
        n = len(text.categories)
        whole = 1.0 - np.eye(n + 1)
        if categories is not None:
            given = np.asarray(categories, dtype=np.float64)
            _refuse_unfit(given, text.categories)
            whole[:n, :n] = given
        return cls(alpha, beta, delta_empty, whole)

    def between(self, text: Continuum, first: Ranks, second: Ranks) -> Numbers:
        """Return d between units given by their places (which broadcast together).

        Examples
        --------
        >>> text = Continuum.of([("1", 1, 5, "a"), ("2", 2, 6, "b")])
        >>> float(Dissimilarity.of(text).between(text, np.array([0]), np.array([1]))[0])
        1.0625
        """
        starts, ends, category = text.starts, text.ends, text.category
        lengths = ends - starts
        apart = np.abs(starts[first] - starts[second]) + np.abs(ends[first] - ends[second])
        apart /= lengths[first] + lengths[second]
        named = self.categories[category[first], category[second]]
        return self.delta_empty * (self.alpha * apart**2 + self.beta * named)


def _refuse_unfit(matrix: Numbers, names: tuple[str, ...]) -> None:
    fits = (
        matrix.shape == (len(names), len(names))
        and np.array_equal(matrix, matrix.T)
        and not np.diag(matrix).any()
        and bool(np.all((matrix >= 0) & (matrix <= 1)))
    )
    if not fits:
        raise InvalidInput(
            _("The distances between categories go from 0 to 1, alike both ways, 0 to itself."),
            exists=_("Categories, in this order: {names}.").format(names=", ".join(names)),
        )
