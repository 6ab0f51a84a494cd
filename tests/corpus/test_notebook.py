"""What a notebook shows of a corpus and of codings: their counts, never their words."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns, Words
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.code import Code
from cpit_research.model.grid import Grid
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.wording import use_language

MARKUP = "<b>&\"'</b>"


@pytest.fixture(autouse=True)
def in_english():
    with use_language("en"):
        yield


def fact(shown: str, name: str) -> str:
    return re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", shown)[1]


@given(st.data())
def test_every_coding_is_counted_once_by_who_put_it(drawn_codings, data):
    codings = data.draw(drawn_codings)
    shown = codings._repr_html_()
    assert f"<h4>{len(codings)} coding" in shown
    if len(codings):
        counts = re.findall(r"(\w) \((\d+)\)", fact(shown, "Coded by"))
        listed = [coding.coder for coding in codings]
        assert {who: int(n) for who, n in counts} == {who: listed.count(who) for who in {*listed}}
    shared = sum(len({c.coder for c in codings if c.segment.source == one.id}) > 1
                 for one in codings.corpus)  # fmt: skip
    assert fact(shown, "Read by several coders") == str(shared)


@given(st.data())
def test_a_study_says_what_is_left_out_and_a_selection_why_it_is_settled(drawn_codings, data):
    codings = data.draw(drawn_codings)
    codings.left_out = {"debt": 7}
    settled = codings.where(settled=True)
    shown = settled._repr_html_()
    assert "7 codings that" in codings._repr_html_()
    assert "7 codings that" not in shown
    assert (f"{len(settled)} settled coding" in shown) == bool(len(settled))


@given(st.data())
def test_no_word_of_a_note_is_shown(drawn_codings, data):
    codings = data.draw(drawn_codings)
    for source in codings.corpus:
        source_text = source.text.strip()
        for shown in (codings._repr_html_(), codings.corpus._repr_html_()):
            assert len(source_text) < 6 or source_text not in shown


def test_the_names_of_coders_are_not_markup():
    grid = Grid("g", MARKUP, codes=(Code("S1", "a"),))
    columns = _columns(3, sources=1, coders=[MARKUP])
    shown = Codings(columns, _corpus(1), grid)._repr_html_()
    assert "<b>" not in shown
    assert shown.count("&lt;b&gt;") == 2


def test_a_corpus_says_its_documents_words_and_kinds():
    shown = _corpus(2)._repr_html_()
    assert "<h4>2 documents, 6 words</h4>" in shown
    assert fact(shown, "Kind") == "Field note (2)"
    assert "0 documents" in Corpus()._repr_html_()


def test_three_hundred_thousand_codings_are_shown_in_few_characters():
    coders = [f"c{n}" for n in range(20)]
    columns, corpus = _columns(300_000, sources=2000, coders=coders), _corpus(2000)
    grid = Grid("g", "v1", codes=(Code("S1", "a"),))
    shown = corpus._repr_html_() + Codings(columns, corpus, grid)._repr_html_()
    assert len(shown) < 4000
    assert "others (" in shown


def _corpus(n: int) -> Corpus:
    return Corpus(
        Source(f"s{at}", f"v{at}", f"{at}.md", "field_note", "Il pleut ici", Structure(), "",
               "md/1", words=3)
        for at in range(n)
    )  # fmt: skip


def _columns(n: int, *, sources: int, coders: list[str]) -> CodingColumns:
    """Codings of a few hundred notes a coder."""
    ids = np.empty(n, object)
    ids[:] = [at.to_bytes(16, "big") for at in range(n)]
    source = np.arange(n, dtype=np.int32) % sources
    coder = (np.arange(n) // sources % 3 + source) % len(coders)
    same = np.zeros(n, np.int32)
    return CodingColumns(
        ids,
        Words(tuple(f"s{at}" for at in range(sources)), source),
        Words(tuple(f"v{at}" for at in range(sources)), source),
        np.zeros(n, np.int64),
        np.ones(n, np.int64),
        Words(("S1",), same),
        Words(tuple(coders), coder.astype(np.int32)),
        Words(("v1",), same),
    )
