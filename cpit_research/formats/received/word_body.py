"""The body of a Word document laid out: paragraphs, tables, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.word_styles import ParagraphStyles, W, mark_removed
from cpit_research.formats.received.word_words import (
    ALTERNATE,
    COMMENT_START,
    INSERTED,
    PARAGRAPH,
    REMOVED,
    Words,
    WordsReader,
    author,
    branch,
    identifier,
    removed_words,
)
from cpit_research.model.structure import Part, PartKind

__all__ = ["Body"]

TABLE: Final = W + "tbl"
ROW: Final = W + "tr"
CELL: Final = W + "tc"
_EMBEDDED: Final = frozenset({W + "altChunk", W + "subDoc"})
_REMOVED_ROW: Final = f"{W}trPr/{W}del"
_SKIPPED_COLUMNS: Final = f"{W}trPr/{W}gridBefore"
_SPAN: Final = f"{W}tcPr/{W}gridSpan"
_MOST_COLUMNS: Final = 1_000


class Body:
    """Writes the blocks of a document into a draft, in order.

    Attributes
    ----------
    comments : dict of str to int
        Offset where each comment is anchored, by id.
    notes : dict of (str, str) to int
        Offset where each footnote or endnote is called, by kind and id, in order.
    boxes : int
        Text boxes met.
    inlines : WordsReader
        Counts what was met inside paragraphs.
    """

    def __init__(self, draft: Draft, styles: ParagraphStyles) -> None:
        self.inlines = WordsReader()
        self.comments: dict[str, int] = {}
        self.notes: dict[tuple[str, str], int] = {}
        self.boxes = 0
        self._draft = draft
        self._styles = styles
        self._tracked = False
        self._carried: Words | None = None
        self._paragraphs = 0
        self._tables = 0

    def write(self, body: etree._Element) -> None:
        """Write every block of `body`."""
        self.inlines.sweep(body)
        self._tracked = next(body.iter(*REMOVED), None) is not None
        for block in self._flow(body):
            if block.tag == PARAGRAPH:
                self._paragraphs += 1
                self._paragraph(block, f"paragraph {self._paragraphs}")
            else:
                self._flush()
                self._table(block)
        self._flush()

    def words(self, parent: etree._Element) -> Words:
        """Return what a note, a comment or a page header says, as one stretch of words."""
        words = Words()
        self._gather(parent, words)
        return words

    def settle(self, words: Words, start: int) -> None:
        """Note where the marks of `words`, written at `start`, are anchored."""
        for mark, at in words.anchored(start):
            if mark.kind == "comment":
                self.comments.setdefault(mark.words, at)
            elif mark.kind in {"footnote", "endnote"}:
                self.notes.setdefault((mark.kind, mark.words), at)
            else:
                self._draft.aside(mark.kind, mark.words, author=mark.author, at=at)

    def _flow(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs and tables under `parent`, in the document once accepted."""
        for child in parent:
            tag = child.tag
            if tag in {PARAGRAPH, TABLE}:
                yield child
            elif tag in REMOVED:
                self._remove(child)
            elif tag in _EMBEDDED:
                self.inlines.met["embedded"] += 1
            elif tag == COMMENT_START:
                self.comments.setdefault(identifier(child), self._draft.end)
            elif tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    yield from self._flow(chosen)
            else:
                self.inlines.met["insertion"] += tag in INSERTED
                yield from self._flow(child)

    def _remove(self, element: etree._Element) -> None:
        self.inlines.met["deletion"] += 1
        removed = removed_words(element)
        if removed:
            self._draft.aside("deletion", removed, author=author(element), at=self._draft.end)

    def _paragraph(self, paragraph: etree._Element, place: str) -> None:
        words, self._carried = self._carried or Words(), None
        self.inlines.read(paragraph, words)
        if self._tracked and mark_removed(paragraph):
            self._carried = words
            return
        kind, level, numbered = self._styles.kind(paragraph)
        if numbered:
            self.inlines.met["number"] += 1
        self._write(kind, words, place, level)

    def _flush(self) -> None:
        """Write what a paragraph whose mark was removed still says, when nothing follows it."""
        words, self._carried = self._carried, None
        if words is not None and words.pieces:
            self._write("paragraph", words, f"paragraph {self._paragraphs}", 0)

    def _write(self, kind: PartKind, words: Words, place: str, level: int) -> None:
        start = self._draft.block(kind, words.text, place, level=level)
        if words.marks:
            self.settle(words, start)
        for box in words.boxes:
            self.boxes += 1
            place = f"text box {self.boxes}"
            for block in self._flow(box):
                if block.tag == PARAGRAPH:
                    self._paragraph(block, place)
                else:
                    self._table(block)

    def _table(self, table: etree._Element) -> None:
        """Write a table, one row a line, its cells separated by a tab."""
        self._tables += 1
        for number, row in enumerate(_through(table, ROW), start=1):
            if row.find(_REMOVED_ROW) is not None:
                self._remove(row)
                continue
            column, write = 1 + _count(row, _SKIPPED_COLUMNS, 0), self._draft.line
            for cell in _through(row, CELL):
                words = self.words(cell)
                start, end = write(words.trimmed("\n"))
                place = f"table {self._tables}, row {number}, column {column}"
                self._draft.parts.append(Part("cell", start, end, place=place))
                self.settle(words, start)
                column += _count(cell, _SPAN, 1)
                write = self._draft.cell

    def _gather(self, parent: etree._Element, words: Words) -> None:
        """Add the paragraphs of `parent`, tables and text boxes flattened, a line each."""
        separator = ""
        for block in self._flow(parent):
            words.pieces.append(separator)
            separator = "\n"
            if block.tag == TABLE:
                self._flatten(block, words)
                continue
            self.inlines.read(block, words)
            if mark_removed(block):
                separator = ""
            boxes, words.boxes = words.boxes, []
            for box in boxes:
                self.boxes += 1
                words.pieces.append("\n")
                self._gather(box, words)

    def _flatten(self, table: etree._Element, words: Words) -> None:
        line = ""
        for row in _through(table, ROW):
            if row.find(_REMOVED_ROW) is not None:
                self._remove(row)
                continue
            separator = line
            for cell in _through(row, CELL):
                words.pieces.append(separator)
                self._gather(cell, words)
                separator = "\t"
            line = "\n"


def _through(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row, content controls seen through."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in {TABLE, PARAGRAPH}:
            yield from _through(child, tag)


def _count(element: etree._Element, path: str, default: int) -> int:
    found = element.find(path)
    written = "" if found is None else found.get(W + "val", "")
    return min(int(written), _MOST_COLUMNS) if written.isdecimal() and len(written) < 6 else default
