"""Alpha of sets: the published tables, an enumeration of all sets, and alpha itself."""

import math
from collections import Counter
from itertools import combinations, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpit_research.agreement.alpha import krippendorff_alpha
from cpit_research.agreement.multivalued import multivalued_alpha
from cpit_research.agreement.undefined import UndefinedAgreement
from cpit_research.errors import InvalidInput

# Krippendorff and Craggs (2016), tables 8 and 9: a word a unit, a set a coder.
PUBLISHED = [
    (0.947, ["a a a", "abd abd abde", "d d d"]),
    (0.923, ["a a a", "ab ab abd", "d d d"]),
    (0.895, ["a a a", "b b bd", "d d d"]),
    (0.716, ["a a a", "ab ad db", "d d d"]),
    (0.554, ["a a a", "ab ed f", "d d d"]),
    (-0.002, ["a b ab", "ab ed f", "bd d be"]),
]

sets = st.frozensets(st.sampled_from("abcd"), max_size=3)
coders = st.integers(2, 4)
tables = coders.flatmap(
    lambda n: st.lists(st.lists(st.none() | sets, min_size=n, max_size=n), min_size=1, max_size=6)
)


def by_coder(units):
    return [list(coder) for coder in zip(*units, strict=True)]


def difference(one, other):
    return 1 - 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def enumerated(units):
    """Return alpha from its definition: every pair of coders, every pair of possible sets."""
    kept = [[one for one in unit if one is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    every = [one for unit in kept for one in unit]
    n_of = Counter(value for one in every for value in one)
    observed = sum(
        sum(difference(*pair) for pair in permutations(unit, 2)) / (len(unit) - 1) for unit in kept
    ) / len(every)
    expected = 0.0
    n_of_size = Counter(map(len, every))
    for i, n_i in n_of_size.items():
        for j, n_j in n_of_size.items():
            seen = ways = 0
            for one in map(frozenset, combinations(n_of, i)):
                for other in map(frozenset, combinations(n_of, j)):
                    p = math.prod(n_of[value] for value in one)
                    p *= math.prod(n_of[value] - (value in one) for value in other)
                    ways += p
                    seen += p * difference(one, other)
            expected += n_i * n_j / len(every) ** 2 * (seen / ways if ways else 0.0)
    return 1 - observed / expected if expected > 1e-14 else None


@pytest.mark.parametrize(("published", "units"), PUBLISHED)
def test_the_published_tables(published, units):
    found = multivalued_alpha(by_coder([[set(word) for word in unit.split()] for unit in units]))
    assert found == pytest.approx(published, abs=5e-4)


def test_the_published_table_with_missing_units_and_empty_sets(reference):
    rows = reference("multivalued_alpha_table3")
    units = [
        [None if cell == "NA" else set(filter(None, cell.split("|"))) for cell in row.values()]
        for row in rows
    ]
    assert multivalued_alpha(by_coder(units)) == pytest.approx(0.2866, abs=5e-5)


@given(tables)
def test_it_is_what_enumerating_every_set_gives(units):
    assume(any(sum(one is not None for one in unit) > 1 for unit in units))
    wanted = enumerated(units)
    if wanted is None:
        with pytest.warns(UndefinedAgreement):
            assert math.isnan(multivalued_alpha(by_coder(units)))
    else:
        assert multivalued_alpha(by_coder(units)) == pytest.approx(wanted, abs=1e-9)


@given(st.lists(st.lists(st.none() | st.sampled_from("abc"), min_size=3, max_size=3), min_size=2))
def test_one_value_a_unit_is_krippendorff_s_nominal_alpha(units):
    kept = [unit for unit in units if sum(map(bool, unit)) > 1]
    assume(len({value for unit in kept for value in unit if value}) > 1)
    as_sets = [[one and {one} for one in unit] for unit in units]
    assert multivalued_alpha(by_coder(as_sets)) == pytest.approx(
        krippendorff_alpha(by_coder(units)), abs=1e-12
    )


@given(tables, st.randoms())
def test_the_order_of_coders_and_units_and_the_names_of_values_change_nothing(units, random):
    assume(any(sum(one is not None for one in unit) > 1 for unit in units))
    assume(enumerated(units) is not None)
    name = {"a": 3, "b": 1, "c": (4,), "d": "a"}
    other = [[one and frozenset(map(name.get, one)) for one in unit] for unit in units]
    other = [[frozenset() if one == "" else one for one in unit] for unit in other]
    random.shuffle(other)
    mixed = by_coder(other)
    random.shuffle(mixed)
    assert multivalued_alpha(mixed) == pytest.approx(multivalued_alpha(by_coder(units)), abs=1e-12)


def test_none_of_the_codes_is_a_value_and_a_unit_not_coded_is_not():
    some, other = {"a"}, {"b"}
    agreed = multivalued_alpha([[some, other, set()], [some, other, set()]])
    assert agreed == 1.0
    assert multivalued_alpha([[some, other, set()], [some, other, some]]) < 1.0
    assert multivalued_alpha([[some, other, set()], [some, other, None]]) == 1.0


def test_sets_of_thirty_codes_are_not_enumerated():
    codes = [f"S{n:02}" for n in range(30)]
    first = [codes[at : at + 8] for at in range(22)]
    assert multivalued_alpha([first, first]) == 1.0


def test_what_cannot_be_computed_is_nan():
    for ratings in ([[{"a"}, None], [None, {"a"}]], [], [[{"a"}]]):
        with pytest.warns(UndefinedAgreement):
            assert math.isnan(multivalued_alpha(ratings))
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(multivalued_alpha([[set(), set()], [set(), set()]]))


def test_a_word_is_not_taken_for_its_letters():
    with pytest.raises(InvalidInput, match="S11"):
        multivalued_alpha([["S11"], ["S11"]])
    with pytest.raises(InvalidInput, match="None"):
        multivalued_alpha([[{"a"}], [{"a"}, {"b"}]])
