"""What Word writes in a page its own way: marks of items, tabulations."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

__all__ = ["ends_mark", "is_mark", "is_numbered", "level", "tabulations"]

_TABS: Final = re.compile(r"mso-tab-count\s*:\s*(\d{1,2})")
#: The blank that Word writes between the mark of an item and its words.
_AFTER_MARK: Final = re.compile(r"font\s*:\s*7(?:\.0)?pt\s+[\"']?Times New Roman", re.IGNORECASE)
_MARK: Final = re.compile(r"\(?[\w.]{1,12}[.)°]?|[^\w\s]{1,2}")
_NUMBERED: Final = re.compile(r"\d|[A-Za-z]+[.)]|[ivxlcIVXLC]{2,}")
_LEVEL: Final = re.compile(r"mso-list\s*:[^;]*\blevel(\d)")
_MARGIN: Final = re.compile(r"margin-left\s*:\s*(\d{1,4})(?:\.\d+)?pt")
_INDENT: Final = 36


def tabulations(span: etree._Element) -> str:
    """Return the tabulations that a span stands for."""
    found = _TABS.search(span.get("style", ""))
    return "\t" * int(found[1]) if found else ""


def ends_mark(span: etree._Element) -> bool:
    """Tell whether a span is the blank that follows the mark of an item."""
    return _AFTER_MARK.search(span.get("style", "")) is not None and not any(
        str(piece).strip() for piece in span.itertext()
    )


def is_mark(words: str) -> bool:
    """Tell whether words may be the mark of an item: a number or a bullet.

    Examples
    --------
    >>> is_mark("2.1."), is_mark("·"), is_mark("Une phrase")
    (True, True, False)
    """
    return _MARK.fullmatch(words) is not None


def is_numbered(mark: str) -> bool:
    """Tell whether a mark is a number; a lone « o » is a bullet of Word's.

    Examples
    --------
    >>> is_numbered("a)"), is_numbered("iv"), is_numbered("o"), is_numbered("§")
    (True, True, False, False)
    """
    return _NUMBERED.search(mark) is not None


def level(paragraph: etree._Element) -> int:
    """Return the level of an item, from its style."""
    style = paragraph.get("style", "")
    said = _LEVEL.search(style)
    if said:
        return max(1, int(said[1]))
    margin = _MARGIN.search(style)
    return max(1, round(int(margin[1]) / _INDENT)) if margin else 1
