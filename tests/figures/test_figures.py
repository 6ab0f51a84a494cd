"""Figures say what the result says, in words too, and are the same bytes twice."""

import matplotlib as mpl
import pandas as pd
import pytest
from lxml import etree

from cpit_research.figures.agreement import agreement_heatmap, agreement_intervals
from cpit_research.figures.bars import family_bars
from cpit_research.figures.coverage import coverage_bars
from cpit_research.results.result import Result
from cpit_research.wording import use_language

NAN = float("nan")


@pytest.fixture(scope="module")
def kinds() -> Result:
    table = pd.DataFrame(
        {"name": ["Relier & mobiliser $x$", "Comprendre"], "Visite": [12345, 0], "Atelier": [2, 3]},
        index=["F1", "F2"],
    )
    table["total"] = table["Visite"] + table["Atelier"]
    table.loc["total"] = ["Ensemble", 12345, 5, 12350]
    return Result("Relier domine", table, counts="segment")


@pytest.fixture(scope="module")
def coverage() -> Result:
    table = pd.DataFrame(
        [["Exploratoires", 12, 11, 8, 6], ["Ateliers", 0, 2, 1, 0]],
        columns=["name", "planned", "made", "ingested", "coded"],
        index=["exploratory", "workshop"],
    )
    return Result("Le terrain avance", table, counts="visit")


@pytest.fixture(scope="module")
def intervals() -> Result:
    columns = ["name", "positive", "alpha", "prevalence", "low", "high", "n_notes", "status"]
    table = pd.DataFrame(
        [
            ["Relier & mobiliser $x$", 0.2, -0.6, 0.01, -0.9, 0.1, 12, ""],
            ["Comprendre", 0.8, 0.75, 0.2, NAN, NAN, 4, "indicative"],
            ["Financer", NAN, NAN, 0.001, NAN, NAN, 12, "not_estimable"],
            ["Ensemble", 0.6, 0.5, 0.05, 0.3, 0.7, 12, ""],
        ],
        columns=columns,
        index=["S11", "S21", "S31", "total"],
    )
    return Result("Accord", table, settings={"interval": "alpha"})


@pytest.fixture(scope="module")
def squares() -> Result:
    table = pd.DataFrame(
        [["Relier & mobiliser $x$", -0.1, NAN], ["Financer", NAN, NAN], ["Comprendre", 0.9, 0.4]],
        columns=["name", "claire – yann", "claire – zoé"],
        index=["S11", "S31", "S21"],
    )
    return Result("Accord deux à deux", table)


@pytest.fixture(params=["bars", "coverage", "intervals", "heatmap"])
def pair(request, kinds, coverage, intervals, squares):
    return {
        "bars": (family_bars, kinds),
        "coverage": (coverage_bars, coverage),
        "intervals": (agreement_intervals, intervals),
        "heatmap": (agreement_heatmap, squares),
    }[request.param]


def test_two_drawings_of_one_result_are_equal(pair):
    draw, result = pair
    assert draw(result) == draw(result)


def test_the_style_of_the_process_is_left_alone_and_does_not_matter(pair):
    draw, result = pair
    before = draw(result)
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 30}):
        assert draw(result) == before
        assert mpl.rcParams["font.size"] == 30


def test_every_word_and_number_drawn_is_in_the_picture_and_its_words(pair):
    draw, result = pair
    picture = draw(result)
    root = etree.fromstring(picture.svg)
    written = "".join("".join(root.itertext()).split())
    for word in picture.words:
        assert "".join(word.split()) in written
        line = word.split("\n")[0]
        assert line.encode() in picture.png or line.encode("latin-1", "replace") in picture.png
    assert picture.caption == result.title


def test_a_drawing_asks_for_nothing_outside(pair):
    draw, result = pair
    root = etree.fromstring(draw(result).svg)
    addresses = [value for node in root.iter() for value in node.attrib.values() if "//" in value]
    assert not addresses
    assert b"dc:date" not in draw(result).svg


def test_numbers_are_grouped_as_the_language_does(kinds):
    with use_language("fr"):
        assert "12\u202f345" in family_bars(kinds).words
    with use_language("en"):
        assert "12,345" in family_bars(kinds).words
        assert "Number of segments coded" in family_bars(kinds).words[-1]


def test_none_is_a_quiet_mark_and_the_sum_is_drawn_apart(kinds):
    picture = family_bars(kinds)
    assert "·" in picture.words
    assert {"Ensemble", "5", "Relier & mobiliser $x$".replace(" $x$", "")} <= {
        line for word in picture.words for line in word.split("\n")
    } | {"Relier & mobiliser"}


def test_the_description_gives_the_numbers(coverage):
    with use_language("en"):
        assert "Exploratoires (12 planned, 11 made, 8 ingested, 6 coded)" in (
            coverage_bars(coverage).alternative
        )


def test_codes_are_drawn_by_how_often_they_are_met_and_the_rare_ones_counted(intervals):
    with use_language("en"):
        picture = agreement_intervals(intervals)
    rows = [word for word in picture.words if word.split(" ")[0] in intervals.table.index]
    assert [row.split(" ")[0] for row in rows] == ["S21", "S11"]
    assert "1 row is not estimable: fewer than five units were marked." in picture.words
    assert picture.alternative == (
        "Alpha on 3 rows, the most often met first. "
        "Comprendre: 0.75; Relier & mobiliser $x$: -0.60; Ensemble: 0.50."
    )


def test_a_square_is_drawn_for_each_pair_of_coders_with_its_number(squares):
    picture = agreement_heatmap(squares)
    assert {"-0,10", "0,90", "0,40", "·"} <= set(picture.words)
    assert not any("Financer" in word for word in picture.words)


def test_a_result_without_rows_is_drawn_all_the_same(pair):
    draw, result = pair
    empty = Result(result.title, result.table.iloc[:0], counts=result.counts)
    assert draw(empty).png.startswith(b"\x89PNG")


def test_an_interval_that_goes_on_beyond_the_edge_is_told_from_one_that_ends_there(intervals):
    def drawn(low: float) -> bytes:
        table = intervals.table.copy()
        table.loc["S11", "low"] = low
        return agreement_intervals(Result("Accord", table, settings=intervals.settings)).svg

    assert drawn(-0.25) != drawn(-0.9)
    assert drawn(-0.5) == drawn(-0.9)
