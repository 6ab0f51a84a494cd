"""Two wordings compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.text.word_diff import word_diff

WORDS = st.lists(
    st.sampled_from(
        ["le", "maire", "l’élue", "peut-être", "n'", ",", ".", "«", "🌾", " ", "\n", " "]
    )
    | st.text(max_size=4),
    max_size=20,
).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_kept_and_removed_is_before_what_is_kept_and_added_is_after(before, after):
    found = word_diff(before, after)
    assert "".join(s.words for s in found if s.kind != "added") == before
    assert "".join(s.words for s in found if s.kind != "removed") == after
    assert all(stretch.words for stretch in found)


@given(WORDS)
def test_a_wording_differs_from_itself_in_nothing(words):
    assert all(stretch.kind == "kept" for stretch in word_diff(words, words))


def test_words_are_never_cut():
    found = word_diff("Le maire s’absente.", "La maire s’absentera.")
    changed = [(s.kind, s.words.strip()) for s in found if s.kind != "kept"]
    assert changed == [
        ("removed", "Le"),
        ("added", "La"),
        ("removed", "s’absente"),
        ("added", "s’absentera"),
    ]
