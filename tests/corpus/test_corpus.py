"""A corpus selects its sources by what the register says of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.register import VISIT_KINDS
from cpit_research.model.segment import Segment
from cpit_research.model.source import SOURCE_KINDS

CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "visit_kind": st.sampled_from(VISIT_KINDS),
        "territory": st.sampled_from(["T1", "T3"]),
        "visit": st.sampled_from(["V0", "V9", ""]),
        "participant": st.sampled_from(["P1", "P2"]),
        "researcher": st.just("R1"),
        "kind": st.sampled_from(SOURCE_KINDS),
    },
)


def fits(source, corpus, told) -> bool:
    visit = next((v for v in corpus.register.visits if v.id == source.visit), None)
    held = {
        "visit_kind": {visit.kind} if visit else set(),
        "visit": {visit.id} if visit else set(),
        "territory": set(visit.territories) if visit else set(),
        "participant": set(visit.participants) if visit else set(),
        "researcher": set(visit.researchers) if visit else set(),
        "kind": {source.kind},
    }
    return all(value in held[name] for name, value in told.items())


@given(st.data(), CONDITIONS)
def test_a_selection_keeps_the_sources_that_fit_in_their_order(drawn_codings, data, told):
    corpus = data.draw(drawn_codings).corpus
    assert list(corpus.where(**told)) == [s for s in corpus if fits(s, corpus, told)]
    assert corpus.where(**told).register is corpus.register


@given(st.data())
def test_an_empty_word_is_a_condition_that_nothing_fits(drawn_codings, data):
    codings = data.draw(drawn_codings)
    assert len(codings.corpus.where(visit="")) == len(codings.where(visit="")) == 0
    assert len(codings.corpus.where(territory="")) == len(codings.where(territory="")) == 0


@given(st.data())
def test_each_source_is_found_by_its_id_its_path_and_its_name(drawn_codings, data):
    corpus = data.draw(drawn_codings).corpus
    for source in corpus:
        assert corpus[source.id] is corpus.get(source.id) is source
        assert corpus.at(source.path) is corpus.at(source.path.rsplit("/", 1)[-1]) is source
        assert source.id in corpus


@given(st.data(), st.randoms())
def test_the_fingerprint_follows_the_versions_and_not_their_order(drawn_codings, data, random):
    corpus = data.draw(drawn_codings).corpus
    shuffled = random.sample(corpus.sources, len(corpus))
    assert Corpus(shuffled).fingerprint == corpus.fingerprint
    assert Corpus(shuffled[1:]).fingerprint != corpus.fingerprint


@given(st.data())
def test_a_quotation_is_the_words_of_its_segment_counted_in_code_points(drawn_codings, data):
    corpus = data.draw(drawn_codings).corpus
    source = data.draw(st.sampled_from(corpus.sources))
    for at, character in enumerate(source.text):
        assert corpus.quote(Segment(source.id, at, at + 1)) == character


@given(st.data())
def test_what_a_corpus_does_not_hold_is_said_with_what_is_near(drawn_codings, data):
    corpus = data.draw(drawn_codings).corpus
    with pytest.raises(NotFound, match="s99"):
        corpus["s99"]
    with pytest.raises(NotFound, match=r"note \d\.md"):
        corpus.at("dossier/note 00.md")
    with pytest.raises(InvalidInput, match="field_note"):
        corpus.where(kind="field_notes")
