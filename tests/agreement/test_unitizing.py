"""Unitizing alpha: its laws, then every placement enumerated, then Krippendorff's own example."""

import json
from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.undefined import UndefinedAgreement
from cpit_research.agreement.unitizing import (
    pooled_unitizing_alpha,
    unitizing_alpha,
    unitizing_table,
)
from cpit_research.errors import InvalidInput

CODERS = ("anna", "bao", "chloé")
LENGTH = 24


@st.composite
def cuts(draw, category="a"):
    """What one coder cuts out of a short text in one category: stretches that may touch."""
    edges = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=8)))
    return [(low, high, category) for low, high in pairwise(edges) if draw(st.booleans())]


@st.composite
def codings(draw, categories="ab"):
    """Units of three coders, with at least one."""
    units = [
        (coder, *cut)
        for coder in CODERS
        for name in categories
        for cut in draw(cuts(category=name))
    ]
    return units or [("anna", 3, 9, categories[0])]


def alpha(units, *, start=0, coders=CODERS):
    return unitizing_alpha(units, start=start, length=LENGTH, coders=coders)


def parts(units, coder, category):
    """The sections of one coder: (start, end, is a unit), gaps included."""
    at, found = 0, []
    for _, low, high, _ in sorted(u for u in units if (u[0], u[3]) == (coder, category)):
        if low > at:
            found.append((at, low, False))
        found.append((low, high, True))
        at = high
    return found + ([(at, LENGTH, False)] if at < LENGTH else [])


def difference(one, two):
    """Krippendorff's squared difference between two sections that lie where they lie."""
    (b, e, valued), (b2, e2, valued2) = one, two
    if valued and valued2 and b < e2 and b2 < e:
        return (b - b2) ** 2 + (e - e2) ** 2
    if valued and not valued2 and b2 <= b and e <= e2:
        return (e - b) ** 2
    if valued2 and not valued and b <= b2 and e2 <= e:
        return (e2 - b2) ** 2
    return 0


def observed_by_loops(units, category, coders=CODERS):
    total = sum(
        difference(one, two)
        for first, second in permutations(coders, 2)
        for one in parts(units, first, category)
        for two in parts(units, second, category)
    )
    return total / (len(coders) * (len(coders) - 1) * LENGTH**2)


def expected_by_placements(units, category, coders=CODERS):
    """Slide every section along every other and add up what they differ by at each place."""
    every = [part for coder in coders for part in parts(units, coder, category)]
    total = 0
    for one, two in combinations(every, 2):
        fixed = (0, one[1] - one[0], one[2])
        size = two[1] - two[0]
        for at in range(-size, fixed[1] + 1):
            total += difference(fixed, (at, at + size, two[2]))
    lengths = [high - low for coder, low, high, name in units if name == category]
    positions = len(coders) * LENGTH
    ways = positions * (positions - 1) - sum(b * (b - 1) for b in lengths)
    return 2 * total / (LENGTH * ways)


@given(codings())
def test_the_disagreements_are_those_of_plain_loops_over_sections_and_placements(units):
    found = alpha(units)
    for name, one in found.by_category.items():
        assert one.observed == pytest.approx(observed_by_loops(units, name), abs=1e-12)
        assert one.expected == pytest.approx(expected_by_placements(units, name), abs=1e-12)
    assert found.observed == pytest.approx(sum(one.observed for one in found.by_category.values()))
    assert found.alpha == pytest.approx(1 - found.observed / found.expected, abs=1e-12)


@given(codings(), st.permutations(CODERS), st.permutations("ab"), st.integers(0, 500))
def test_names_of_coders_and_categories_and_the_origin_of_positions_change_nothing(
    units, people, names, by
):
    who, what = dict(zip(CODERS, people, strict=True)), dict(zip("ab", names, strict=True))
    moved = [(who[coder], low + by, high + by, what[name]) for coder, low, high, name in units]
    before, after = alpha(units), alpha(moved, start=by)
    assert after.alpha == pytest.approx(before.alpha, abs=1e-12)
    for name, one in before.by_category.items():
        assert after.by_category[what[name]].alpha == pytest.approx(one.alpha, abs=1e-12)


@given(cuts().filter(bool))
def test_coders_who_cut_alike_agree_perfectly(cut):
    found = alpha([(coder, *unit) for coder in CODERS for unit in cut])
    assert found.observed == 0
    assert found.alpha == 1 or found.expected == 0


@given(codings())
def test_alpha_never_exceeds_one(units):
    assert alpha(units).alpha <= 1


