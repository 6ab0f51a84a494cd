"""Figures say what the result says, in words too, and are the same bytes twice."""

import matplotlib as mpl
import pandas as pd
import pytest
from lxml import etree

from cpit_research.figures.bars import family_bars
from cpit_research.figures.coverage import coverage_bars
from cpit_research.results.result import Result
from cpit_research.wording import use_language


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


@pytest.fixture(params=["bars", "coverage"])
def pair(request, kinds, coverage):
    return {"bars": (family_bars, kinds), "coverage": (coverage_bars, coverage)}[request.param]


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


def test_a_result_without_rows_is_drawn_all_the_same(kinds, coverage):
    for draw, result in ((family_bars, kinds), (coverage_bars, coverage)):
        empty = Result(result.title, result.table.iloc[:0], counts=result.counts)
        assert draw(empty).png.startswith(b"\x89PNG")
