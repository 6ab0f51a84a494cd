"""The best alignment: no partition enumerated by hand costs less."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.agreement.alignment import best_alignment, least_disorder
from cpit_research.agreement.continuum import Continuum
from cpit_research.agreement.dissimilarity import Dissimilarity
from cpit_research.errors import InvalidInput


@st.composite
def continua(draw, coders=(2, 4), most=7):
    """A few units of a few coders in a narrow place, where much can be aligned with much."""
    people = "abcd"[: draw(st.integers(*coders))]
    unit = st.tuples(
        st.sampled_from(people),
        st.integers(0, 12),
        st.integers(1, 8),
        st.sampled_from(["S1", "S2", None]),
    )
    rows = draw(st.lists(unit, min_size=1, max_size=most))
    return Continuum.of([(who, at, at + size, what) for who, at, size, what in rows], coders=people)


weights = st.fixed_dictionaries(
    {
        "alpha": st.sampled_from([0.5, 1.0, 3.0]),
        "beta": st.sampled_from([0.0, 1.0, 2.0]),
        "delta_empty": st.sampled_from([0.5, 1.0, 4.0]),
    }
)


def apart(one, two, alpha, beta, delta_empty):
    """The dissimilarity of the article, with nothing facing a unit, or nothing at all."""
    if one is None or two is None:
        return delta_empty
    lengths = one.end - one.start + two.end - two.start
    place = ((abs(one.start - two.start) + abs(one.end - two.end)) / lengths) ** 2
    return delta_empty * (alpha * place + beta * (one.category != two.category))


def partitions(units):
    """Every way to put units in groups where no coder comes twice."""
    if not units:
        yield []
        return
    first, *rest = units
    for others in partitions(rest):
        yield [[first], *others]
        for place, group in enumerate(others):
            if first.coder not in {unit.coder for unit in group}:
                yield [*others[:place], [first, *group], *others[place + 1 :]]


def cost(group, coders, **parameters):
    places = {unit.coder: unit for unit in group}
    pairs = list(combinations([places.get(coder) for coder in coders], 2))
    return sum(apart(one, two, **parameters) for one, two in pairs) / len(pairs)


@given(continua(), weights)
def test_no_partition_of_the_units_costs_less(text, parameters):
    every = [
        sum(cost(group, text.coders, **parameters) for group in groups)
        for groups in partitions(list(text))
    ]
    found = least_disorder(text, Dissimilarity.of(text, **parameters))
    assert found == pytest.approx(min(every) * len(text.coders) / len(text), abs=1e-9)


@given(continua(most=20), weights)
def test_every_unit_is_in_one_group_and_each_group_costs_what_its_pairs_say(text, parameters):
    best = best_alignment(text, Dissimilarity.of(text, **parameters))
    met = [unit for group in best for unit in group.units if unit]
    assert sorted(met, key=str) == sorted(text, key=str)
    for group in best:
        assert [unit.coder for unit in group.units if unit] == [
            coder for coder, unit in zip(text.coders, group.units, strict=True) if unit
        ]
        held = [unit for unit in group.units if unit]
        assert group.disorder == pytest.approx(cost(held, text.coders, **parameters))
    mean_units = len(text) / len(text.coders)
    assert best.disorder == pytest.approx(sum(group.disorder for group in best) / mean_units)


@given(continua(most=20), st.permutations("abcd"), st.permutations(["S1", "S2"]))
def test_names_of_coders_and_categories_change_no_disorder(text, people, names):
    who = dict(zip("abcd", people, strict=True))
    what = {None: None, **dict(zip(["S1", "S2"], names, strict=True))}
    other = Continuum.of(
        [(who[u.coder], u.start, u.end, what[u.category]) for u in text],
        coders=map(who.get, text.coders),
    )
    before = least_disorder(text, Dissimilarity.of(text))
    assert least_disorder(other, Dissimilarity.of(other)) == pytest.approx(before, abs=1e-9)


@given(continua(most=20), st.integers(-50, 500), st.sampled_from([0.5, 10]))
def test_the_origin_and_the_scale_of_positions_change_no_disorder(text, by, scale):
    other = Continuum.of(
        [(u.coder, u.start * scale + by, u.end * scale + by, u.category) for u in text],
        coders=text.coders,
    )
    before = least_disorder(text, Dissimilarity.of(text))
    assert least_disorder(other, Dissimilarity.of(other)) == pytest.approx(before, abs=1e-9)


@pytest.mark.parametrize("coders", [2, 3, 5])
def test_units_far_apart_stay_alone_and_cost_delta_empty(coders):
    text = Continuum.of([(str(c), 100 * c, 100 * c + 5, "a") for c in range(coders)])
    best = best_alignment(text, Dissimilarity.of(text, delta_empty=3.0))
    assert [group.disorder for group in best] == [3.0] * coders
    assert best.disorder == 3.0 * coders


def test_two_coders_and_a_third_who_marked_nothing_are_aligned_as_three():
    rows = [("a", 0, 5, "S1"), ("b", 0, 5, "S1")]
    text = Continuum.of(rows, coders=["c"])
    best = best_alignment(text, Dissimilarity.of(text))
    assert [group.units for group in best] == [(*text, None)]
    assert best.groups[0].disorder == pytest.approx(2 / 3)


def test_near_categories_cost_what_their_matrix_says():
    text = Continuum.of([("a", 0, 5, "S1"), ("b", 0, 5, "S2"), ("b", 20, 25, "S3")])
    near = np.array([[0, 0.25, 1], [0.25, 0, 1], [1, 1, 0]])
    best = best_alignment(text, Dissimilarity.of(text, categories=near))
    assert [group.disorder for group in best] == [0.25, 1.0]


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    "matrix", [np.zeros((3, 3)), [[0, 1], [0.5, 0]], [[0, 2], [2, 0]], [[1, 0], [0, 0]]]
)
def test_a_matrix_that_holds_no_distances_is_refused(matrix):
    text = Continuum.of([("a", 0, 5, "S1"), ("b", 0, 5, "S2")])
    with pytest.raises(InvalidInput, match="Categories, in this order: S1, S2"):
        Dissimilarity.of(text, categories=matrix)


@pytest.mark.parametrize("parameters", [{"alpha": -1}, {"beta": -1}, {"delta_empty": 0}])
def test_weights_out_of_range_are_refused(parameters):
    text = Continuum.of([("a", 0, 5)])
    with pytest.raises(InvalidInput):
        Dissimilarity.of(text, **parameters)


@pytest.mark.parametrize("rows", [[], [("a", 0, 5)]])
def test_without_two_coders_or_a_unit_nothing_is_aligned(rows):
    text = Continuum.of(rows, coders=["a"])
    with pytest.raises(InvalidInput):
        least_disorder(text, Dissimilarity.of(text))


@pytest.mark.parametrize("coders", [2, 3])
def test_a_coder_may_have_marked_nothing(coders):
    text = Continuum.of([("0", 0, 5), ("0", 9, 12)], coders=map(str, range(coders)))
    assert least_disorder(text, Dissimilarity.of(text)) == coders
