"""Gamma: agreement on where units are and on what they are, at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from cpit_research.agreement.alignment import Alignment, best_alignment, least_disorder
from cpit_research.agreement.continuum import Continuum, Numbers
from cpit_research.agreement.dissimilarity import Dissimilarity
from cpit_research.agreement.undefined import undefined
from cpit_research.errors import InvalidInput
from cpit_research.wording import gettext as _

#: How many continua are drawn before their spread says how many are needed.
_FIRST = 30
#: 95 % of a normal law lies within so many standard deviations.
_CONFIDENCE = 1.96


@dataclass(frozen=True, slots=True)
class Gamma:
    """A gamma, what it is made of, and the alignment that it was measured on.

    Parameters
    ----------
    gamma : float
        At most 1; 0 is chance; NaN when the data do not define it.
    observed, expected : float
        Disorder of the best alignment; mean disorder of the continua drawn at random.
    n_samples : int
        How many were drawn.
    interval : tuple of float
        95 % for the drawing alone: it narrows with `precision`, and says nothing of the notes
        that other coders, or other days, would have given.
    alignment : Alignment
        The best one: each group is an agreement or a dispute to show.
    """

    gamma: float
    observed: float
    expected: float
    n_samples: int
    interval: tuple[float, float]
    alignment: Alignment


def gamma(
    continuum: Continuum,
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    delta_empty: float = 1.0,
    categories: Numbers | None = None,
    precision: float = 0.02,
    seed: int = 0,
) -> Gamma:
    r"""Return the gamma of Mathet, Widlöcher and Métivier.

    .. math:: \gamma = 1 - \frac{\delta_o}{\delta_e}

    where :math:`\delta_o` is the disorder of the best alignment (:func:`best_alignment`) and
    :math:`\delta_e` its mean over continua drawn at random (:func:`shifted`). Thirty are drawn;
    then as many as :math:`(1.96\, CV / p)^2` asks for, with their coefficient of variation *CV*
    and the precision *p*.

    Parameters
    ----------
    continuum : Continuum
        Any number of coders; a unit may bear no category.
    alpha, beta, delta_empty : float
        Of :class:`Dissimilarity`.
    categories : ndarray of float64, shape (n_categories, n_categories), optional
        Distances between categories, from 0 to 1; without it, all differ alike.
    precision : float
        Relative half-width, between 0 and 1, of the 95 % interval of the expected disorder.
    seed : int
        Of the drawing.

    Returns
    -------
    Gamma
        NaN, with a warning, under two coders, without a unit, or if nothing differs even at random
        (weights of 0).

    Raises
    ------
    InvalidInput
        A parameter lies outside its range.

    References
    ----------
    Y. Mathet, A. Widlöcher and J.-P. Métivier (2015), "The Unified and Holistic Method Gamma for
    Inter-Annotator Agreement Measure and Alignment", *Computational Linguistics* 41(3), 437-479.
    https://doi.org/10.1162/COLI_a_00227

    Examples
    --------
    >>> alike = [(coder, start, start + 4, "a") for coder in "12" for start in (1, 20, 33)]
    >>> gamma(Continuum.of(alike)).gamma
    1.0
    >>> found = gamma(Continuum.of([*alike[:-1], ("2", 34, 39, "b")]))
    >>> found.interval[0] < found.gamma < found.interval[1]
    True
    """
    if not 0 < precision < 1:
        raise InvalidInput(
            _("The precision of gamma lies between 0 and 1."), where=f"precision={precision:g}"
        )
    weights = Dissimilarity.of(
        continuum, alpha=alpha, beta=beta, delta_empty=delta_empty, categories=categories
    )
    if len(continuum.coders) < 2 or not len(continuum):
        return _undefined(continuum)
    best = best_alignment(continuum, weights)
    drawn = _drawn_disorders(continuum, weights, precision, seed)
    return _compared(best, drawn)


def _undefined(text: Continuum) -> Gamma:
    nan = undefined(_("Gamma needs two coders and a unit: nothing can be aligned."))
    return Gamma(nan, nan, nan, 0, (nan, nan), Alignment(text.coders, (), nan))


def _compared(best: Alignment, drawn: Numbers) -> Gamma:
    expected = float(drawn.mean())
    if not expected:
        nan = undefined(_("Gamma is undefined: units put at random do not differ either."))
        return Gamma(nan, best.disorder, expected, len(drawn), (nan, nan), best)
    half = _CONFIDENCE * float(drawn.std(ddof=1)) / math.sqrt(len(drawn))
    low = 1 - best.disorder / (expected - half) if expected > half else -math.inf
    high = 1 - best.disorder / (expected + half)
    value = 1 - best.disorder / expected
    return Gamma(value, best.disorder, expected, len(drawn), (low, high), best)


def _drawn_disorders(
    text: Continuum, weights: Dissimilarity, precision: float, seed: int
) -> Numbers:
    """Return the disorders of continua drawn at random, as many as the precision asks for."""
    disorders = (
        least_disorder(drawn, weights) for drawn in shifted(text, np.random.default_rng(seed))
    )
    first = np.fromiter(islice(disorders, _FIRST), dtype=np.float64)
    if not first.any():
        return first  # nothing is ever apart: there is no spread to look for
    spread = float(first.std(ddof=1) / first.mean())
    more = math.ceil((spread * _CONFIDENCE / precision) ** 2) - _FIRST
    return np.concatenate([first, np.fromiter(islice(disorders, max(more, 0)), dtype=np.float64)])


def shifted(text: Continuum, draw: np.random.Generator) -> Iterator[Continuum]:
    """Yield continua without end where only chance can bring coders together.

    In place of each coder comes one drawn among them, whose units are shifted round the text: one
    that would begin beyond the end comes back at the beginning, none is cut. Two shifts are never
    nearer than the mean length of a unit (or half an equal share of the text, if that is less),
    else a coder drawn twice would agree with herself.

    References
    ----------
    Mathet, Widlöcher and Métivier (2015), section 5.2.
    """
    n, per_coder = len(text.coders), text.by_coder()
    apart = min(float(np.mean(text.ends - text.starts)), text.length / (2 * n))
    while True:
        chosen = [per_coder[place] for place in draw.integers(n, size=n)]
        units = np.concatenate(chosen)
        if not len(units):
            continue
        coder = np.repeat(np.arange(n), [len(places) for places in chosen])
        # Points at least `apart` on a circle: points anywhere on a shorter one, spread apart.
        spots = np.sort(draw.uniform(0, text.length - n * apart, n)) + apart * np.arange(n)
        shifts = draw.permutation(spots + draw.uniform(0, text.length))[coder]
        starts = (text.starts[units] - text.start + shifts) % text.length
        yield replace(
            text,
            coder=coder,
            category=text.category[units],
            starts=text.start + starts,
            ends=text.start + starts + (text.ends - text.starts)[units],
        )
