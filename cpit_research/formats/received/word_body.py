"""The blocks of a Word document, once its tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.office_body import Block, Cell, OfficeBody, Row
from cpit_research.formats.received.word_fields import silence_instructions
from cpit_research.formats.received.word_styles import ParagraphStyles
from cpit_research.formats.received.word_words import (
    ALTERNATE,
    COMMENT_START,
    INSERTED,
    PARAGRAPH,
    REMOVED,
    WordsReader,
    author,
    branch,
    identifier,
    removed_words,
)
from cpit_research.formats.received.word_xml import W
from cpit_research.formats.received.words import Mark, Words

__all__ = ["WordBody"]

TABLE: Final = W + "tbl"
ROW: Final = W + "tr"
CELL: Final = W + "tc"
_BLOCKS: Final = frozenset({PARAGRAPH, TABLE})
_EMBEDDED: Final = frozenset({W + "altChunk", W + "subDoc"})
_REMOVED_ROW: Final = f"{W}trPr/{W}del"
_REMOVED_CELL: Final = f"{W}tcPr/{W}cellDel"
_INSERTED_ROW: Final = f"{W}trPr/{W}ins"
_INSERTED_CELL: Final = f"{W}tcPr/{W}cellIns"
_REMOVED_MARKS: Final = tuple(f"{W}pPr/{W}rPr/{W}{change}" for change in ("del", "moveFrom"))
_SKIPPED_COLUMNS: Final = f"{W}trPr/{W}gridBefore"
_SPAN: Final = f"{W}tcPr/{W}gridSpan"
_MOST_COLUMNS: Final = 1_000


class WordBody(OfficeBody):
    """Writes the blocks of a Word document into a draft, in order.

    Attributes
    ----------
    comments : dict of str to int
        Offset where each comment is anchored, by id.
    notes : dict of (str, str) to int
        Offset where each footnote or endnote is called, by kind and id, in order.
    """

    def __init__(self, draft: Draft, styles: ParagraphStyles) -> None:
        self._inlines = WordsReader()
        super().__init__(draft, self._inlines.met)
        self.comments: dict[str, int] = {}
        self.notes: dict[tuple[str, str], int] = {}
        self._styles = styles
        self._joined: set[etree._Element] = set()

    def write(self, body: etree._Element) -> None:
        """Write every block of `body`."""
        self._enter(body)
        super().write(body)

    def story(self, parent: etree._Element) -> Words:
        """Return what a note, a comment or a page header says, its lists counted apart."""
        self._enter(parent)
        return self.words(parent)

    def flow(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the blocks under `parent`, paragraphs joined when the end of one is removed."""
        waiting: list[etree._Element] = []
        joined, kind_of = self._joined, self._styles.kind
        for child in self._children(parent):
            if child in joined:
                waiting.append(child)
            elif child.tag == PARAGRAPH:
                kind, level, label = kind_of(child)
                yield Block((*waiting, child), kind, level, label, len(waiting) + 1)
                waiting.clear()
            else:
                yield from _remains(waiting)
                yield Block((child,), "table", paragraphs=0)
        yield from _remains(waiting)

    def read(self, block: Block, words: Words) -> None:
        """Add what the paragraphs of `block` say to `words`."""
        for paragraph in block.elements:
            self._inlines.read(paragraph, words)

    def rows(self, table: etree._Element) -> Iterator[Row]:
        """Yield the rows of a table with their numbers, in the document once accepted."""
        for number, row in enumerate(_through(table, ROW), start=1):
            if row.find(_REMOVED_ROW) is None:
                self.met["insertion"] += row.find(_INSERTED_ROW) is not None
                yield Row(number, self._cells(row))
            else:
                self._remove(row)

    def calls(self, mark: Mark, at: int) -> bool:
        """Note where a comment is anchored, or a note called; tell whether it is one of them."""
        if mark.kind == "comment":
            self.comments.setdefault(mark.words, at)
        elif mark.kind in {"footnote", "endnote"}:
            self.notes.setdefault((mark.kind, mark.words), at)
        else:
            return False
        return True

    def _enter(self, story: etree._Element) -> None:
        silence_instructions(story)
        self._inlines.sweep(story)
        self._styles.enter(story)
        self._joined = set(_joined(story))

    def _children(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs and tables under `parent`, in the document once accepted."""
        for child in parent:
            tag = child.tag
            if tag in _BLOCKS:
                yield child
            elif tag in REMOVED:
                self._remove(child)
            elif tag in _EMBEDDED:
                self.met["embedded"] += 1
            elif tag == COMMENT_START:
                self.comments.setdefault(identifier(child), self.draft.end)
            elif tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    yield from self._children(chosen)
            else:
                self.met["insertion"] += tag in INSERTED
                yield from self._children(child)

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        column = 1 + _count(row, _SKIPPED_COLUMNS, 0)
        for cell in _through(row, CELL):
            if cell.find(_REMOVED_CELL) is None:
                self.met["insertion"] += cell.find(_INSERTED_CELL) is not None
                yield Cell(column, cell)
            else:
                self._remove(cell)
            column += _count(cell, _SPAN, 1)

    def _remove(self, element: etree._Element) -> None:
        self.met["deletion"] += 1
        removed = removed_words(element)
        if removed:
            self.draft.aside("deletion", removed, author=author(element), at=self.draft.end)


def _remains(waiting: list[etree._Element]) -> Iterator[Block]:
    """Yield what paragraphs leave that wait for another to join, and forget them."""
    if waiting:
        yield Block(tuple(waiting), "anchor", paragraphs=len(waiting))
        waiting.clear()


def _joined(story: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs that are joined to the next.

    A tracked change removed their end, or they hold the drop cap of the next one.
    """
    if next(story.iter(*REMOVED), None) is not None:
        for paragraph in story.iter(PARAGRAPH):
            if any(paragraph.find(mark) is not None for mark in _REMOVED_MARKS):
                yield paragraph
    for frame in story.iter(W + "framePr"):
        if frame.get(W + "dropCap", "none") != "none":
            yield from frame.iterancestors(PARAGRAPH)


def _through(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row, content controls seen through."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _BLOCKS:
            yield from _through(child, tag)


def _count(element: etree._Element, path: str, default: int) -> int:
    found = element.find(path)
    written = "" if found is None else found.get(W + "val", "")
    return min(int(written), _MOST_COLUMNS) if written.isdecimal() and len(written) < 6 else default
