"""Counts are what a person with a pencil would count, and margins hold."""

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.analysis.crosstab import COLUMNS, ROWS, crosstab
from cpit_research.analysis.occurrences import COUNTS
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns
from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput
from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.model.grid import Code, Facet, Grid
from cpit_research.model.register import VISIT_KINDS
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.wording import use_language

CROSSED = {"columns": st.sampled_from(COLUMNS), "rows": st.sampled_from(ROWS)}
SEGMENTS = st.fixed_dictionaries(CROSSED)
EVERY = st.fixed_dictionaries({**CROSSED, "count": st.sampled_from(COUNTS)})
ONCE = st.fixed_dictionaries({**CROSSED, "count": st.sampled_from(["source", "participant"])})


@pytest.fixture(autouse=True)
def in_english():
    with use_language("en"):
        yield


def value(coding, codings, columns) -> str:
    """The column of one coding."""
    source = codings.corpus[coding.segment.source]
    visit = codings.corpus.visit(source)
    if columns in {"coder", "source"}:
        return coding.coder if columns == "coder" else source.path
    if visit is None or (columns in {"territory", "setting"} and not visit.territories):
        return "unknown"
    if columns in {"visit", "visit_kind"}:
        return visit.id if columns == "visit" else visit.kind
    if len(visit.territories) > 1:
        return "several"
    settings = {"T1": "unknown", "T2": "rural", "T3": "T3"}
    return visit.territories[0] if columns == "territory" else settings[visit.territories[0]]


def units(coding, codings, count) -> set:
    """What one coding counts for."""
    if count == "participant":
        visit = codings.corpus.visit(codings.corpus[coding.segment.source])
        return set(visit.participants) if visit else set()
    return {coding.segment.source if count == "source" else coding.segment}


def counted(codings, columns, rows, count):
    """Distinct units by cell, row and column, and all of them."""
    sets = defaultdict(set)
    for coding in codings:
        row = coding.code if rows == "code" else codings.grid.family(coding.code).id
        column = value(coding, codings, columns)
        for key in ((row, column), (row, "total"), ("total", column), ("total", "total")):
            sets[key] |= units(coding, codings, count)
    return sets


@given(st.data(), EVERY)
def test_every_cell_counts_the_distinct_units_of_its_codings(drawn_codings, data, told):
    codings = data.draw(drawn_codings)
    table = crosstab(codings, **told).table
    sets = counted(codings, **told)
    for row in table.index.drop("total"):
        for column in table.columns.drop(["name", "total"]):
            assert table.loc[row, column] == len(sets[row, column])
    assert {(row, column) for row, column in sets if "total" not in {row, column}} <= {
        (row, column) for row in table.index for column in table.columns
    }


@given(st.data(), SEGMENTS, st.sampled_from(["episode", "segment"]))
def test_margins_of_episodes_and_segments_are_sums(grouped_codings, data, told, count):
    table = crosstab(data.draw(grouped_codings), **told, count=count).table
    inside = table.drop(columns=["name", "total"]).drop(index="total")
    assert table["total"].drop("total").tolist() == inside.sum(axis=1).tolist()
    assert table.loc["total"].drop(["name", "total"]).tolist() == inside.sum(axis=0).tolist()
    assert table.loc["total", "total"] == inside.to_numpy().sum()


@given(st.data(), ONCE)
def test_margins_of_documents_and_people_count_each_once(drawn_codings, data, told):
    codings = data.draw(drawn_codings)
    table = crosstab(codings, **told).table
    sets = counted(codings, **told)
    for row in table.index:
        assert table.loc[row, "total"] == len(sets[row, "total"])
    for column in table.columns.drop(["name"]):
        assert table.loc["total", column] == len(sets["total", column])


def told_by_hand(codings, rows, columns) -> dict:
    """Distinct events by cell: passages of one row, put together while an episode links some."""
    row_of = {c.id: c.code if rows == "code" else codings.grid.family(c.code).id for c in codings}
    events = [{(row_of[coding.id], coding.segment)} for coding in codings]
    for episode in codings.episodes:
        inside = [coding for coding in codings if coding.id in episode]
        events += [
            {(row, c.segment) for c in inside if row_of[c.id] == row}
            for row in {row_of[coding.id] for coding in inside}
        ]
    joined: list[set] = []
    for event in events:
        apart = [one for one in joined if not one & event]
        joined = [*apart, event.union(*(one for one in joined if one & event))]
    event_of = {passage: at for at, event in enumerate(joined) for passage in event}
    cells = defaultdict(set)
    for coding in codings:
        key = row_of[coding.id]
        cells[key, value(coding, codings, columns)].add(event_of[key, coding.segment])
    return cells


@given(st.data(), SEGMENTS)
def test_episodes_are_counted_as_a_person_would_by_hand(grouped_codings, data, told):
    codings = data.draw(grouped_codings)
    table = crosstab(codings, **told).table
    cells = told_by_hand(codings, told["rows"], told["columns"])
    for row in table.index.drop("total"):
        for column in table.columns.drop(["name", "total"]):
            assert table.loc[row, column] == len(cells[row, column])


