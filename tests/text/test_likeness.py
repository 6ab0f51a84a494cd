"""Telling a corrected note from another note."""

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.text.likeness import containment

WORDS = st.lists(st.sampled_from(["le", "la", "maire", "projet", "visite", "école"]), max_size=30)


def naive(first: list[str], second: list[str]) -> float:
    """By the definition, with lists."""
    runs = []
    for words in (first, second):
        size = min(4, len(words))
        starts = range(len(words) - size + 1) if words else ()
        runs.append({tuple(words[start : start + size]) for start in starts})
    shorter, longer = sorted(runs, key=len)
    if not shorter:
        return float(first == second)
    return sum(run in longer for run in shorter) / len(shorter)


@given(WORDS, WORDS)
def test_containment_is_the_share_of_common_runs_of_four_words(first, second):
    assert containment(" ".join(first), " ".join(second)) == naive(first, second)


@given(WORDS, WORDS)
def test_containment_is_symmetrical_and_between_nought_and_one(first, second):
    share = containment(" ".join(first), " ".join(second))
    assert 0 <= share <= 1
    assert share == containment(" ".join(second), " ".join(first))


@given(WORDS, WORDS)
def test_a_note_holds_each_of_its_long_stretches_whatever_signs_and_case(note, more):
    if len(note) >= 4:
        longer = ", ".join([*more, *note, *more])
        assert containment(" ".join(note).upper(), longer) == 1


@given(WORDS)
def test_a_text_is_like_itself(words):
    assert containment(" ".join(words), " ".join(words)) == 1


def test_one_word_corrected_in_a_long_note_leaves_it_the_same_note():
    note = " ".join(f"mot{n}" for n in range(200))
    assert containment(note, note.replace("mot100", "corrigé")) > 0.9
    assert containment(note, " ".join(f"autre{n}" for n in range(200))) == 0
