"""Gamma: its laws, then the fixtures made with pygamma-agreement."""

import json
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.agreement.alignment import least_disorder
from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.dissimilarity import Dissimilarity
from cpit_research.agreement.gamma import gamma, shifted
from cpit_research.agreement.undefined import UndefinedAgreement
from cpit_research.errors import InvalidInput

FIXTURES = [
    "fixture_01_two_annotators_simple",
    "fixture_02_unequal_counts",
    "fixture_03_identical_perfect",
    "fixture_04_three_annotators",
    "fixture_05_larger_two_annotators",
]
#: pygamma-agreement computes in single precision.
SINGLE = {"rel": 3e-7, "abs": 1e-9}


def of_rows(rows, coders=()):
    return Continuum.of(
        [(row["annotator"], row["start"], row["end"], row["category"]) for row in rows],
        coders=coders,
    )


@pytest.fixture(params=FIXTURES)
def known(request, root):
    path = root / "tests" / "reference" / "agreement" / "gamma" / f"{request.param}.json"
    return json.loads(path.read_text("utf-8"))


def long_text(seed, coders=2, units=40):
    """Coders who mark the same units, each a little aside."""
    draw = np.random.default_rng(seed)
    places = np.cumsum(draw.integers(25, 120, units))
    names = draw.choice(["S1", "S2", "S3"], units)
    rows = []
    for coder in range(coders):
        for at, name in zip(places + draw.integers(0, 8, units), names, strict=True):
            rows.append((str(coder), int(at), int(at) + int(draw.integers(8, 20)), str(name)))
    return Continuum.of(rows, start=0, length=int(places[-1]) + 60)


def test_each_pair_is_as_far_apart_as_pygamma_says(known):
    text = of_rows(known["continuum"])
    weights = Dissimilarity.of(text)
    places = text.by_coder()
    for pair in known["tier1"]["pairDissimilarities"]:
        first, second = (
            places[text.coders.index(pair[f"annotator{side}"])][pair[f"unitIndex{side}"]]
            for side in "AB"
        )
        assert weights.between(text, first, second) == pytest.approx(pair["combined"], **SINGLE)


def test_the_best_alignment_costs_what_pygamma_says(known):
    text = of_rows(known["continuum"])
    told = known["tier1"]["bestAlignmentDisorder"]
    assert least_disorder(text, Dissimilarity.of(text)) == pytest.approx(told, **SINGLE)


def test_the_continua_that_pygamma_drew_cost_what_it_says(known):
    coders = of_rows(known["continuum"]).coders
    for drawn in known["tier2"]["sampledContinua"]:
        for one in (drawn, drawn["scaled"]):
            text = of_rows(one["units"], coders)
            found = least_disorder(text, Dissimilarity.of(text))
            # Scaled positions are rounded to a millionth.
            near = SINGLE if one is drawn else {"rel": 2e-6}
            assert found == pytest.approx(one["bestAlignmentDisorder"], **near)


def from_moments(text, draw):
    """The drawing of pygamma-agreement: normal laws fitted to numbers, gaps, lengths."""
    numbers = np.array([len(places) for places in text.by_coder()])
    lengths, gaps = text.ends - text.starts, [0.0]
    for places in text.by_coder():
        gaps += list(text.starts[places][1:] - text.ends[places][:-1])
        if len(places) and text.starts[places[0]] > 0:
            gaps.append(text.starts[places[0]])
    rows = []
    for coder in text.coders:
        number = abs(int(draw.normal(numbers.mean(), numbers.std())))
        at = 0.0
        for _ in range(number if rows else max(number, 1)):
            at += draw.normal(np.mean(gaps), np.std(gaps))
            end = at + abs(draw.normal(lengths.mean(), lengths.std()))
            rows.append((coder, at, end, text.categories[draw.choice(text.category)]))
            at = end
    return Continuum.of(rows, coders=text.coders)


def test_drawn_as_pygamma_does_the_expected_disorder_is_its_own(known):
    text = of_rows(known["continuum"])
    draw = np.random.default_rng(0)
    continua = (from_moments(text, draw) for _ in range(400))
    drawn = np.array([least_disorder(one, Dissimilarity.of(one)) for one in continua])
    told = known["tier3"]
    error = drawn.std(ddof=1) * np.sqrt(1 / told["nSamples"] + 1 / len(drawn))
    assert drawn.mean() == pytest.approx(told["expectedDisorder"], abs=3 * error)
    observed = least_disorder(text, Dissimilarity.of(text))
    low, high = (1 - observed / (drawn.mean() + side * 3 * error) for side in (-1, 1))
    assert low - 1e-9 <= told["gamma"] <= high + 1e-9


@given(st.integers(0, 1_000), st.integers(2, 4))
def test_shifted_units_keep_their_lengths_categories_and_begin_in_the_text(seed, coders):
    text = long_text(seed, coders, units=6)
    drawn = next(shifted(text, np.random.default_rng(seed)))
    originals = [
        sorted(zip(text.category[p], (text.ends - text.starts)[p], strict=True))
        for p in text.by_coder()
    ]
    for places in drawn.by_coder():
        lengths = (drawn.ends - drawn.starts)[places].round(9)
        assert sorted(zip(drawn.category[places], lengths, strict=True)) in originals
    assert np.all((drawn.starts >= text.start) & (drawn.starts < text.start + text.length))