@given(st.data(), st.sampled_from(ROWS), st.sampled_from((*COLUMNS, "facet:phase", "facet:voice")))
def test_there_are_never_more_episodes_than_segments_and_as_many_when_nothing_is_grouped(
    grouped_codings, data, rows, columns
):
    codings = with_facets(data.draw(grouped_codings))
    told = {"rows": rows, "columns": columns}
    episodes, segments = (
        crosstab(codings, **told, count=count).table.drop(columns="name")
        for count in ("episode", "segment")
    )
    assert (episodes <= segments).all(axis=None)
    assert ((episodes > 0) == (segments > 0)).all(axis=None)
    alone = Codings(replace(codings.columns, episode=None), codings.corpus, codings.grid)
    pd.testing.assert_frame_equal(crosstab(alone, **told).table.drop(columns="name"), segments)


def with_facets(codings: Codings) -> Codings:
    """The same codings under a grid that has the facets drawn."""
    values = (("x", "première"), ("z", "jamais vue"))
    grid = replace(
        codings.grid, facets=(Facet("phase", "Phase", values), Facet("voice", "Voix", values))
    )
    return Codings(codings.columns, codings.corpus, grid)


@given(st.data(), st.sampled_from(["phase", "voice"]))
def test_a_facet_has_a_column_a_value_in_the_order_of_the_grid(grouped_codings, data, facet):
    codings = with_facets(data.draw(grouped_codings))
    result = crosstab(codings, columns=f"facet:{facet}", count="segment")
    stated = {coding.facets.get(facet) for coding in codings}
    lost = ["y"] if "y" in stated else []  # the grid has lost it, its codings have not
    columns = result.table.columns.tolist()
    assert columns == ["name", "x", "z", *lost, "unstated", "total"]
    assert [result.column_name(name) for name in columns[1:3]] == ["première", "jamais vue"]
    for column in columns[1:-1]:
        wanted = None if column == "unstated" else column
        found = {(c.segment, c.code) for c in codings if c.facets.get(facet) == wanted}
        assert result.table.loc["total", column] == len(found)


def test_one_story_told_in_three_passages_is_one_episode_with_its_facet(codings_of, corpus_of_one):
    corpus, codings = corpus_of_one
    told = Episode(
        UUID(int=9), "s", "a", "v1", tuple(c.id for c in codings if c.code == "S1"),
        facets={"phase": "x"},
    )  # fmt: skip
    grouped = Codings(codings.columns.grouped([told]), corpus, codings.grid)
    table = crosstab(grouped, columns="facet:phase").table
    assert table.loc["S1", ["x", "unstated", "total"]].tolist() == [1, 0, 1]
    assert table.loc["S2", ["x", "unstated", "total"]].tolist() == [0, 1, 1]
    assert crosstab(grouped, count="segment").table.loc["S1", "total"] == 3


def test_two_events_in_one_passage_stay_two_when_their_situations_differ(corpus_of_one):
    corpus, codings = corpus_of_one
    first, second, third, fourth = codings  # S1 at 0, S1 at 2, S1 at 4, S2 at 0
    events = [
        Episode(UUID(int=9), "s", "a", "v1", (first.id, second.id)),
        Episode(UUID(int=8), "s", "a", "v1", (third.id, fourth.id)),
    ]
    grouped = Codings(codings.columns.grouped(events), corpus, codings.grid)
    assert crosstab(grouped).table["total"].to_dict() == {"S1": 2, "S2": 1, "total": 3}


@pytest.fixture
def corpus_of_one(codings_of):
    """One note, and four codings: three passages of one situation, the first under another too."""
    source = Source("s", "v", "note.md", "field_note", "abcdefgh", Structure(), "", "md/1")
    corpus = Corpus([source])
    grid = Grid(
        "g", "v1", codes=(Code("S1", "s1"), Code("S2", "s2")),
        facets=(Facet("phase", "Phase", (("x", "x"),)),),
    )  # fmt: skip
    places = ((0, "S1"), (2, "S1"), (4, "S1"), (0, "S2"))
    listed = [
        Coding(UUID(int=rank), Segment("s", start, start + 2), "v", code, "a", "v1")
        for rank, (start, code) in enumerate(places)
    ]
    return corpus, codings_of(listed, corpus, grid)


@given(st.data(), st.sampled_from(["visit_kind", "territory", "visit", "source", "coder"]))
def test_counts_are_those_of_pandas(drawn_codings, data, columns):
    codings = data.draw(drawn_codings)
    rows = [(c.code, value(c, codings, columns), c.segment) for c in codings]
    frame = pd.DataFrame(rows, columns=["code", "column", "segment"]).drop_duplicates()
    ours = crosstab(codings, columns=columns).table
    theirs = pd.crosstab(frame["code"], frame["column"])
    ours = ours.drop(columns=["name", "total"]).drop(index="total")
    theirs = theirs.reindex(index=ours.index, columns=ours.columns, fill_value=0)
    assert ours.to_numpy().tolist() == theirs.to_numpy().tolist()


