"""The body of an OpenDocument text laid out: paragraphs, lists, tables, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from cpit_research.formats.received.draft import Draft
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
from cpit_research.formats.received.words import Words
from cpit_research.model.structure import Part, PartKind

__all__ = ["OpenBody"]

_LIST: Final = TEXT + "list"
_ITEM: Final = TEXT + "list-item"
_HEADER: Final = TEXT + "list-header"
_NUMBERED: Final = TEXT + "numbered-paragraph"
_HIDING: Final = TEXT + "display"
_DEEPEST: Final = 10


class Block(NamedTuple):
    """A paragraph, a table or a drawing; of a list, its depth and the number of its item."""

    element: etree._Element
    depth: int = 0
    label: str = ""


class OpenBody:
    """Writes the blocks of a document into a draft, in order.

    Attributes
    ----------
    boxes : int
        Text boxes met.
    calls : list of (str, int, int)
        Kind, rank and offset of each call of a note, in order.
    """

    def __init__(self, draft: Draft, styles: OpenStyles, inlines: OpenWordsReader) -> None:
        self.boxes = 0
        self.calls: list[tuple[str, int, int]] = []
        self._draft = draft
        self._styles = styles
        self._inlines = inlines
        self._lists = OpenLists(styles)
        self._grid = OpenTables()
        self._paragraphs = 0
        self._tables = 0

    def write(self, body: etree._Element) -> None:
        """Write every block of `body`."""
        for block in self._flow(body):
            if block.element.tag in {PARAGRAPH, HEADING}:
                self._paragraphs += 1
            self._block(block, f"paragraph {self._paragraphs}")

    def words(self, parent: etree._Element) -> Words:
        """Return what a cell, a note or a page header says, as one stretch of words."""
        words = Words()
        self._gather(parent, words)
        return words

    def settle(self, words: Words, start: int) -> None:
        """Set aside the marks of `words`, written at `start`, and note the calls of notes."""
        for mark, at in words.anchored(start):
            if mark.kind in {"footnote", "endnote"}:
                self.calls.append((mark.kind, int(mark.words), at))
            else:
                self._draft.aside(mark.kind, mark.words, author=mark.author, at=at)

    def _flow(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the paragraphs, tables and drawings under `parent`."""
        for child in parent:
            tag = child.tag
            if tag in SILENT:
                continue
            if tag == HEADING:
                level = count(child, TEXT + "outline-level", 1, _DEEPEST)
                yield Block(child, label=self._lists.heading(child, level))
            elif tag in {PARAGRAPH, TABLE_ELEMENT, CHANGE} or is_drawing(child):
                yield Block(child)
            elif tag == _LIST:
                yield from self._list(child, self._lists.outermost(child))
            elif tag == _NUMBERED:
                yield from self._item(child, self._lists.numbered_paragraph(child))
            else:
                self._inlines.met["hidden"] += child.get(_HIDING) == "none"
                yield from self._flow(child)

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
                yield Block(child, listed.rank + 1, label)
            elif child.tag == _LIST:
                yield from self._list(child, listed.inside(child))
            elif child.tag == TABLE_ELEMENT or is_drawing(child):
                yield Block(child)
            elif child.tag not in SILENT:
                yield from self._flow(child)

    def _block(self, block: Block, place: str) -> None:
        element = block.element
        if element.tag == TABLE_ELEMENT:
            self._table(element)
            return
        words = Words()
        if element.tag in {PARAGRAPH, HEADING}:
            self._inlines.read(element, words)
            self._inlines.met["number"] += bool(block.label)
            kind, level = self._kind(block)
            start = self._draft.block(kind, words.text, place, level=level, label=block.label)
        else:
            self._anchored(element, words)
            start = self._draft.end
        self.settle(words, start)
        for box in words.boxes:
            self.boxes += 1
            place = f"text box {self.boxes}"
            for inside in self._flow(box):
                self._block(inside, place)

    def _kind(self, block: Block) -> tuple[PartKind, int]:
        element = block.element
        if element.tag == HEADING:
            return "heading", count(element, TEXT + "outline-level", 1, _DEEPEST) or 1
        heading = self._styles.heading(element.get(TEXT + "style-name", ""))
        if heading:
            return "heading", heading
        return ("list_item", block.depth) if block.depth else ("paragraph", 0)

    def _anchored(self, element: etree._Element, words: Words) -> None:
        """Read what stands between blocks: a drawing, or the place of removed paragraphs."""
        if element.tag == CHANGE:
            self._inlines.change(element, words)
        else:
            self._inlines.drawing(element, words)

    def _table(self, table: etree._Element) -> None:
        """Write a table, one row a line, its cells separated by a tab."""
        self._tables += 1
        for number, row in enumerate(self._grid.rows(table), start=1):
            write = self._draft.line
            for column, cell in row:
                words = self.words(cell)
                start, end = write(words.trimmed("\n"))
                place = f"table {self._tables}, row {number}, column {column}"
                self._draft.parts.append(Part("cell", start, end, place=place))
                self.settle(words, start)
                write = self._draft.cell

    def _gather(self, parent: etree._Element, words: Words) -> None:
        """Add the paragraphs of `parent`, tables and text boxes flattened, a line each."""
        separator = ""
        for block in self._flow(parent):
            element = block.element
            if element.tag not in {PARAGRAPH, HEADING, TABLE_ELEMENT}:
                self._anchored(element, words)
            else:
                words.pieces.append(separator)
                separator = "\n"
            if element.tag == TABLE_ELEMENT:
                self._flatten(element, words)
            elif element.tag in {PARAGRAPH, HEADING}:
                self._number(block, words)
            boxes, words.boxes = words.boxes, []
            for box in boxes:
                self.boxes += 1
                words.pieces.append("\n")
                self._gather(box, words)

    def _number(self, block: Block, words: Words) -> None:
        """Add the words of a paragraph, its list number before them."""
        head = len(words.pieces)
        words.pieces.append("")
        self._inlines.read(block.element, words)
        if block.label:
            self._inlines.met["number"] += 1
            said = any(piece.strip() for piece in words.pieces[head + 1 :])
            words.pieces[head] = block.label + " " * said

    def _flatten(self, table: etree._Element, words: Words) -> None:
        line = ""
        for row in self._grid.rows(table):
            separator = line
            for _column, cell in row:
                words.pieces.append(separator)
                self._gather(cell, words)
                separator = "\t"
            line = "\n"
