"""Control characters are blanked without moving anything."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cpit_research.text.controls import blank_controls


@given(st.text(st.characters()))
def test_blanking_moves_no_offset_and_touches_nothing_else(text):
    blanked = blank_controls(text)
    assert len(blanked) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, blanked, strict=True))


@given(st.text(st.characters()))
def test_xml_holds_what_is_left(text):
    element = etree.Element("w")
    element.text = blank_controls(text)
    assert element.text == blank_controls(text)


@given(st.text(st.characters(categories=("L", "N", "P", "Zs"))) | st.just("a\t\n"))
def test_words_are_left_as_they_are(text):
    assert blank_controls(text) == text
