"""The lists of an OpenDocument text: which continues which, and the numbers of their items."""

from __future__ import annotations

from typing import Final

from lxml import etree

from cpit_research.formats.received.numbering import Counters
from cpit_research.formats.received.open_styles import OpenStyles
from cpit_research.formats.received.open_xml import TEXT, XML_ID, count

__all__ = ["OpenList", "OpenLists"]

_LARGEST: Final = 32_767
_DEEPEST: Final = 10
_STYLE_NAME: Final = TEXT + "style-name"


class OpenList:
    """A list being read: its counters, its style, and how deep it is in other lists.

    Parameters
    ----------
    counters : Counters
        Shared with the lists around and inside it, and with those that it continues.
    style : str
        Name of its list style.
    rank : int
        0 for the outermost list.
    """

    __slots__ = ("counters", "rank", "style")

    def __init__(self, counters: Counters, style: str, rank: int = 0) -> None:
        self.counters = counters
        self.style = style
        self.rank = rank

    def inside(self, nested: etree._Element) -> OpenList:
        """Return the list that `nested` opens inside this one."""
        style = nested.get(_STYLE_NAME) or self.style
        return OpenList(self.counters, style, self.rank + 1)


class OpenLists:
    """Knows the lists met so far, and numbers items and headings."""

    __slots__ = ("_by_id", "_by_style", "_outline", "_styles")

    def __init__(self, styles: OpenStyles) -> None:
        self._styles = styles
        self._outline = Counters()
        self._by_id: dict[str | None, Counters] = {}
        self._by_style: dict[str, Counters] = {}

    def outermost(self, element: etree._Element) -> OpenList:
        """Return the outermost list that `element` opens: a new one, or one that goes on."""
        style = element.get(_STYLE_NAME, "")
        counters = self._by_id.get(element.get(TEXT + "continue-list"))
        if counters is None and element.get(TEXT + "continue-numbering") == "true":
            counters = self._by_style.get(style)
        return OpenList(self._known(element.get(XML_ID), style, counters), style)

    def numbered_paragraph(self, element: etree._Element) -> OpenList:
        """Return the list of a numbered paragraph, which stands in no list element."""
        name, style = element.get(TEXT + "list-id"), element.get(_STYLE_NAME, "")
        counters = self._by_id.get(name) if name else self._by_style.get(style)
        rank = max(0, count(element, TEXT + "level", 1, _DEEPEST) - 1)
        return OpenList(self._known(name, style, counters), style, rank)

    def _known(self, name: str | None, style: str, counters: Counters | None) -> Counters:
        """Remember the counters of a list, new ones if it has none, and return them."""
        counters = Counters() if counters is None else counters
        if name:
            self._by_id[name] = counters
        self._by_style[style] = counters
        return counters

    def item(self, listed: OpenList, item: etree._Element, paragraph: etree._Element) -> str:
        """Count an item, whose first paragraph is given, and return its label."""
        style = item.get(TEXT + "style-override") or listed.style
        if not style:
            style = self._styles.list_style(paragraph.get(_STYLE_NAME, "")) or ""
        return listed.counters.item(listed.rank, self._styles.levels(style), _start(item))

    def heading(self, heading: etree._Element, level: int) -> str:
        """Count a heading that stands in no list, and return its label."""
        unnumbered = self._styles.list_style(heading.get(_STYLE_NAME, "")) == ""
        if unnumbered or heading.get(TEXT + "is-list-header") == "true":
            return ""
        start = _start(heading)
        if heading.get(TEXT + "restart-numbering") == "true":
            self._outline.restart(level - 1)
        return self._outline.item(level - 1, self._styles.outline, start)


def _start(element: etree._Element) -> int | None:
    start = count(element, TEXT + "start-value", -1, _LARGEST)
    return None if start < 0 else start
