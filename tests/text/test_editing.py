"""Edits at known places: what stands where is told without a search, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from cpit_research.text.editing import Edit, composed, edge, joins, narrowed, placed

LETTERS = st.text(alphabet="aé 🌾,’", min_size=1, max_size=12)


@st.composite
def edited(draw, old=None):
    """A text, one that it was edited to, and the edits."""
    old = draw(LETTERS) * 3 if old is None else old
    cuts = sorted(draw(st.sets(st.integers(0, len(old)), max_size=8)))
    edits, new, reached = [], "", 0
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        words = draw(LETTERS)
        edits.append(Edit(start, end, len(words)))
        new += old[reached:start] + words
        reached = end
    return old, new + old[reached:], tuple(edits)


@given(edited())
def test_edits_join_the_texts_that_they_lead_between_and_no_others(drawn):
    old, new, edits = drawn
    assert joins(old, new, edits)
    assert not joins(old, new + "z", edits)
    assert not joins(old + "z", new, edits)
    if edits:
        assert not joins(old, "z" + new[1:], edits) or edits[0].start == 0


@given(edited(), st.data())
def test_a_passage_keeps_its_words_or_covers_whole_what_the_edited_ones_became(drawn, data):
    old, new, edits = drawn
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    low, high = placed(edits, start, end)
    assert 0 <= low < high <= len(new)
    touched = [edit for edit in edits if edit.start < end and start < edit.end]
    if not touched:
        assert new[low:high] == old[start:end]
    for edit in touched:
        first = edge(edits, edit.start)
        assert low <= first
        assert first + edit.length <= high
    if touched and touched[0].start >= start:
        assert new[low:].startswith(old[start : touched[0].start])


@given(edited(), st.data())
def test_edits_one_after_the_other_compose(drawn, data):
    old, middle, first = drawn
    _middle, new, then = data.draw(edited(middle))
    whole = composed(first, then)
    assert joins(old, new, whole)
    assert composed((), then) == then
    assert composed(first, ()) == first
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    low, high = placed(then, *placed(first, start, end))
    at_once = placed(whole, start, end)
    assert at_once[0] <= low
    assert high <= at_once[1]


@given(LETTERS, LETTERS)
def test_a_narrowed_change_says_the_same_in_fewer_words(passage, words):
    start, end, new = narrowed(passage, words)
    assert passage[:start] + new + passage[end:] == words
    if passage.strip() and words.strip():
        assert passage[start:end].strip()
        assert new.strip()


def test_a_narrowed_change_is_of_whole_words():
    assert narrowed("L’agneda est vide.", "L’agenda est vide.") == (2, 8, "agenda")
    assert narrowed("la la salle", "la salle") == (0, 5, "la")
    assert narrowed("la salle", "la salle vide") == (3, 8, "salle vide")
    assert narrowed("neuf", "9") == (0, 4, "9")
