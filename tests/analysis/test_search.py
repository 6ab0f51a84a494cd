"""A search finds every place where the words stand, and no other."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.analysis.search import search
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.source import Source
from cpit_research.model.structure import Structure
from cpit_research.text.canonical import canonical

TEXTS = st.lists(
    st.sampled_from(
        ["sécheresse", "Secheresse", "SE\u0301CHERESSE", "cœur", "Coeur", "🌾", " ", "x", "\n"]
    ),
    max_size=12,
).map("".join)
WANTED = st.sampled_from(["secheresse", "SÉCHERESSE", "coeur", "cœur", "x", "🌾", "coeur x"])


def corpus_of(*texts: str) -> Corpus:
    return Corpus(
        Source(f"s{n}", f"v{n}", f"{n}.md", "field_note", canonical(text), Structure(), "", "md/1")
        for n, text in enumerate(texts)
    )


def plain(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter, with the offset that each folded letter comes from."""
    folded, origin = [], []
    for at, character in enumerate(text):
        spelt = {"œ": "oe", "Œ": "oe"}.get(character, character)
        for letter in unicodedata.normalize("NFD", spelt.lower()):
            if not unicodedata.combining(letter):
                folded.append(" " if letter.isspace() else letter)
                origin.append(at)
    return "".join(folded), [*origin, len(text)]


def naive(text: str, words: str) -> list[tuple[int, int]]:
    """Fold, find, and go back to the offsets of the text."""
    folded, origin = plain(text)
    pattern = re.sub(" +", " +", re.escape(plain(words)[0]).replace("\\ ", " "))
    return [(origin[m.start()], origin[m.end() - 1] + 1) for m in re.finditer(pattern, folded)]


@given(st.lists(TEXTS, max_size=4), WANTED)
def test_a_search_finds_what_folding_then_finding_would(texts, words):
    corpus = corpus_of(*texts)
    found = search(corpus, words).table
    expected = [
        (source.id, start, end) for source in corpus for start, end in naive(source.text, words)
    ]
    assert list(zip(found.index, found["start"], found["end"], strict=True)) == expected


@given(st.lists(TEXTS, max_size=4), WANTED, st.integers(0, 9), st.booleans())
def test_each_row_shows_the_words_between_those_that_surround_them(texts, words, around, whole):
    corpus = corpus_of(*texts)
    for key, row in search(corpus, words, around=around, whole_words=whole).table.iterrows():
        text = corpus[key].text
        assert text[row.start : row.end] == row.quotation
        assert text[max(0, row.start - around) : row.start] == row.before
        assert text[row.end : row.end + around] == row.after
        assert row.source == corpus[key].path


@given(st.lists(TEXTS, max_size=4), WANTED)
def test_whole_words_are_some_of_all_the_places(texts, words):
    corpus = corpus_of(*texts)
    whole = search(corpus, words, whole_words=True).table
    every = search(corpus, words).table
    places = set(zip(every.index, every["start"], every["end"], strict=True))
    for key, row in whole.iterrows():
        text = f" {corpus[key].text} "
        assert (key, row.start, row.end) in places
        assert not text[row.start].isalnum()
        assert not text[row.end + 1].isalnum()


@pytest.mark.parametrize("words", ["", "  ", "\u0301"])
def test_nothing_finds_nothing_and_keeps_its_columns(words):
    table = search(corpus_of("Il pleut."), words).table
    assert len(table) == 0
    assert list(table.columns) == ["source", "start", "end", "before", "quotation", "after"]


def test_decomposed_accents_and_emoji_shift_nothing():
    text = "👩\u200d🌾 la se\u0301cheresse, puis 🌾 LA SÉCHERESSE"
    corpus = corpus_of(text)
    found = search(corpus, "la secheresse").table
    assert found["quotation"].tolist() == ["la sécheresse", "LA SÉCHERESSE"]
    assert found["start"].tolist() == [4, 26]
