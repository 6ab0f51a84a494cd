"""The number that a browser writes before an item of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from cpit_research.formats.received.numbering import styled

__all__ = ["List"]

_STYLES: Final = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)")
_NUMBER: Final = re.compile(r"\s*([-+]?\d{1,9})")
_GOOGLE: Final = re.compile(r"\blst-\S+-(\d)(?!\S)")


@dataclass(slots=True)
class List:
    """A list being read: its depth, and the number of its next item."""

    element: etree._Element
    level: int
    at: int = 1
    step: int = 1

    @classmethod
    def of(cls, element: etree._Element, above: int) -> List:
        """Open a list that stands in `above` others."""
        named = _GOOGLE.search(element.get("class", ""))  # Google Docs never puts one in another
        opened = cls(element, int(named[1]) + 1 if named else above + 1)
        if element.tag == "ol":
            if element.get("reversed") is not None:
                opened.step = -1
                opened.at = sum(1 for _ in element.iterchildren("li"))
            opened.at = _integer(element.get("start"), opened.at)
        return opened

    def number(self, item: etree._Element) -> str:
        """Return what is written before `item`, ``""`` before one with a bullet, and count it."""
        if self.element.tag != "ol":
            return ""
        at = _integer(item.get("value"), self.at)
        self.at = at + self.step
        style = _style(item) or _style(self.element) or "decimal"
        return styled(at, style, after=".")


def _style(element: etree._Element) -> str:
    written = _STYLE.search(element.get("style", ""))
    return written[1] if written else _STYLES.get(element.get("type", ""), "")


def _integer(written: str | None, default: int) -> int:
    found = _NUMBER.match(written or "")
    return int(found[1]) if found else default
