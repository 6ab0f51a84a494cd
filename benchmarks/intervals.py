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
    return (_split(there, held, chance) + _split(absent, np.broadcast_to(noise, held.shape), chance)).astype(float)


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
    at = statistic(counts.sum(axis=0))
    without = jackknife(counts, statistic)
    draws = bootstrap(counts, statistic, draws=999, seed=seed)
    chance = np.random.default_rng(seed)
    total = counts.sum(axis=0)
    n = total.sum(axis=-1).astype(int)
    segments = chance.multinomial(n, total / n[:, None], size=(999, len(n))).astype(float)
    yield "segments, percentile", *percentile(statistic(segments))
    yield "percentile", *percentile(draws)
    yield "BCa", *bias_corrected(at, draws, without)
    yield "jackknife t", *jackknife_t(at, without)
    yield "jackknife t, effective", *jackknife_t(at, without, effective=True)
    with np.errstate(all="ignore"):
        yield "jackknife t, atanh", *jackknife_t(at, without, scale=np.arctanh, back=np.tanh)
        yield "jk t, atanh, effective", *jackknife_t(
            at, without, scale=np.arctanh, back=np.tanh, effective=True
        )
        yield "jackknife t, log", *jackknife_t(at, without, scale=_log, back=_exp)
        yield "jk t, log, effective", *jackknife_t(
            at, without, scale=_log, back=_exp, effective=True
        )


def lines(studies: int = 1_000) -> Iterator[str]:
    """Yield the table: coverage, median width, and share without interval, in percent."""
    for name, statistic in (("kappa", kappa), ("AC1", ac1)):
        for field in FIELDS:
            truth = statistic(
                drawn(field, 200_000, 1, np.random.default_rng(_SEED)).sum(axis=0)
            )[0]
            for notes in (5, 12, 30):
                chance = np.random.default_rng(_SEED + notes)
                counts = drawn(field, notes, studies, chance)
                total = counts.sum(axis=0)
                counts = counts[:, total[:, :3].sum(axis=1) >= 5]
                yield f"{name} {truth:.2f}, {field.name}, {notes} notes, {counts.shape[1]} studies"
                for method, low, high in intervals(counts, statistic, notes):
                    told = np.isfinite(low) & np.isfinite(high)
                    held = (low <= truth) & (truth <= high)
                    yield (
                        f"    {method:24}{100 * held[told].mean():7.1f}"
                        f"{np.median((high - low)[told]):8.2f}{100 * (1 - told.mean()):7.1f}"
                        f"   below {100 * (truth < low[told]).mean():5.1f}  above {100 * (truth > high[told]).mean():5.1f}"
                    )


if __name__ == "__main__":
    print("\n".join(lines()))
