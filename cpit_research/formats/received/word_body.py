"""The body of a Word document laid out: paragraphs, tables, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from cpit_research.formats.received.draft import Draft
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
from cpit_research.formats.received.words import Words
from cpit_research.model.structure import Part, PartKind

__all__ = ["Body"]

TABLE: Final = W + "tbl"
ROW: Final = W + "tr"
CELL: Final = W + "tc"
_EMBEDDED: Final = frozenset({W + "altChunk", W + "subDoc"})
_REMOVED_ROW: Final = f"{W}trPr/{W}del"
_REMOVED_CELL: Final = f"{W}tcPr/{W}cellDel"
_INSERTED_ROW: Final = f"{W}trPr/{W}ins"
_INSERTED_CELL: Final = f"{W}tcPr/{W}cellIns"
_REMOVED_MARKS: Final = tuple(f"{W}pPr/{W}rPr/{W}{change}" for change in ("del", "moveFrom"))
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
        self._carried: Words | None = None
        self._joined: set[etree._Element] = set()
        self._paragraphs = 0
        self._tables = 0

    def write(self, body: etree._Element) -> None:
        """Write every block of `body`."""
        self._enter(body)
        for block in self._flow(body):
            if block.tag == PARAGRAPH:
                self._paragraphs += 1
                self._paragraph(block, f"paragraph {self._paragraphs}")
            else:
                self._flush()
                self._table(block)
        self._flush()

    def words(self, parent: etree._Element) -> Words:
        """Return what a cell says, as one stretch of words."""
        words = Words()
        self._gather(parent, words)
        return words

    def story(self, parent: etree._Element) -> Words:
        """Return what a note, a comment or a page header says, its lists counted apart."""
        self._enter(parent)
        return self.words(parent)

    def settle(self, words: Words, start: int) -> None:
        """Note where the marks of `words`, written at `start`, are anchored."""
        for mark, at in words.anchored(start):
            if mark.kind == "comment":
                self.comments.setdefault(mark.words, at)
            elif mark.kind in {"footnote", "endnote"}:
                self.notes.setdefault((mark.kind, mark.words), at)
            else:
                self._draft.aside(mark.kind, mark.words, author=mark.author, at=at)

    def _enter(self, story: etree._Element) -> None:
        silence_instructions(story)
        self.inlines.sweep(story)
        self._styles.enter(story)
        self._joined = set(_joined(story))

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
        if paragraph in self._joined:
            self._carried = words
            return
        kind, level, label = self._styles.kind(paragraph)
        self.inlines.met["number"] += bool(label)
        self._write(kind, words, place, level, label)

    def _flush(self) -> None:
        """Write what a paragraph whose mark was removed still says, when nothing follows it."""
        words, self._carried = self._carried, None
        if words is None:
            return
        if words.pieces or words.boxes:
            self._write("paragraph", words, f"paragraph {self._paragraphs}")
        else:
            self.settle(words, self._draft.end)

    def _write(
        self, kind: PartKind, words: Words, place: str, level: int = 0, label: str = ""
    ) -> None:
        start = self._draft.block(kind, words.text, place, level=level, label=label)
        if words.marks:
            self.settle(words, start)
        for box in words.boxes:
            self.boxes += 1
            place = f"text box {self.boxes}"
            for block in self._flow(box):
                if block.tag == PARAGRAPH:
                    self._paragraph(block, place)
                else:
                    self._flush()
                    self._table(block)
            self._flush()

    def _table(self, table: etree._Element) -> None:
        """Write a table, one row a line, its cells separated by a tab."""
        self._tables += 1
        for number, row in self._rows(table):
            column, write = 1 + _count(row, _SKIPPED_COLUMNS, 0), self._draft.line
            for cell in self._cells(row):
                words = self.words(cell)
                start, end = write(words.trimmed("\n"))
                place = f"table {self._tables}, row {number}, column {column}"
                self._draft.parts.append(Part("cell", start, end, place=place))
                self.settle(words, start)
                column += _count(cell, _SPAN, 1)
                write = self._draft.cell

    def _rows(self, table: etree._Element) -> Iterator[tuple[int, etree._Element]]:
        """Yield the rows of a table with their numbers, in the document once accepted."""
        for number, row in enumerate(_through(table, ROW), start=1):
            if row.find(_REMOVED_ROW) is None:
                self.inlines.met["insertion"] += row.find(_INSERTED_ROW) is not None
                yield number, row
            else:
                self._remove(row)

    def _cells(self, row: etree._Element) -> Iterator[etree._Element]:
        """Yield the cells of a row, in the document once accepted."""
        for cell in _through(row, CELL):
            if cell.find(_REMOVED_CELL) is None:
                self.inlines.met["insertion"] += cell.find(_INSERTED_CELL) is not None
                yield cell
            else:
                self._remove(cell)

    def _gather(self, parent: etree._Element, words: Words) -> None:
        """Add the paragraphs of `parent`, tables and text boxes flattened, a line each."""
        separator, head = "", -1
        for block in self._flow(parent):
            if block.tag == TABLE:
                words.pieces.append(separator)
                self._flatten(block, words)
                separator, head = "\n", -1
                continue
            if head < 0:
                words.pieces += (separator, "")
                head = len(words.pieces) - 1
            self.inlines.read(block, words)
            if block not in self._joined:
                self._number(block, words, head)
                separator, head = "\n", -1
            boxes, words.boxes = words.boxes, []
            for box in boxes:
                self.boxes += 1
                words.pieces.append("\n")
                self._gather(box, words)

    def _number(self, paragraph: etree._Element, words: Words, head: int) -> None:
        """Write the list number of a paragraph before its words, which follow the piece `head`."""
        _kind, _level, label = self._styles.kind(paragraph)
        if label:
            self.inlines.met["number"] += 1
            said = any(piece.strip() for piece in words.pieces[head + 1 :])
            words.pieces[head] = label + " " * said

    def _flatten(self, table: etree._Element, words: Words) -> None:
        line = ""
        for _number, row in self._rows(table):
            separator = line
            for cell in self._cells(row):
                words.pieces.append(separator)
                self._gather(cell, words)
                separator = "\t"
            line = "\n"


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
        elif child.tag not in {TABLE, PARAGRAPH}:
            yield from _through(child, tag)


def _count(element: etree._Element, path: str, default: int) -> int:
    found = element.find(path)
    written = "" if found is None else found.get(W + "val", "")
    return min(int(written), _MOST_COLUMNS) if written.isdecimal() and len(written) < 6 else default
