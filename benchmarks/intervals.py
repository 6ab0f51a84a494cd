"""Coverage of intervals of agreement, over notes and over segments, on drawn studies.

Notes vary in length, in how often a code is met and in how well it is seen; each draw is a study
of so many notes double-coded. The value to be covered is that of 200,000 notes of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from cpit_research.statistics.resampling import (
    bias_corrected,
    bootstrap,
    jackknife,
    jackknife_t,
    percentile,
)

Floats = np.ndarray
_SEED = 20190704


@dataclass(frozen=True)
class Field:
    """How a code is met and seen, from note to note."""

    name: str
    mean: float  # share of segments where the situation is
    spread: float  # strength of the Beta of that share: small = a few notes hold most
    seen: float  # how often a coder sees it
    care: float  # strength of the Beta of how well a note is coded
    wrong: float = 0.004


FIELDS = (
    Field("common, even", 0.15, 20, 0.80, 20),
    Field("common, uneven", 0.15, 2, 0.75, 4),
    Field("rare, even", 0.03, 20, 0.80, 20),
    Field("rare, uneven", 0.03, 0.8, 0.75, 4),
)


def drawn(field: Field, notes: int, studies: int, chance: np.random.Generator) -> Floats:
    """Return tables of shape (notes, studies, 4): both, first only, second only, neither."""
    shape = (notes, studies)
    length = np.clip(chance.gamma(3.0, 20.0, shape), 8, 300).astype(int)
    share = chance.beta(field.mean * field.spread, (1 - field.mean) * field.spread, shape)
    skill = chance.beta(field.seen * field.care, (1 - field.seen) * field.care, (2, *shape))
    there = chance.binomial(length, share)
    first, second = skill
    held = np.stack(
        [first * second, first * (1 - second), (1 - first) * second, (1 - first) * (1 - second)],
        axis=-1,
    )
    absent = length - there
    slip = field.wrong
    noise = np.array([slip**2, slip * (1 - slip), slip * (1 - slip), (1 - slip) ** 2])
    return (
        _split(there, held, chance) + _split(absent, np.broadcast_to(noise, held.shape), chance)
    ).astype(float)


def _split(n: Floats, shares: Floats, chance: np.random.Generator) -> Floats:
    flat = shares / shares.sum(axis=-1, keepdims=True)
    return chance.multinomial(n, flat)


def kappa(sums: Floats) -> Floats:
    """Return Cohen's kappa of tables on the last axis."""
    both, first, second, neither = np.moveaxis(sums, -1, 0)
    n = both + first + second + neither
    with np.errstate(invalid="ignore", divide="ignore"):
        one, two = (both + first) / n, (both + second) / n
        chance = one * two + (1 - one) * (1 - two)
        return ((both + neither) / n - chance) / (1 - chance)


def ac1(sums: Floats) -> Floats:
    """Return Gwet's AC1 of tables on the last axis."""
    both, first, second, neither = np.moveaxis(sums, -1, 0)
    n = both + first + second + neither
    share = (2 * both + first + second) / (2 * n)
    chance = 2 * share * (1 - share)
    return ((both + neither) / n - chance) / (1 - chance)


def _log(values: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.log(1 - values)


def _exp(values: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return 1 - np.exp(-values)


def intervals(
    counts: Floats, statistic: Callable[[Floats], Floats], seed: int
) -> Iterator[tuple[str, Floats, Floats]]:
    """Yield each method's name and its intervals, of shape (studies,)."""
    total = counts.sum(axis=0)
    at = statistic(total)
    without = jackknife(counts, statistic)
    draws = bootstrap(counts, statistic, draws=999, seed=seed)
    n = total.sum(axis=-1).astype(int)
    chance = np.random.default_rng(seed)
    segments = chance.multinomial(n, total / n[:, None], size=(999, len(n))).astype(float)
    yield "segments, percentile", *percentile(statistic(segments))
    yield "notes, percentile", *percentile(draws)
    yield "notes, BCa", *bias_corrected(at, draws, without)
    for name, scale, back in (
        ("", None, None),
        (", z", np.arctanh, np.tanh),
        (", log", _log, _exp),
    ):
        for even in (True, False):
            yield (
                f"jackknife t{name}{'' if even else ', uneven'}",
                *jackknife_t(at, without, scale=scale, back=back, even=even),
            )


def lines(studies: int = 1_000) -> Iterator[str]:
    """Yield the table: coverage, median width, and studies without interval, in percent."""
    with np.errstate(all="ignore"):
        yield "intervals of agreement at 95 %, what they cover"
        for name, statistic in (("kappa", kappa), ("AC1", ac1)):
            for field in FIELDS:
                yield from _of_field(name, statistic, field, studies)


def _of_field(
    name: str, statistic: Callable[[Floats], Floats], field: Field, studies: int
) -> Iterator[str]:
    many = drawn(field, 200_000, 1, np.random.default_rng(_SEED))
    truth = statistic(many.sum(axis=0))[0]
    for notes in (5, 12, 30):
        counts = drawn(field, notes, studies, np.random.default_rng(_SEED + notes))
        counts = counts[:, counts.sum(axis=0)[:, :3].sum(axis=1) >= 5]
        yield ""
        yield f"{name} {truth:.2f}, {field.name}, {notes} notes, {counts.shape[1]} studies"
        yield f"    {'':24}{'covers':>8}{'width':>8}{'none':>8}{'below':>8}{'above':>8}"
        for method, low, high in intervals(counts, statistic, notes):
            told = np.isfinite(low) & np.isfinite(high)
            under, over = (truth < low[told]).mean(), (truth > high[told]).mean()
            width = np.median((high - low)[told])
            yield (
                f"    {method:24}{100 * (1 - under - over):8.1f}{width:8.2f}"
                f"{100 * (1 - told.mean()):8.1f}{100 * under:8.1f}{100 * over:8.1f}"
            )
