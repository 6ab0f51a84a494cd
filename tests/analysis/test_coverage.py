"""The campaign is told visit by visit: planned, made, received, coded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.analysis.coverage import coverage
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.register import VISIT_KINDS, Register
from cpit_research.wording import use_language


@pytest.fixture(autouse=True)
def in_english():
    with use_language("en"):
        yield


@given(st.data())
def test_each_row_counts_the_visits_of_its_kind(drawn_codings, data):
    codings = data.draw(drawn_codings)
    corpus, register = codings.corpus, codings.corpus.register
    table = coverage(corpus, register, codings).table
    planned = [visit for visit in register.visits if visit.state != "cancelled"]
    received = {source.visit for source in corpus}
    coded = {corpus[coding.segment.source].visit for coding in codings}
    assert table.index.tolist() == [
        *(kind for kind in VISIT_KINDS if any(visit.kind == kind for visit in planned)),
        "total",
    ]
    for kind in table.index.drop("total"):
        visits = [visit for visit in planned if visit.kind == kind]
        assert table.loc[kind].drop("name").tolist() == [
            len(visits),
            len([visit for visit in visits if visit.state == "made"]),
            len([visit for visit in visits if visit.id in received]),
            len([visit for visit in visits if visit.id in coded]),
        ]


@given(st.data())
def test_totals_are_sums_and_nothing_is_coded_before_it_is_received(drawn_codings, data):
    codings = data.draw(drawn_codings)
    table = coverage(codings.corpus, codings.corpus.register, codings).table
    inside = table.drop(index="total")
    for name in ("planned", "made", "ingested", "coded"):
        assert table.at["total", name] == sum(inside[name])
    assert (table["coded"] <= table["ingested"]).all()
    assert (table["ingested"] <= table["planned"]).all()


@given(st.data())
def test_without_codings_nothing_is_coded_and_the_rest_is_the_same(drawn_codings, data):
    codings = data.draw(drawn_codings)
    without = coverage(codings.corpus, codings.corpus.register).table
    assert not without["coded"].any()
    with_them = coverage(codings.corpus, codings.corpus.register, codings).table
    assert without.drop(columns="coded").equals(with_them.drop(columns="coded"))


@given(st.data())
def test_a_document_of_no_visit_is_told_in_a_note_and_never_counted(drawn_codings, data):
    codings = data.draw(drawn_codings)
    corpus = codings.corpus
    lost = [source for source in corpus if corpus.visit(source) is None]
    result = coverage(corpus, corpus.register)
    told = [note for note in result.notes if "no visit" in note]
    assert [note.split()[0] for note in told] == ([str(len(lost))] if lost else [])
    kept = Corpus([source for source in corpus if source not in lost], corpus.register)
    assert coverage(kept, corpus.register).table.equals(result.table)


def test_a_register_without_visits_gives_a_total_of_noughts():
    table = coverage(Corpus(), Register()).table
    assert table.index.tolist() == ["total"]
    assert table.loc["total"].drop("name").tolist() == [0, 0, 0, 0]
