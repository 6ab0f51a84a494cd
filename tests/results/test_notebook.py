"""A result in a notebook: what people read, bounded, and what is not there is counted."""

import math
import time
from datetime import date
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.analysis.crosstab import crosstab
from cpit_research.analysis.quotations import quotations
from cpit_research.errors import NotFound
from cpit_research.results.notebook import CHARACTERS, COLUMNS, ROWS
from cpit_research.results.result import Result
from cpit_research.wording import LANGUAGES, use_language

MARKUP = st.text(st.sampled_from("<>&\"'ab é$\n"), max_size=30)


@given(st.lists(st.tuples(MARKUP, MARKUP), min_size=1, max_size=5), MARKUP)
def test_nothing_of_a_table_is_markup(rows, title):
    table = pd.DataFrame(rows, columns=["<b>", "quotation"])
    shown = Result(f"t{title}", table, notes=(title,))._repr_html_()
    within = shown.partition("</style>")[2]
    for allowed in ("h4", "p", "em", "table", "thead", "tbody", "tr", "td", "th", "div"):
        for tag in (f"<{allowed}>", f"</{allowed}>"):
            within = within.replace(tag, "")
    within = within.replace('<th scope="col">', "")
    assert "<" not in within
    assert ">" not in within
    assert '"' not in within


@given(st.data(), st.sampled_from(LANGUAGES))
def test_a_table_of_codings_is_shown_whole_in_both_languages(drawn_codings, data, language):
    codings = data.draw(drawn_codings)
    with use_language(language):
        for result in (crosstab(codings), quotations(codings)):
            shown = result._repr_html_()
            rows = shown.count("<tr") - ("<table" in shown)
            assert rows == len(result.table)
            assert f'lang="{language}"' in shown


@given(st.integers(0, 3 * ROWS), st.integers(1, 2 * COLUMNS), st.integers(0, 3000), st.booleans())
def test_a_result_of_any_size_is_bounded_and_says_what_is_not_shown(rows, columns, long, total):
    table = pd.DataFrame({f"c{n}": ["&" * long] * rows for n in range(columns)})
    if total and rows:
        table.index = [*map(str, range(rows - 1)), "total"]
    with use_language("en"):
        shown = Result("t", table)._repr_html_()
    assert len(shown) < 4 * CHARACTERS
    seen = shown.count("<tr") - 1 if rows else 0
    assert seen <= ROWS + total
    assert (f"… and {rows - seen} more row" in shown) == (seen < rows)
    assert (f"… and {columns - COLUMNS} more column" in shown) == (columns > COLUMNS)
    assert ('class="t"' in shown) == (total and rows > 0)


def test_ids_that_say_nothing_are_left_out_and_codes_are_kept():
    keys = pd.Index([UUID(int=n).hex for n in range(2)], name="id")
    assert UUID(int=1).hex not in Result("t", pd.DataFrame({"a": [1, 2]}, index=keys))._repr_html_()
    kinds = pd.Index(["mirror", "total"], name="kind")
    assert "mirror" not in Result("t", pd.DataFrame({"a": [1, 2]}, index=kinds))._repr_html_()
    codes = pd.Index(["S11", "S33"], name="code")
    assert "S33" in Result("t", pd.DataFrame({"a": [1, 2]}, index=codes))._repr_html_()


def test_cells_are_said_as_people_write_them():
    table = pd.DataFrame({
        "date": ["2022-10-01", ""], "when": [date(2023, 3, 2), None],
        "status": ["not_estimable", ""],
        "prevalence": [0.00466, math.nan], "alpha": [-0.1066, math.nan], "n_units": [12345, 1],
        "before": ["un\n\ndeux", ""], "kept": [True, False],
    })  # fmt: skip
    shown = Result("t", table)._repr_html_()
    for said in ("1er\u00a0octobre\u00a02022", "2\u00a0mars\u00a02023", "non estimable",
                 "0,5\u202f%", "−0,11", "12\u202f345", "un deux", ">–<", ">Oui<"):  # fmt: skip
        assert said in shown
    for raw in ("nan", "None", "True", "2022-10-01", "not_estimable"):
        assert raw not in shown


def test_a_result_of_nothing_says_so():
    assert "Rien à montrer" in Result("t", pd.DataFrame({"a": []}))._repr_html_()


def test_a_result_is_short_in_a_terminal():
    assert repr(Result("Notes", pd.DataFrame({"a": [1, 2]}))) == "<Result: Notes, 2 rows>"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1))
def test_a_tally_counts_every_row_once(rows):
    result = Result("t", pd.DataFrame(rows, columns=["who", "what"]))
    told = result.tally("who", "what").table
    expected = {pair: rows.count(pair) for pair in sorted(set(rows))}
    assert {(one.who, one.what): one.n_rows for one in told.itertuples()} == expected


@given(st.integers(0, 30), st.integers(1, 30))
def test_the_first_rows_say_that_there_are_more(rows, n):
    result = Result("t", pd.DataFrame({"a": range(rows)}))
    first = result.first(n)
    assert first.table["a"].tolist() == list(range(min(rows, n)))
    assert bool(first.notes) == (rows > n)


def test_a_column_that_is_not_there_is_named_with_its_nearest():
    result = Result("t", pd.DataFrame({"source": [1], "code": [2]}))
    assert list(result.only("code", "source").table) == ["code", "source"]
    with pytest.raises(NotFound, match="codes") as refused:
        result.only("codes")
    assert "code" in refused.value.remedy


def test_a_long_table_is_shown_at_once():
    words = np.array(["Il pleut & vente. " * 20], object)
    table = pd.DataFrame({f"c{n}": np.repeat(words, 300_000) for n in range(16)})
    result = Result("t", table)
    result._repr_html_()
    begun = time.process_time()
    result._repr_html_()
    assert time.process_time() - begun < 0.05