@given(st.integers(0, 1_000), st.integers(2, 5))
def test_two_shifts_are_never_nearer_than_the_mean_length_of_a_unit(seed, coders):
    rows = [(str(c), 0, 6, "a") for c in range(coders)]
    text = Continuum.of(rows, start=0, length=100)
    drawn = next(shifted(text, np.random.default_rng(seed)))
    spots = np.sort(drawn.starts)
    assert np.diff([*spots, spots[0] + 100]).min() >= 6 - 1e-9


def test_a_shift_falls_anywhere_in_the_text():
    text = Continuum.of([("1", 7, 9), ("2", 30, 32)], start=0, length=50)
    starts = np.array([one.starts for one in islice(shifted(text, np.random.default_rng(1)), 4000)])
    for column in starts.T:
        counts = np.histogram(column, bins=10, range=(0, 50))[0]
        assert counts.min() > 320
        assert counts.max() < 480


@pytest.mark.parametrize("coders", [2, 3])
def test_coders_who_mark_alike_have_a_gamma_of_one(coders):
    rows = [(str(c), at, at + 4, "a") for c in range(coders) for at in (0, 15, 30)]
    found = gamma(Continuum.of(rows))
    assert found.gamma == 1
    assert found.interval == (1, 1)
    assert [group.disorder for group in found.alignment] == [0, 0, 0]


def test_coders_shuffled_against_themselves_come_near_zero():
    text = long_text(3)
    drawn = islice(shifted(text, np.random.default_rng(11)), 16)
    values = [gamma(one, precision=0.05, seed=seed).gamma for seed, one in enumerate(drawn)]
    assert np.mean(values) == pytest.approx(0, abs=2.5 * np.std(values, ddof=1) / 4)
    assert np.abs(values).max() < 0.25
    assert gamma(text).gamma > 0.7


def test_the_interval_holds_gamma_and_narrows_with_precision():
    text = long_text(4, coders=3, units=8)
    wide, narrow = (gamma(text, precision=precision) for precision in (0.2, 0.02))
    assert wide.n_samples == 30
    assert narrow.n_samples > 30
    for found in (wide, narrow):
        assert found.interval[0] < found.gamma < found.interval[1]
    half = 1 - 1.96 * 0.02, 1 + 1.96 * 0.02
    low, high = (narrow.observed / (1 - bound) for bound in narrow.interval)
    assert half[0] < low / narrow.expected < 1 < high / narrow.expected < half[1]


def test_the_same_seed_gives_the_same_gamma_and_another_one_stays_within_intervals():
    text = long_text(5)
    first, again, other = (gamma(text, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.gamma != other.gamma
    assert abs(first.gamma - other.gamma) < first.interval[1] - first.interval[0]


@given(st.integers(-1_000, 1_000))
def test_moving_the_whole_continuum_changes_nothing(by):
    text = long_text(6, units=6)
    moved = replace(text, start=text.start + by, starts=text.starts + by, ends=text.ends + by)
    before, after = (gamma(one, precision=0.2) for one in (text, moved))
    assert after.gamma == pytest.approx(before.gamma, abs=1e-9)


@given(st.permutations(["S1", "S2", "S3"]))
def test_renaming_categories_changes_nothing(names):
    text = long_text(7, units=6)
    what = dict(zip(["S1", "S2", "S3"], names, strict=True))
    renamed = Continuum.of(
        [unit._replace(category=what[unit.category]) for unit in text],
        start=text.start,
        length=text.length,
    )
    before, after = (gamma(one, precision=0.2) for one in (text, renamed))
    assert after.gamma == pytest.approx(before.gamma, abs=1e-9)


@pytest.mark.parametrize("rows", [[], [("1", 0, 4, "a")]])
def test_without_two_coders_or_a_unit_gamma_is_not_a_number_and_says_why(rows, in_english):
    with pytest.warns(UndefinedAgreement, match="two coders and a unit") as told:
        found = gamma(Continuum.of(rows, coders=["1"]))
    assert np.isnan([found.gamma, found.observed, found.expected, *found.interval]).all()
    assert len(found.alignment) == 0
    assert told[0].filename == __file__


def test_gamma_is_not_a_number_when_nothing_differs_even_at_random(in_english):
    alike = Continuum.of([("1", 1, 5, "a"), ("2", 2, 6, "a")], length=50)
    with pytest.warns(UndefinedAgreement, match="at random"):
        found = gamma(alike, alpha=0.0)
    assert np.isnan([found.gamma, *found.interval]).all()
    assert (found.observed, found.expected, len(found.alignment)) == (0.0, 0.0, 1)


@pytest.mark.parametrize("precision", [0, 1, -0.5])
def test_a_precision_out_of_range_is_refused(precision):
    with pytest.raises(InvalidInput, match="precision="):
        gamma(Continuum.of([("1", 0, 4), ("2", 0, 4)]), precision=precision)
