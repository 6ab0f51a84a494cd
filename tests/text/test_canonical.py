"""One form of a text, whoever saved it and with what."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from cpit_research.text.canonical import canonical
from cpit_research.text.layout import Layout

ANY = st.text(st.characters())  # lone surrogates too: a decoder may leave some
LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\ufeff")), min_size=1)
NOTE = st.lists(
    st.sampled_from(["é", "e\u0301", "🌾", "ﬁ", "\ufeff", "\r", "\n", "\r\n", "\u0301", " a"])
).map("".join)


@given(ANY | NOTE)
@example("\ufeff\ufeffVisite")
@example("\ufeff\r\u0301")
def test_canonical_text_is_its_own_canonical_text(raw):
    once = canonical(raw)
    assert canonical(once) == once


@given(ANY | NOTE)
def test_canonical_text_is_composed_has_unix_lines_and_can_be_stored(raw):
    text = canonical(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.encode("utf-8").decode("utf-8") == text


@given(LINES)
def test_the_same_note_saved_by_any_editor_gives_the_same_text(lines):
    wanted = canonical("\n".join(lines))
    for end in ("\n", "\r\n", "\r"):
        for form in ("NFC", "NFD"):
            saved = unicodedata.normalize(form, end.join(lines))
            assert canonical(saved) == wanted
            assert canonical(f"\ufeff{saved}") == wanted


@given(st.lists(st.tuples(st.sampled_from(["\n", "\t", "\n\n"]), ANY | NOTE)))
def test_each_range_of_a_layout_gives_back_its_piece(pieces):
    layout = Layout()
    placed = [(layout.join(separator, raw), raw) for separator, raw in pieces]
    assert [layout.text[start:end] for (start, end), _raw in placed] == [
        canonical(raw) for _range, raw in placed
    ]
    assert layout.end == len(layout.text)


@given(st.lists(ANY | NOTE, min_size=1))
def test_a_layout_holds_its_lines_and_nothing_else(lines):
    layout = Layout()
    ranges = [layout.line(line) for line in lines]
    assert layout.text == "\n".join(canonical(line) for line in lines)
    assert sorted(ranges) == ranges


@given(st.lists(NOTE, min_size=1))
@example(["", "\ufeffa"])
def test_a_text_laid_out_is_canonical(lines):
    layout = Layout()
    for line in lines:
        layout.line(line)
    assert canonical(layout.text) == layout.text
