"""Quoted words are found where they stand, and nowhere else."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cpit_research.text.canonical import canonical
from cpit_research.text.quotation import locate

TEXTS = st.text("abé🌾 \u00a0\u202f\n’'«\"-‑….:?", max_size=40).map(canonical)


def plain(words: str) -> str:
    """Words as someone who types them sees them."""
    for variants, one in (("’ʼ‘", "'"), ("«»“”„", '"'), ("‐‑‒–—", "-")):
        words = re.sub(f"[{variants}]", one, words)
    words = re.sub(r"\s+", " ", words.replace("…", "...")).strip()
    return re.sub(r" (?=[\":;!?])|(?<=\") ", "", words)


@given(TEXTS, TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_every_place_found_holds_the_words_and_stays_inside_its_bounds(text, words, start, length):
    for first, last in locate(text, words, start, start + length):
        assert start <= first < last <= min(len(text), start + length)
        assert plain(text[first:last]) == plain(words)


@given(TEXTS, st.data())
def test_words_taken_from_a_text_are_found_where_they_were_taken(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    if words.strip():
        shift = len(words) - len(words.lstrip())
        place = (start + shift, start + shift + len(words.strip()))
        assert place in locate(text, words)


@given(TEXTS, TEXTS)
@example("ababab", "abab")
def test_exact_words_are_found_at_every_place_even_where_they_overlap(text, words):
    exact = words.strip()
    naive = [
        (at, at + len(exact)) for at in range(len(text)) if exact and text.startswith(exact, at)
    ]
    if naive:
        assert locate(text, words) == naive


@given(TEXTS, st.data())
def test_words_retyped_with_plain_signs_are_found_again(text, data):
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    typed = plain(words)
    assume(".…" not in text)  # which three of four points typed are the one sign?
    if re.search(r"\w", typed):
        assert any(plain(text[a:b]) == typed for a, b in locate(text, typed))


@given(st.text("éüçeôy 🌾", min_size=1))
def test_words_pasted_in_decomposed_letters_are_found(words):
    text = canonical(f"Il dit : {words}.")
    for form in ("NFC", "NFD"):
        assert locate(text, unicodedata.normalize(form, words)) == locate(text, canonical(words))


@given(TEXTS)
def test_no_words_are_nowhere(text):
    assert locate(text, " \n\u00a0") == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("on n’a pas « le budget »", "n'a pas"),
        ("on n’a pas «\u00a0le budget\u00a0», dit-il", '"le budget", dit-il'),
        ('on n’a pas "le budget", dit-il', "« le budget », dit-il"),
        ("un porte‑à‑porte", "porte-à-porte"),
        ("il hésite… puis part", "hésite... puis"),
        ("il hésite... puis part", "hésite… puis"),
        ("la\u00a0réunion\u202f: vraiment\u202f?", "la réunion: vraiment?"),
        ("la réunion: vraiment?", "la réunion : vraiment ?"),
        ("première ligne\nseconde", "ligne seconde"),
        ("👩‍🌾 n’arrive pas", "n'arrive"),
    ],
)
def test_what_word_and_excel_change_while_one_types_does_not_matter(text, typed):
    ((start, end),) = locate(text, typed)
    assert plain(text[start:end]) == plain(typed)


def test_other_words_are_not_found():
    assert locate("le maire arrive", "la maire") == []
    assert locate("le maire arrive", "le maire arriva") == []
    assert locate("a.b", "a-b") == []
