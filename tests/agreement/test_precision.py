"""Every value that irrCAC prints, and what no table of it shows."""

import itertools
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.agreement.ac1 import brennan_prediger, gwet_ac1
from cpit_research.agreement.alpha import krippendorff_alpha
from cpit_research.agreement.kappa import cohen_kappa, conger_kappa, fleiss_kappa, scott_pi
from cpit_research.agreement.precision import (
    COEFFICIENTS,
    TABLE_COEFFICIENTS,
    from_table,
    linearized,
)
from cpit_research.agreement.ratings import counts_per_unit
from cpit_research.agreement.shares import observed_agreement
from cpit_research.agreement.undefined import UndefinedAgreement
from cpit_research.errors import InvalidInput

RAW = {
    "gwet.ac1.raw": "gwet_ac1",
    "fleiss.kappa.raw": "fleiss_kappa",
    "krippen.alpha.raw": "krippendorff_alpha",
    "conger.kappa.raw": "conger_kappa",
    "bp.coeff.raw": "brennan_prediger",
    "pa.coeff.raw": "observed_agreement",
}
TABLE = {
    "kappa2.table": "cohen_kappa",
    "scott2.table": "scott_pi",
    "gwet.ac1.table": "gwet_ac1",
    "bp2.table": "brennan_prediger",
    "krippen2.table": "krippendorff_alpha",
    "pa2.table": "observed_agreement",
}
ALONE = {
    "brennan_prediger": brennan_prediger,
    "conger_kappa": conger_kappa,
    "fleiss_kappa": lambda ratings, weights: fleiss_kappa(counts_per_unit(ratings), weights),
    "gwet_ac1": gwet_ac1,
    "observed_agreement": observed_agreement,
}


def printed(interval):
    return "({},{})".format(*(f"{round(end, 3):g}" for end in interval))


def test_raw_ratings_give_what_irrcac_prints(reference, ratings_of):
    rows = reference("irrcac_expected")
    assert len(rows) == 48
    for row in rows:
        weights = None if row["weights"] == "unweighted" else row["weights"]
        found = linearized(
            ratings_of(row["dataset"]), coefficient=RAW[row["coef"]], weights=weights
        )
        assert found.observed == pytest.approx(float(row["pa"]), abs=1e-13), row
        assert found.expected == pytest.approx(float(row["pe"]), abs=1e-13), row
        assert found.value == pytest.approx(float(row["val"]), abs=5.1e-6), row
        assert found.standard_error == pytest.approx(float(row["se"]), abs=5.1e-6), row
        assert printed(found.interval) == row["ci"], row


def test_tables_of_two_coders_give_what_irrcac_prints(reference):
    rows = reference("irrcac_tables_expected")
    assert len(rows) == 12
    for row in rows:
        table = [[int(cell) for cell in line.values()] for line in reference(row["dataset"])]
        found = from_table(table, coefficient=TABLE[row["coef"]])
        assert found.value == pytest.approx(float(row["val"]), abs=1e-13), row
        assert found.standard_error == pytest.approx(float(row["se"]), abs=1e-13), row
        assert printed(found.interval) == row["ci"], row


def test_irrcac_ordinal_weights_are_not_krippendorff_s_ordinal_metric(ratings_of):
    ratings = ratings_of("cac.raw4raters")
    assert round(linearized(ratings, weights="ordinal").value, 3) == 0.834
    assert round(krippendorff_alpha(ratings, "ordinal"), 3) == 0.815


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([None, "linear", "quadratic", "ordinal", "radical", "ratio"]),
)
def test_the_value_is_that_of_the_coefficient_alone(seed, weights):
    random = np.random.default_rng(seed)
    ratings = random.integers(1, 5, (4, 30)).astype(float)
    ratings[random.random(ratings.shape) < 0.3] = np.nan
    for name, alone in ALONE.items():
        found = linearized(ratings, coefficient=name, weights=weights)
        assert found.value == pytest.approx(alone(ratings, weights), abs=1e-12)
    metric = {None: "nominal", "quadratic": "interval"}.get(weights)
    if metric:
        found = linearized(ratings, weights=weights)
        assert found.value == pytest.approx(krippendorff_alpha(ratings, metric), abs=1e-12)


@given(st.integers(0, 2**32 - 1))
def test_a_table_and_the_ratings_it_counts_have_the_same_value(seed):
    random = np.random.default_rng(seed)
    table = random.integers(1, 9, (3, 3))
    pairs = [pair for pair in itertools.product(range(3), repeat=2) for _unit in range(table[pair])]
    first, second = zip(*pairs, strict=True)
    assert from_table(table, coefficient="cohen_kappa").value == pytest.approx(
        cohen_kappa(first, second), abs=1e-12
    )
    assert from_table(table, coefficient="scott_pi").value == pytest.approx(
        scott_pi(first, second), abs=1e-12
    )
    n = table.sum()
    for name in ("gwet_ac1", "brennan_prediger", "observed_agreement", "krippendorff_alpha"):
        whole = linearized([first, second], coefficient=name)
        crossed = from_table(table, coefficient=name)
        assert crossed.value == pytest.approx(whole.value, abs=1e-12)
        assert crossed.standard_error == pytest.approx(
            whole.standard_error * math.sqrt((n - 1) / n), abs=1e-12
        )


def test_the_interval_of_units_drawn_at_random_holds_the_truth_as_often_as_it_says():
    random = np.random.default_rng(20)
    held, truth = 0, 0.8**2 + 0.2**2 - 0.5
    for _sample in range(400):
        code = random.random(150) < 0.5
        ratings = [np.where(random.random(150) < 0.2, ~code, code).astype(int) for _coder in "ab"]
        low, high = linearized(ratings, coefficient="fleiss_kappa").interval
        held += low <= 2 * truth <= high
    assert 0.92 <= held / 400 <= 0.98


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_units_that_nobody_rated_change_nothing(name, ratings_of):
    ratings = ratings_of("cac.raw5obser")
    more = np.concatenate([ratings, np.full((5, 3), np.nan)], axis=1)
    assert linearized(more, coefficient=name) == linearized(ratings, coefficient=name)


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_disjoint_coders_have_no_coefficient(name):
    with pytest.warns(UndefinedAgreement, match="aucune unité|no unit"):
        found = linearized([[1, 2, None, None], [None, None, 1, 2]], coefficient=name)
    assert math.isnan(found.value)
    assert all(map(math.isnan, found.interval))


@pytest.mark.parametrize("name", sorted({*TABLE_COEFFICIENTS} - {"observed_agreement"}))
def test_a_table_of_one_category_has_no_coefficient(name):
    with pytest.warns(UndefinedAgreement):
        assert math.isnan(from_table([[9]], coefficient=name).value)


def test_one_unit_has_a_value_and_no_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = linearized([[1], [2]], coefficient="gwet_ac1")
    assert found.value == pytest.approx(-1.0)
    assert math.isnan(found.standard_error)


def test_an_unknown_name_says_those_that_exist():
    with pytest.raises(InvalidInput, match="gwet_ac1"):
        linearized([[1], [2]], coefficient="ac1")
    with pytest.raises(InvalidInput, match="scott_pi"):
        from_table([[1]], coefficient="fleiss_kappa")


@pytest.mark.parametrize("table", [[[1, 2]], [[1.5]], [[-1]], [["a"]], [1]])
def test_a_table_that_does_not_cross_two_coders_is_refused(table):
    with pytest.raises(InvalidInput):
        from_table(table)
