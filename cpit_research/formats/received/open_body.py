"""The blocks of an OpenDocument text: paragraphs, lists, tables, drawings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.office_body import Block, OfficeBody, Row
from cpit_research.formats.received.open_lists import OpenList, OpenLists
from cpit_research.formats.received.open_styles import OpenStyles
from cpit_research.formats.received.open_tables import TABLE_ELEMENT, OpenTables
from cpit_research.formats.received.open_words import (
    CHANGE,
    HEADING,
    PARAGRAPH,
    SILENT,
    OpenWordsReader,
    is_drawing,
)
from cpit_research.formats.received.open_xml import TEXT, count
from cpit_research.formats.received.words import Mark, Words

__all__ = ["OpenBody"]

_LIST: Final = TEXT + "list"
_ITEM: Final = TEXT + "list-item"
_HEADER: Final = TEXT + "list-header"
_NUMBERED: Final = TEXT + "numbered-paragraph"
_HIDING: Final = TEXT + "display"
_DEEPEST: Final = 10


class OpenBody(OfficeBody):
    """Writes the blocks of an OpenDocument text into a draft, in order.

    Attributes
    ----------
    called : list of (str, int, int)
        Kind, rank and offset of each call of a note, in order.
    """

    def __init__(self, draft: Draft, styles: OpenStyles, inlines: OpenWordsReader) -> None:
        super().__init__(draft, inlines.met)
        self.called: list[tuple[str, int, int]] = []
        self._styles = styles
        self._inlines = inlines
        self._lists = OpenLists(styles)
        self._tables_met = OpenTables()

    def flow(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the blocks under `parent`."""
        for child in parent:
            tag = child.tag
            if tag == HEADING:
                yield self._paragraph(child, label=self._lists.heading(child, _level(child)))
            elif tag == PARAGRAPH:
                yield self._paragraph(child)
            elif tag == _LIST:
                yield from self._list(child, self._lists.outermost(child))
            elif tag == _NUMBERED:
                yield from self._item(child, self._lists.numbered_paragraph(child))
            else:
                yield from self._other(child)

    def read(self, block: Block, words: Words) -> None:
        """Add what a paragraph says to `words`, or what is anchored between two."""
        element = block.elements[0]
        if block.kind != "anchor":
            self._inlines.read(element, words)
        elif element.tag == CHANGE:
            self._inlines.change(element, words)
        else:
            self._inlines.drawing(element, words)

    def rows(self, table: etree._Element) -> Iterator[Row]:
        """Yield the rows of a table as they are seen."""
        return self._tables_met.rows(table)

    def calls(self, mark: Mark, at: int) -> bool:
        """Note where a note is called; tell whether the mark is its call."""
        called = mark.kind in {"footnote", "endnote"}
        if called:
            self.called.append((mark.kind, int(mark.words), at))
        return called

    def _paragraph(self, element: etree._Element, depth: int = 0, label: str = "") -> Block:
        """Return a paragraph or heading; `depth` is the one of its list, 0 outside lists."""
        if element.tag == HEADING:
            return Block((element,), "heading", _level(element) or 1, label)
        heading = self._styles.heading(element.get(TEXT + "style-name", ""))
        if heading:
            return Block((element,), "heading", heading, label)
        return Block((element,), "list_item" if depth else "paragraph", depth, label)

    def _list(self, parent: etree._Element, listed: OpenList) -> Iterator[Block]:
        for item in parent.iterchildren(_ITEM, _HEADER):
            yield from self._item(item, listed)

    def _item(self, item: etree._Element, listed: OpenList) -> Iterator[Block]:
        """Yield the blocks of an item: its first paragraph has its number, unless a header."""
        numbered = item.tag == _HEADER
        for child in item:
            if child.tag in {PARAGRAPH, HEADING}:
                label = "" if numbered else self._lists.item(listed, item, child)
                numbered = True
                yield self._paragraph(child, listed.rank + 1, label)
            elif child.tag == _LIST:
                yield from self._list(child, listed.inside(child))
            else:
                yield from self._other(child)

    def _other(self, child: etree._Element) -> Iterator[Block]:
        """Yield the blocks of what is neither a paragraph nor a list."""
        if child.tag == TABLE_ELEMENT:
            yield Block((child,), "table", paragraphs=0)
        elif child.tag == CHANGE or is_drawing(child):
            yield Block((child,), "anchor", paragraphs=0)
        elif child.tag not in SILENT:
            self.met["hidden"] += child.get(_HIDING) == "none"
            yield from self.flow(child)


def _level(heading: etree._Element) -> int:
    return count(heading, TEXT + "outline-level", 1, _DEEPEST)
