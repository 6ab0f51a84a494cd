"""A result is shown with names for people, its method first, and nothing lost."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.analysis.coverage import coverage
from cpit_research.analysis.crosstab import crosstab
from cpit_research.results.presentation import present
from cpit_research.results.result import Provenance, Result
from cpit_research.wording import use_language


@pytest.fixture(autouse=True)
def in_english():
    with use_language("en"):
        yield


@given(st.data(), st.booleans())
def test_every_cell_of_a_count_is_shown_in_its_place(drawn_codings, data, index):
    result = crosstab(data.draw(drawn_codings))
    shown = present(result, index=index)
    cells = result.table.to_numpy().tolist()
    assert [list(row[index:]) for row in shown.rows] == cells
    assert len(shown.header) == len(result.table.columns) + index
    assert shown.totals
    if index:
        assert [row[0] for row in shown.rows] == [*result.table.index[:-1], ""]


@given(st.data())
def test_vocabulary_words_are_named_in_headers_and_cells(drawn_codings, data):
    codings = data.draw(drawn_codings)
    shown = present(coverage(codings.corpus, codings.corpus.register))
    assert shown.header == ("Kind", "Name", "Planned", "Made", "Notes received", "Coded")


def test_what_is_not_known_is_an_empty_cell():
    table = pd.DataFrame({"a": [1.5, math.nan], "b": ["x", None], "kind": ["mirror", "other"]})
    assert present(Result("t", table), index=False).rows == (
        (1.5, "x", "Mirror effect"),
        (None, None, "other"),
    )


def test_notes_are_the_method_then_those_of_the_result_unless_others_are_given():
    result = Result("t", pd.DataFrame({"a": [1]}), method="m").noting("n", "o")
    assert present(result).notes == ("m", "n", "o")
    assert present(result, notes=()).notes == ()
    assert present(result).caption == present(result).name == "t"


def test_a_result_shown_in_a_notebook_escapes_what_it_holds():
    shown = Result("a < b", pd.DataFrame({"mirror": ["<i>"]}), method="1 < 2")._repr_html_()
    assert "Mirror effect" in shown
    assert "<i>" not in shown
    assert "a &lt; b" in shown
    assert "1 &lt; 2" in shown


def test_noting_leaves_the_result_as_it_was():
    result = Result("t", pd.DataFrame({"a": [1]}), provenance=Provenance("c"))
    noted = result.noting("n")
    assert (result.notes, noted.notes) == ((), ("n",))
    assert noted.provenance == result.provenance


def test_a_result_needs_a_title():
    with pytest.raises(ValueError, match="title"):
        Result("", pd.DataFrame())