@given(codings(), codings())
def test_texts_pooled_are_the_sum_of_their_disagreements(first, second):
    texts = [
        Continuum.of(units, coders=CODERS, start=0, length=LENGTH) for units in (first, second)
    ]
    apart = [alpha(units) for units in (first, second)]
    observed, expected = (sum(getattr(a, what) for a in apart) for what in ("observed", "expected"))
    pooled = pooled_unitizing_alpha(texts)
    assert pooled.alpha == pytest.approx(1 - observed / expected, abs=1e-12)
    assert pooled.units == len(first) + len(second)
    table = unitizing_table(texts)
    assert table.units.sum(axis=1).tolist() == [len(first), len(second)]
    assert table.observed.sum(axis=1) == pytest.approx(
        [one.observed * len(CODERS) * LENGTH**2 for one in apart]
    )


def test_a_text_pooled_alone_has_its_own_alpha():
    units = [("anna", 2, 9, "a"), ("bao", 3, 9, "a"), ("bao", 12, 14, "b")]
    text = Continuum.of(units, start=0, length=LENGTH)
    assert pooled_unitizing_alpha([text]).alpha == pytest.approx(alpha(units, coders=()).alpha)


def test_units_of_coders_who_never_look_at_the_same_place_do_worse_than_chance():
    units = [("anna", at, at + 2, "a") for at in range(0, 12, 4)]
    units += [("bao", at, at + 2, "a") for at in range(14, 24, 4)]
    assert alpha(units, coders=()).alpha < 0


def test_independent_coders_come_to_zero_in_long_texts():
    draw = np.random.default_rng(5)
    texts = []
    for _ in range(40):
        units = []
        for coder in CODERS:
            starts = np.sort(draw.integers(0, 8_001, 100)) + 20 * np.arange(100)
            units += [(coder, int(at), int(at) + 20, "a") for at in starts]
        texts.append(Continuum.of(units, start=0, length=10_000))
    assert pooled_unitizing_alpha(texts).alpha == pytest.approx(0, abs=0.015)


def test_the_example_of_krippendorff(root):
    path = root / "tests" / "reference" / "agreement" / "unitizing_krippendorff_2004.json"
    known = json.loads(path.read_text("utf-8"))
    units = [
        (str(u["coder"]), u["start"], u["start"] + u["length"], u["category"])
        for u in known["units"]
    ]
    found = unitizing_alpha(units, **known["continuum"])
    told = known["expected"]
    assert found.alpha == pytest.approx(told["u_alpha"], abs=told["tolerance"])
    for name, one in told["per_category"].items():
        for what, value in one.items():
            assert getattr(found.by_category[name], what) == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize("units", [[], [("anna", 1, 4, "a")]])
def test_without_two_coders_or_a_unit_alpha_is_not_a_number_and_says_why(units, in_english):
    with pytest.warns(UndefinedAgreement, match="two coders and a unit") as told:
        found = unitizing_alpha(units, start=0, length=9)
    assert np.isnan(found.alpha)
    assert told[0].filename == __file__


def test_a_category_seen_only_where_one_coder_read_has_no_alpha():
    shared = Continuum.of([("anna", 1, 4, "a"), ("bao", 1, 4, "a")], start=0, length=9)
    alone = Continuum.of([("anna", 1, 4, "b")], start=0, length=9)
    found = pooled_unitizing_alpha([shared, alone])
    assert found.alpha == 1
    assert np.isnan(found.by_category["b"].alpha)
    assert found.by_category["b"].units == 1


def test_units_without_a_category_stand_under_the_empty_name():
    found = alpha([("anna", 1, 4), ("bao", 1, 4)], coders=())
    assert list(found.by_category) == [""]


@pytest.mark.usefixtures("in_english")
def test_overlapping_units_of_one_coder_and_category_are_refused_until_united():
    units = [("anna", 1, 6, "a"), ("anna", 4, 9, "a"), ("bao", 1, 9, "a")]
    with pytest.raises(InvalidInput, match="anna, “a”: 1 to 6, and from 4"):
        alpha(units)
    merged = Continuum.of(units, start=0, length=LENGTH).merged()
    assert pooled_unitizing_alpha([merged]).alpha == 1


@pytest.mark.usefixtures("in_english")
def test_positions_that_are_not_whole_are_refused():
    with pytest.raises(InvalidInput, match="whole numbers"):
        alpha([("anna", 1, 4.5, "a"), ("bao", 1, 4, "a")])


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("unit", [("anna", 4, 4, "a"), ("anna", 5, 2, "a"), ("anna", 20, 25, "a")])
def test_impossible_units_are_refused_with_their_place(unit):
    with pytest.raises(InvalidInput, match=f"Unit of anna from {unit[1]} to {unit[2]}"):
        alpha([unit, ("bao", 1, 4, "a")])
