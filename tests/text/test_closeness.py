"""Names that are nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpit_research.text.closeness import nearest, within_one_edit

WORDS = st.text("abcé", max_size=6)


def distance(first: str, second: str) -> int:
    """Optimal string alignment, by the book."""
    rows = [[0] * (len(second) + 1) for _row in range(len(first) + 1)]
    for i in range(len(first) + 1):
        for j in range(len(second) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            best = min(
                rows[i - 1][j] + 1,
                rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (first[i - 1] != second[j - 1]),
            )
            if i > 1 and j > 1 and first[i - 2 : i] == second[j - 2 : j][::-1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]


@st.composite
def neighbours(draw):
    """Two words that a few edits part."""
    first = second = draw(WORDS)
    for _time in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(second)))
        before, after = second[:at], second[at:]
        second = draw(
            st.sampled_from(
                [before + after[1:], before + after[1::-1] + after[2:], f"{before}x{after[1:]}",
                 f"{before}x{after}"]
            )
        )  # fmt: skip
    return first, second


@given(neighbours() | st.tuples(WORDS, WORDS))
def test_within_one_edit_is_the_distance_of_the_textbook(words):
    first, second = words
    assert within_one_edit(first, second) == (distance(first, second) <= 1)
    assert within_one_edit(first, second) == within_one_edit(second, first)


@given(WORDS, st.integers(0, 6), st.sampled_from("xyz"))
def test_one_letter_more_is_one_edit(word, at, letter):
    assert within_one_edit(word, word[:at] + letter + word[at:])


@pytest.mark.parametrize("written", ["teritoire", "TERRITOIRE", "territoires", "Térritoire"])
def test_the_nearest_name_forgives_a_slip(written):
    assert nearest(written, ["visite", "territoire", "date"]) == "territoire"


@given(st.lists(st.text(min_size=1), min_size=1))
def test_the_nearest_of_names_is_one_of_them_or_none(names):
    assert nearest("territoire", names) in {*names, None}


def test_nothing_is_near_nothing():
    assert nearest("territoire", []) is None
    assert nearest("xyz", ["territoire"]) is None
