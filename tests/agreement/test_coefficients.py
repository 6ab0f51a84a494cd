"""Laws of the coefficients, then what they are by definition and by scikit-learn."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import cohen_kappa_score

from cpit_research.agreement.ac1 import brennan_prediger, gwet_ac1, pabak
from cpit_research.agreement.alpha import METRICS, krippendorff_alpha
from cpit_research.agreement.kappa import cohen_kappa, conger_kappa, fleiss_kappa, scott_pi
from cpit_research.agreement.precision import linearized
from cpit_research.agreement.ratings import counts_per_unit
from cpit_research.agreement.shares import observed_agreement, specific_agreement
from cpit_research.agreement.undefined import UndefinedAgreement
from cpit_research.errors import InvalidInput

nan = float("nan")


def fleiss(ratings):
    return fleiss_kappa(counts_per_unit(ratings))


ANY_CODERS = [krippendorff_alpha, gwet_ac1, brennan_prediger, conger_kappa, fleiss]
TWO_CODERS = [cohen_kappa, scott_pi]

values = st.sampled_from([nan, 0.0, 1.0, 2.0, 5.0])
shapes = st.tuples(st.sampled_from([2, 3, 4, 5, 14]), st.integers(1, 12))
some_ratings = arrays.arrays(float, shapes, elements=values)
seeds = st.integers(0, 2**32 - 1)


def pairable(ratings):
    """Return the values of the units coded twice at least, a list a unit."""
    units = [[value for value in unit if not math.isnan(value)] for unit in ratings.T.tolist()]
    return [unit for unit in units if len(unit) > 1]


def varied(ratings):
    return len({value for unit in pairable(ratings) for value in unit}) > 1


def alpha_by_definition(ratings, metric):
    """Return alpha as sums over all pairs of values, without any table."""
    units = pairable(ratings)
    every = sorted(value for unit in units for value in unit)
    n_of = {value: every.count(value) for value in every}

    def ordinal(one, other):
        low, high = sorted((one, other))
        between = sum(n for value, n in n_of.items() if low <= value <= high)
        return (between - (n_of[low] + n_of[high]) / 2) ** 2

    differences = {
        "nominal": lambda one, other: float(one != other),
        "ordinal": ordinal,
        "interval": lambda one, other: (one - other) ** 2,
        "ratio": lambda one, other: ((one - other) / (one + other)) ** 2 if one + other else 0.0,
    }
    differ = differences[metric]
    within = sum(
        sum(differ(*pair) for pair in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    overall = sum(differ(*pair) for pair in permutations(every, 2))
    return 1 - (len(every) - 1) * within / overall


@given(some_ratings, st.sampled_from(METRICS))
@example(np.array([[0.0, 0.0], [0.0, 1.0]]), "ratio")
def test_alpha_is_its_definition(ratings, metric):
    assume(varied(ratings))
    wanted = alpha_by_definition(ratings, metric)
    assert krippendorff_alpha(ratings, metric) == pytest.approx(wanted, abs=1e-9)


@given(
    arrays.arrays(
        float,
        st.tuples(st.integers(2, 4), st.integers(2, 8)),
        elements=st.just(nan) | st.floats(0.1, 1e6).map(lambda number: round(number, 3)),
    ),
    st.sampled_from(METRICS),
)
def test_alpha_of_measures_is_its_definition(ratings, metric):
    assume(varied(ratings))
    wanted = alpha_by_definition(ratings, metric)
    assert krippendorff_alpha(ratings, metric) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@given(seeds, st.sampled_from([None, "linear", "quadratic"]))
def test_cohen_s_kappa_is_scikit_learn_s(seed, weights):
    first, second = np.random.default_rng(seed).integers(0, 4, (2, 25))
    assume(set(first) | set(second) == set(range(4)))  # scikit-learn weighs by ranks
    wanted = cohen_kappa_score(first, second, weights=weights)
    assert cohen_kappa(first, second, weights) == pytest.approx(wanted, abs=1e-12)


@given(some_ratings)
def test_gwet_s_brennan_s_and_conger_s_coefficients_are_their_definitions(ratings):
    assume(pairable(ratings))
    units = [[value for value in unit if not math.isnan(value)] for unit in ratings.T.tolist()]
    units = [unit for unit in units if unit]
    used = sorted({value for unit in units for value in unit})
    assume(len(used) > 1)
    agreed = [
        np.mean([one == other for one, other in permutations(unit, 2)])
        for unit in units
        if len(unit) > 1
    ]
    observed = np.mean(agreed)
    shares = [np.mean([unit.count(value) / len(unit) for unit in units]) for value in used]
    doubt = sum(share * (1 - share) for share in shares) / (len(used) - 1)
    coders = [[value for value in row if not math.isnan(value)] for row in ratings.tolist()]
    chance = np.mean(
        [
            np.mean([[a == b for a in one] for b in other])
            for one, other in permutations([row for row in coders if row], 2)
        ]
    )
    assert gwet_ac1(ratings) == pytest.approx((observed - doubt) / (1 - doubt), abs=1e-9)
    even = 1 / len(used)
    assert brennan_prediger(ratings) == pytest.approx((observed - even) / (1 - even), abs=1e-9)
    assert observed_agreement(ratings) == pytest.approx(observed, abs=1e-12)
    if chance < 1 - 1e-9:
        conger = (observed - chance) / (1 - chance)
        assert conger_kappa(ratings) == pytest.approx(conger, abs=1e-9)


@pytest.mark.parametrize("coefficient", ANY_CODERS)
@given(some_ratings, st.randoms(use_true_random=False))
def test_the_order_of_coders_and_units_changes_nothing(coefficient, ratings, random):
    assume(varied(ratings))
    coders, units = list(range(ratings.shape[0])), list(range(ratings.shape[1]))
    random.shuffle(coders)
    random.shuffle(units)
    mixed = coefficient(ratings[coders][:, units])
    assert mixed == pytest.approx(coefficient(ratings), abs=1e-12)


@pytest.mark.parametrize("coefficient", ANY_CODERS)
@given(some_ratings)
def test_the_names_of_categories_change_nothing(coefficient, ratings):
    assume(varied(ratings))
    names = {0.0: "oui", 1.0: "", 2.0: "éventuellement", 5.0: "non"}
    named = [[names.get(value) for value in coder] for coder in ratings.tolist()]
    wanted = pytest.approx(coefficient(ratings), abs=1e-12)
    assert coefficient(named) == wanted
    assert coefficient(np.array(named, object)) == wanted
    assert coefficient(1e6 - 1e3 * ratings) == wanted
    assert coefficient(np.ma.masked_invalid(ratings)) == wanted


@pytest.mark.parametrize("coefficient", ANY_CODERS)
@given(some_ratings)
def test_units_that_nobody_coded_change_nothing(coefficient, ratings):
    assume(varied(ratings))
    more = np.concatenate([ratings, np.full((len(ratings), 2), nan)], axis=1)
    assert coefficient(more) == pytest.approx(coefficient(ratings), abs=1e-12)


@pytest.mark.parametrize("coefficient", ANY_CODERS)
@given(some_ratings)
def test_perfect_agreement_is_one_and_nothing_is_above(coefficient, ratings):
    assume(varied(ratings))
    assert coefficient(ratings) <= 1 + 1e-12
    first = np.nan_to_num(ratings[0])
    assume(len(set(first)) > 1)
    assert coefficient([first, first, first]) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("coefficient", ANY_CODERS)
def test_independent_coders_agree_as_chance_does(coefficient):
    random = np.random.default_rng(5)
    ratings = random.integers(0, 3, (4, 20_000)).astype(float)
    ratings[random.random(ratings.shape) < 0.1] = nan
    assert abs(coefficient(ratings)) < 0.01


@given(seeds)
def test_alpha_of_two_coders_is_scott_s_pi_and_a_term_for_small_samples(seed):
    first, second = np.random.default_rng(seed).integers(0, 2, (2, 20))
    assume(len({*first, *second}) > 1)
    n = 2 * len(first)
    pi = scott_pi(first, second)
    wanted = 1 - (1 - pi) * (n - 1) / n
    assert krippendorff_alpha([first, second]) == pytest.approx(wanted, abs=1e-12)
    assert fleiss([first, second]) == pytest.approx(pi, abs=1e-12)
    assert conger_kappa([first, second]) == pytest.approx(cohen_kappa(first, second), abs=1e-12)
    assert brennan_prediger([first, second]) == pytest.approx(pabak(first, second), abs=1e-12)


@given(seeds)
def test_two_coders_count_the_pairs_that_both_gave(seed):
    random = np.random.default_rng(seed)
    ratings = random.integers(0, 3, (2, 30)).astype(float)
    ratings[random.random(ratings.shape) < 0.2] = nan
    whole = ratings[:, ~np.isnan(ratings).any(axis=0)]
    assume(len({*whole[0], *whole[1]}) > 1)
    for coefficient in TWO_CODERS:
        assert coefficient(*ratings) == pytest.approx(coefficient(*whole), abs=1e-12)


@given(some_ratings)
def test_specific_agreements_average_to_the_share_of_agreeing_pairs(ratings):
    units = pairable(ratings)
    inside = [value == 1 for unit in units for value in unit]
    assume(0 < sum(inside) < len(inside))
    pairs = [[(a == 1, b == 1) for a, b in permutations(unit, 2)] for unit in units]
    flat = [pair for unit in pairs for pair in unit]
    found = specific_agreement(ratings, 1)
    for value, share in ((True, found.positive), (False, found.negative)):
        others = [other for one, other in flat if one == value]
        assert share == pytest.approx(others.count(value) / len(others), abs=1e-12)


def test_a_code_that_is_rare_and_never_agreed_on_has_a_high_ac1_and_no_positive_agreement():
    first, second = np.zeros((2, 100), int)
    first[:3], second[3:6] = 1, 1
    assert gwet_ac1([first, second]) > 0.93
    assert specific_agreement([first, second]).positive == 0.0
    assert cohen_kappa(first, second) < 0


def test_ac1_counts_the_categories_that_nobody_used():
    ratings = [["a", "b", "a"], ["a", "b", "b"]]
    assert gwet_ac1(ratings, categories=["a", "b", "c"]) == pytest.approx((2 / 3 - 1 / 4) / (3 / 4))
    assert brennan_prediger(ratings, categories="abc") == pytest.approx((2 / 3 - 1 / 3) / (2 / 3))
    assert gwet_ac1([[0, 0], [0, 0]], categories=(0, 1)) == 1.0


@pytest.mark.parametrize("coefficient", ANY_CODERS)
@pytest.mark.parametrize(
    "ratings",
    [
        [[1, 1, 1], [1, 1, 1]],
        [["a", "a"], ["a", None]],
        [[1, 2, nan, nan], [nan, nan, 1, 2]],
        [[nan, nan], [nan, nan]],
        [[1, 2, 1]],
        [[], []],
    ],
)
def test_one_category_or_no_shared_unit_is_nan_and_never_one(coefficient, ratings):
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(coefficient(ratings))


@pytest.mark.parametrize("coefficient", TWO_CODERS)
@pytest.mark.parametrize(("first", "second"), [([1, 1], [1, 1]), ([1, nan], [nan, 1]), ([], [])])
def test_two_coders_without_variation_have_no_kappa(coefficient, first, second):
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(coefficient(first, second))


def test_rounding_never_makes_one_category_look_like_agreement():
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(fleiss_kappa([[49, 0]] * 30_000))
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(conger_kappa(np.ones((3, 100_000)), categories=(0, 1)))
    for name in ("fleiss_kappa", "conger_kappa", "krippendorff_alpha"):
        with pytest.warns(UndefinedAgreement):
            found = linearized(np.ones((7, 30_000)), coefficient=name, categories=(0, 1))
        assert math.isnan(found.value)


@pytest.mark.parametrize(("each", "shared", "kappa"), [(5_000, 2_500, 0.0), (100, 50, 49 / 99)])
def test_characters_that_two_coders_marked(each, shared, kappa):
    first, second = np.zeros((2, 10_000), int)
    first[:each] = 1
    second[each - shared : 2 * each - shared] = 1
    assert cohen_kappa(first, second) == pytest.approx(kappa, abs=1e-12)


def test_shares_without_a_pair_are_nan():
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(observed_agreement([[1, None], [None, 1]]))
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(specific_agreement([[1, None], [None, 1]]).positive)
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(pabak([1, None], [None, 1]))
    with pytest.warns(UndefinedAgreement):
        positive, negative = specific_agreement([[0, 0], [0, 0]])
    assert math.isnan(positive)
    assert negative == 1.0


def test_the_warning_points_at_the_line_that_asked():
    with pytest.warns(UndefinedAgreement) as caught:
        krippendorff_alpha([[1], [1]])
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: krippendorff_alpha([1, 2, 3]), "cod"),
        (lambda: krippendorff_alpha([[1, 2], [1]]), "cod"),
        (lambda: krippendorff_alpha([[1, math.inf], [1, 2]]), "infini"),
        (lambda: krippendorff_alpha([["a"], ["b"]], "ordinal"), "ordinal"),
        (lambda: krippendorff_alpha([[1], [-2]], "ratio"), "ratio"),
        (lambda: krippendorff_alpha([[1], [2]], "nominale"), "nominal, ordinal"),
        (lambda: cohen_kappa([1, 2], [1]), "2"),
        (lambda: cohen_kappa(["a"], ["b"], "linear"), "weights|poids|mot"),
        (lambda: cohen_kappa([1], [2], "cubic"), "quadratic"),
        (lambda: pabak([1, 2, 3], [1, 2, 3]), "brennan_prediger"),
        (lambda: fleiss_kappa([[1.5]]), "counts_per_unit"),
        (lambda: fleiss_kappa([[nan, 1]]), "counts_per_unit"),
        (lambda: gwet_ac1([["a"], ["d"]], categories=["a", "b"]), "d"),
        (lambda: counts_per_unit(np.arange(60_000.0).reshape(2, -1) / 7), "krippendorff_alpha"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_exists(call, said):
    with pytest.raises(InvalidInput, match=said):
        call()


def test_words_numbers_and_what_is_missing_are_told_apart():
    table = counts_per_unit([["", "nan", None, "b"], [float("nan"), "nan", "b", np.nan]])
    assert table.tolist() == [[1, 0, 0], [0, 0, 2], [0, 1, 0], [0, 1, 0]]
    assert counts_per_unit([[True, False]]).tolist() == [[0, 1], [1, 0]]
    assert counts_per_unit([[10**15, 3], [3, None]]).tolist() == [[1, 1], [1, 0]]
    assert counts_per_unit([[0.5, 0.25], [0.5, nan]]).tolist() == [[0, 2], [1, 0]]
    words = np.array([["a", "b"]]), np.array([[0.5, nan]])
    assert counts_per_unit(np.concatenate(words)).shape == (2, 4)
