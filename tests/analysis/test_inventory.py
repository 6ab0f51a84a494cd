"""Every document is listed, with its visit."""

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.analysis.inventory import inventory
from cpit_research.corpus.corpus import Corpus


@given(st.data())
def test_each_document_has_its_row(drawn_codings, data):
    corpus = data.draw(drawn_codings).corpus
    table = inventory(corpus).table
    assert table.index.tolist() == [source.id for source in corpus]
    for source in corpus:
        row, visit = table.loc[source.id], corpus.visit(source)
        assert (row["source"], row["kind"], row["words"]) == (
            source.path,
            source.kind,
            source.words,
        )
        assert row["visit"] == (visit.id if visit else "")
        assert row["visit_kind"] == (visit.kind if visit else "unknown")
        assert row["territory"] == ("; ".join(visit.territories) if visit else "")


@given(st.data())
def test_an_empty_corpus_has_the_same_columns(drawn_codings, data):
    corpus = data.draw(drawn_codings).corpus
    assert list(inventory(Corpus()).table.columns) == list(inventory(corpus).table.columns)
    assert len(inventory(Corpus()).table) == 0
