"""Fields nested in the instructions of other fields: what they give is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from cpit_research.formats.received.word_xml import W

__all__ = ["silence_instructions"]

_BOUND: Final = W + "fldChar"
_TYPE: Final = W + "fldCharType"
_TEXT: Final = W + "t"


def silence_instructions(story: etree._Element) -> None:
    """Empty the words that stand between the beginning of a field and its result.

    Instructions are no words for the readers; the result of a field nested in them would be.
    """
    if _nested(story):
        for element in list(_instructed(story)):
            element.text = ""


def _nested(story: etree._Element) -> bool:
    before = ""
    for bound in story.iter(_BOUND):
        kind = bound.get(_TYPE, "")
        if before == kind == "begin":
            return True
        before = kind
    return False


def _instructed(story: etree._Element) -> Iterator[etree._Element]:
    """Yield the text elements of instructions; a field that never ends silences nothing."""
    opened: list[list[etree._Element] | None] = []  # None: its result has begun
    outer: list[etree._Element] | None = None  # the outermost whose instruction goes on
    for element in story.iter(_BOUND, _TEXT):
        if element.tag == _TEXT:
            if outer is not None:
                outer.append(element)
            continue
        kind = element.get(_TYPE, "")
        if kind == "begin":
            opened.append([])
            outer = opened[-1] if outer is None else outer
        elif kind in {"separate", "end"} and opened:
            ended = opened.pop()
            yield from ended or ()
            outer = None if ended is outer else outer
            if kind == "separate":
                opened.append(None)
