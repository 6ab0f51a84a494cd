"""Intervals over clusters: closed forms, another library, and what they cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cpit_research.statistics.resampling import (
    bias_corrected,
    bootstrap,
    jackknife,
    jackknife_t,
    percentile,
)

VALUES = st.lists(st.floats(-5, 5), min_size=5, max_size=30).filter(lambda v: np.ptp(v) > 0.01)


def mean(sums):
    return sums[..., 0] / sums[..., 1]


def counts(values) -> np.ndarray:
    """The counts of which `mean` is the mean of the values, shape (n, 1, 2)."""
    return np.stack([values, np.ones(len(values))], axis=-1)[:, None]


@given(VALUES)
def test_the_jackknife_of_a_mean_is_the_interval_of_students_t(values):
    sums = counts(values)
    low, high = jackknife_t(mean(sums.sum(axis=0)), jackknife(sums, mean), even=True)
    expected = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert (low[0], high[0]) == pytest.approx(expected)


@given(VALUES)
def test_fewer_degrees_of_freedom_only_widen(values):
    sums = counts(values)
    at, without = mean(sums.sum(axis=0)), jackknife(sums, mean)
    even, told = jackknife_t(at, without, even=True), jackknife_t(at, without)
    assert told[0] <= even[0] + 1e-12
    assert told[1] >= even[1] - 1e-12


def test_a_statistic_that_one_cluster_holds_alone_has_one_degree_of_freedom():
    alone = counts([5.0, *[0.0] * 29])
    at, without = mean(alone.sum(axis=0)), jackknife(alone, mean)
    low, high = jackknife_t(at, without)
    error = np.std([5.0, *[0.0] * 29], ddof=1) / np.sqrt(30)
    freedom = 2 * stats.t.ppf(0.975, [1, 2, 3])
    width = (high - low)[0] / error
    assert freedom[2] < width < freedom[0]


@given(VALUES, st.permutations(range(5)))
def test_the_order_of_clusters_does_not_matter(values, order):
    sums = counts(values)
    shuffled = np.concatenate([sums[list(order)], sums[5:]])
    for one, other in zip(
        jackknife_t(mean(sums.sum(axis=0)), jackknife(sums, mean)),
        jackknife_t(mean(shuffled.sum(axis=0)), jackknife(shuffled, mean)),
        strict=True,
    ):
        assert one == pytest.approx(other)


def test_what_does_not_vary_or_cannot_be_computed_has_no_interval():
    same = counts([2.0] * 6)
    assert np.isnan(jackknife_t(mean(same.sum(axis=0)), jackknife(same, mean))).all()
    hole = counts([1.0, 2.0, 3.0])
    without = jackknife(hole, mean)
    without[1] = np.nan
    assert np.isnan(jackknife_t(mean(hole.sum(axis=0)), without)).all()


def test_bootstraps_are_those_of_scipy_within_their_chance():
    values = np.random.default_rng(3).gamma(1.0, 2.0, 25)
    sums = counts(values)
    draws = bootstrap(sums, mean, draws=20_000, seed=1)
    at, without = mean(sums.sum(axis=0)), jackknife(sums, mean)
    for method, told in (
        ("percentile", percentile(draws)),
        ("BCa", bias_corrected(at, draws, without)),
    ):
        peer = stats.bootstrap(
            (values,), np.mean, method=method, n_resamples=20_000, rng=np.random.default_rng(2)
        ).confidence_interval
        assert (told[0][0], told[1][0]) == pytest.approx(tuple(peer), abs=0.06)


def test_the_same_seed_draws_the_same_clusters():
    sums = counts([1.0, 4.0, 2.0, 8.0])
    assert (bootstrap(sums, mean, seed=4) == bootstrap(sums, mean, seed=4)).all()
    assert (bootstrap(sums, mean, seed=4) != bootstrap(sums, mean, seed=5)).any()


@pytest.mark.parametrize("notes", [12, 30])
@pytest.mark.parametrize(("mean_share", "spread"), [(0.15, 20), (0.15, 2), (0.03, 20)])
def test_ninety_five_intervals_in_a_hundred_hold_the_value(notes, mean_share, spread):
    """Of 2,000 studies drawn: 2.5 points are five standard errors."""
    chance = np.random.default_rng(11)

    def drawn(n_notes, studies):
        shape = (n_notes, studies)
        length = np.clip(chance.gamma(3.0, 20.0, shape), 8, 300).astype(int)
        share = chance.beta(mean_share * spread, (1 - mean_share) * spread, shape)
        seen, other = chance.beta(15, 5, (2, *shape))
        shares = np.stack([seen * other, seen * (1 - other), (1 - seen) * other], axis=-1)
        cells = share[..., None] * shares + (1 - share[..., None]) * np.array([0, 0.004, 0.004])
        left = 1 - cells.sum(axis=-1, keepdims=True)
        return chance.multinomial(length, np.concatenate([cells, left], axis=-1)).astype(float)

    def kappa(sums):
        both, first, second, _neither = np.moveaxis(sums, -1, 0)
        n = sums.sum(axis=-1)
        one, two = (both + first) / n, (both + second) / n
        by_chance = one * two + (1 - one) * (1 - two)
        return (1 - (first + second) / n - by_chance) / (1 - by_chance)

    truth = kappa(drawn(100_000, 1).sum(axis=0))[0]
    sums = drawn(notes, 2_000)
    with np.errstate(all="ignore"):
        low, high = jackknife_t(
            kappa(sums.sum(axis=0)), jackknife(sums, kappa), scale=np.arctanh, back=np.tanh
        )
    told = np.isfinite(low) & np.isfinite(high)
    assert told.mean() > 0.98
    assert ((low <= truth) & (truth <= high))[told].mean() == pytest.approx(0.95, abs=0.025)
