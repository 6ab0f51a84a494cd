"""One row a coding, with everything that is known of it."""

from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.analysis.quotations import quotations
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.coding import Coding
from cpit_research.model.grid import Code, Grid
from cpit_research.model.register import Register, Territory, Visit
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.model.structure import Part, Structure
from cpit_research.wording.places import shown_place


@given(st.data())
def test_each_row_says_what_its_coding_says(drawn_codings, data):
    codings = data.draw(drawn_codings)
    table = quotations(codings).table
    assert table.index.tolist() == [coding.id.hex for coding in codings]
    for coding, (_key, row) in zip(codings, table.iterrows(), strict=True):
        source = codings.corpus[coding.segment.source]
        visit = codings.corpus.visit(source)
        assert row["quotation"] == codings.quote(coding)
        assert (row["start"], row["end"]) == (coding.segment.start, coding.segment.end)
        assert (row["code"], row["coder"], row["grid"]) == (coding.code, coding.coder, "v1")
        assert row["name"] == coding.code.lower()
        assert row["family"] == codings.grid.family(coding.code).name
        assert row["source"] == source.path
        assert row["visit"] == (visit.id if visit else "")
        assert row["visit_kind"] == (visit.kind if visit else "unknown")
        assert row["territory"] == ("; ".join(visit.territories) if visit else "")
        assert {name: row[name] for name in coding.facets} == coding.facets


@given(st.data())
def test_a_facet_has_a_column_when_a_coding_of_the_table_states_it(drawn_codings, data):
    codings = data.draw(drawn_codings).where(coder="a")
    table = quotations(codings).table
    for name in ("phase", "voice"):
        stated = [coding.facets.get(name, "") for coding in codings]
        assert (name in table.columns) == any(stated)
        if any(stated):
            assert table[name].tolist() == stated


@given(st.data(), st.randoms())
def test_rows_follow_the_codings_in_whatever_order(codings_of, drawn_codings, data, random):
    codings = data.draw(drawn_codings)
    shuffled = codings_of(random.sample(list(codings), len(codings)), codings.corpus, codings.grid)
    first, second = quotations(codings).table, quotations(shuffled).table
    assert first.sort_index().equals(second.sort_index()[first.columns])


def test_no_codings_give_no_rows():
    nothing = Codings(CodingColumns.empty(), Corpus(), Grid("g", "v1"))
    assert len(quotations(nothing).table) == 0


TURNS = (Part("turn", 4, 10, speaker="P01"), Part("turn", 10, 16, speaker="Chercheur"))


@pytest.fixture
def spoken(codings_of):
    """Codings at every place of a transcript that opens and ends with unspoken words."""
    text = "Lieu" + "Oui.  " + "Et vous" + " (rires)"
    register = Register(
        (Territory("T1", "commune", setting="rural"), Territory("T2", "commune")),
        visits=(Visit("V1", "interview", "made", territories=("T1", "T2")),),
    )
    structure = Structure((Part("paragraph", 0, 4), *TURNS, Part("paragraph", 17, 24)))
    source = Source("s", "v", "a.vtt", "transcript", text, structure, "", "vtt/1", "V1")
    grid = Grid("g", "v1", codes=(Code("S1", "s1"),))
    places = [Segment("s", at, at + 1) for at in range(len(text))]
    listed = [Coding(UUID(int=at.start), at, "v", "S1", "a", "v1") for at in places]
    return codings_of(listed, Corpus([source], register), grid)


def test_the_speaker_is_that_of_the_turn_where_the_words_start(spoken):
    table = quotations(spoken).table
    assert Counter(table["speaker"]) == {"P01": 6, "Chercheur": 6, "": len(table) - 12}
    for row in table.itertuples():
        turn = next((turn for turn in TURNS if turn.start <= row.start < turn.end), None)
        assert row.speaker == (turn.speaker if turn else "")


def test_a_territory_without_a_setting_adds_none(spoken):
    assert set(quotations(spoken).table["setting"]) == {"rural"}
    assert set(quotations(spoken).table["territory"]) == {"T1; T2"}


def test_the_location_is_that_of_the_corpus_in_the_language_of_the_reader(spoken):
    parts = (Part("paragraph", 0, 4, place="page 1, paragraph 1"), *TURNS)
    parts += (Part("cell", 4, 16, place="table 2, row 1, column 3"),)
    source = replace(spoken.corpus["s"], structure=Structure(parts))
    located = Codings(spoken.columns, Corpus([source], spoken.corpus.register), spoken.grid)
    table = quotations(located).table
    assert Counter(table["location"]) == {
        "page 1, paragraphe 1": 4,
        "tableau 2, ligne 1, colonne 3": len(table) - 4,
    }
    for row in table.itertuples():
        segment = Segment("s", row.start, row.end)
        assert row.location == shown_place(located.corpus.place(segment))


def test_a_segment_over_two_places_names_both():
    structure = Structure(
        (Part("paragraph", 0, 4, place="line 1"), Part("cell", 5, 9, place="line 3"))
    )
    source = Source("s", "v", "a.md", "field_note", "Oui. Non.", structure, "", "md/1")
    corpus = Corpus([source])
    assert corpus.place(Segment("s", 0, 4)) == corpus.place(Segment("s", 1, 5)) == "line 1"
    assert corpus.place(Segment("s", 2, 6)) == "line 1 – line 3"