@given(st.data(), EVERY, st.randoms())
def test_the_order_of_the_codings_changes_nothing(codings_of, drawn_codings, data, told, random):
    codings = data.draw(drawn_codings)
    shuffled = codings_of(random.sample(list(codings), len(codings)), codings.corpus, codings.grid)
    first, second = (crosstab(one, **told) for one in (codings, shuffled))
    pd.testing.assert_frame_equal(first.table, second.table)
    assert first.provenance == second.provenance


@given(st.data(), EVERY)
def test_a_selection_counts_as_if_it_had_been_all_the_codings(
    codings_of, drawn_codings, data, told
):
    codings = data.draw(drawn_codings)
    part = codings.where(coder="a", code="F1")
    alone = codings_of(list(part), part.corpus, part.grid)
    pd.testing.assert_frame_equal(crosstab(part, **told).table, crosstab(alone, **told).table)


@given(st.data(), EVERY)
def test_every_code_has_its_row_and_counts_are_whole_numbers(drawn_codings, data, told):
    codings = data.draw(drawn_codings)
    table = crosstab(codings, **told).table
    ids = ["S1", "S2", "S3", "S4"] if told["rows"] == "code" else ["F1", "F2", "S4"]
    assert table.index.tolist() == [*ids, "total"]
    assert table["name"].tolist() == [*(key.lower() for key in ids), "Total"]
    assert {table[column].dtype.kind for column in table.columns.drop("name")} == {"i"}


@given(st.data(), EVERY)
def test_an_axis_that_no_coding_uses_has_no_row(drawn_codings, data, told):
    codings = data.draw(drawn_codings.filter(len))
    needs = (Code("B1", "b1", axis="needs"), Code("B11", "b11", axis="needs", parent="B1"))
    wider = replace(codings.grid, codes=(*needs, *codings.grid.codes))
    widened = Codings(codings.columns, codings.corpus, wider)
    pd.testing.assert_frame_equal(crosstab(widened, **told).table, crosstab(codings, **told).table)


@given(st.data())
def test_kinds_of_visits_stand_in_the_order_of_the_programme(drawn_codings, data):
    codings = data.draw(drawn_codings)
    columns = crosstab(codings, columns="visit_kind").table.columns.tolist()
    kinds = [column for column in columns if column in VISIT_KINDS]
    assert kinds == sorted(kinds, key=VISIT_KINDS.index)


@given(st.data())
def test_a_code_that_the_grid_has_lost_is_still_counted_under_its_id(drawn_codings, data):
    codings = data.draw(drawn_codings)
    lost = Grid("g", "v1", codes=(Code("S1", "s1"),))
    codings = Codings(codings.columns, codings.corpus, lost)
    table = crosstab(codings).table
    assert table.loc["total", "total"] == len({(c.segment, c.code) for c in codings})
    gone = sorted({coding.code for coding in codings} - {"S1"})
    assert table["name"].tolist() == ["s1", *gone, "Total"]


def test_no_coding_gives_noughts():
    nothing = Codings(CodingColumns.empty(), Corpus(), Grid("g", "v1", codes=(Code("S1", "s1"),)))
    for count in COUNTS:
        table = crosstab(nothing, count=count).table
        assert table["total"].tolist() == [0, 0]


@pytest.mark.parametrize("name", ["columns", "rows", "count"])
def test_an_unknown_word_is_refused_with_those_that_exist(name):
    nothing = Codings(CodingColumns.empty(), Corpus(), Grid("g", "v1"))
    known = {"columns": COLUMNS, "rows": ROWS, "count": COUNTS}[name]
    with pytest.raises(InvalidInput) as refusal:
        crosstab(nothing, **{name: f"{known[0]}s"})
    assert ", ".join(known) in refusal.value.exists
    assert known[0] in refusal.value.remedy


@given(st.data())
def test_a_result_says_on_what_it_was_computed(drawn_codings, data):
    codings = data.draw(drawn_codings)
    result = crosstab(codings, count="source")
    assert result.provenance.corpus == codings.corpus.fingerprint
    assert result.provenance.codings == codings.fingerprint
    assert result.provenance.grid == "v1"
    assert result.settings["count"] == result.counts
    assert result.method


@given(st.data())
def test_the_same_segment_coded_twice_alike_counts_once(codings_of, drawn_codings, data):
    codings = data.draw(drawn_codings)
    twins = [replace(coding, id=type(coding.id)(int=rank)) for rank, coding in enumerate(codings)]
    doubled = codings_of([*codings, *twins], codings.corpus, codings.grid)
    pd.testing.assert_frame_equal(crosstab(doubled).table, crosstab(codings).table)
