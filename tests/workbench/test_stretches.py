"""What codings cover, counted in columns, is what is covered one coding after the other."""

import sys
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.corpus.columns import CodingColumns, Words
from cpit_research.workbench.stretches import codes_borne, covered, joined, words_in

MARKS = st.lists(
    st.tuples(
        st.sampled_from(["s1", "s2", "s3"]),
        st.integers(0, 20),
        st.integers(1, 9),
        st.sampled_from(["S1", "S2", "B"]),
    ),
    max_size=20,
)


def columns(marks):
    words = Words.of(["" for _mark in marks])
    return CodingColumns(
        np.array([bytes([at]) * 16 for at in range(len(marks))], object),
        Words.of([source for source, *_rest in marks]),
        words,
        np.array([start for _source, start, *_rest in marks], np.int64),
        np.array([start + size for _source, start, size, _code in marks], np.int64),
        Words.of([code for *_rest, code in marks]),
        words,
        words,
    )


@given(MARKS, MARKS)
def test_stretches_of_several_sets_are_joined_by_note(some, others):
    expected = {
        source: joined(sorted((at, at + size) for key, at, size, _code in listed if key == source))
        for listed in [[*some, *others]]
        for source in {key for key, *_rest in listed}
    }
    assert covered(columns(some), columns(others)) == expected


@given(MARKS)
def test_codes_are_counted_by_note_in_their_order(marks):
    expected = {
        source: tuple(sorted(Counter(code for key, *_r, code in marks if key == source).items()))
        for source in {key for key, *_rest in marks}
    }
    assert codes_borne(columns(marks)) == expected


BLANKS = [chr(at) for at in range(sys.maxunicode + 1) if chr(at).isspace()]
#: Whatever parts words, what does not but looks like it, and what takes two units of UTF-16.
TEXTS = st.text(
    st.sampled_from([*BLANKS, *"aé’œ\u200b\ufeff\u3001\ud83c\0", "🌾", "𝐋"]) | st.characters()
)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), max_size=6))
def test_words_in_stretches_are_counted_as_they_are_split(text, spans):
    stretches = [(start, start + size) for start, size in spans]
    expected = sum(len(text[start:end].split()) for start, end in stretches)
    assert words_in(text, stretches) == expected


def test_every_character_of_unicode_parts_words_or_not_as_split_does():
    every = "".join(f"a{chr(at)}" for at in range(sys.maxunicode + 1))
    assert words_in(every, [(0, len(every))]) == len(every.split())
