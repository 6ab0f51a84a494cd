"""The body of a document of a word processor laid out, whatever its format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from lxml import etree

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.words import Mark, Words
from cpit_research.model.structure import Part, PartKind

__all__ = ["Block", "Cell", "OfficeBody", "Row"]


class Block(NamedTuple):
    """What stands on a line of its own, or on several.

    Parameters
    ----------
    elements : tuple of etree._Element
        A table, a drawing or a paragraph; several paragraphs if they are joined.
    kind : PartKind, ``"table"`` or ``"anchor"``
        An anchor has no line unless it has words: a drawing between two paragraphs, what a
        removed paragraph leaves.
    level : int
        Of a heading or of a list item.
    label : str
        The number of a list item or of a heading.
    paragraphs : int
        How many paragraphs of the file it is.
    """

    elements: tuple[etree._Element, ...]
    kind: PartKind | Literal["table", "anchor"]
    level: int = 0
    label: str = ""
    paragraphs: int = 1


class Cell(NamedTuple):
    """A cell, and the column where it starts."""

    column: int
    element: etree._Element


class Row(NamedTuple):
    """The cells of a row, and its number in its table."""

    number: int
    cells: Iterable[Cell]


class OfficeBody(ABC):
    """Writes the blocks of a document into a draft, in order.

    A format says which blocks there are, what they say, and which rows a table has.

    Parameters
    ----------
    draft : Draft
        Where the blocks are written.
    met : Counter
        Counts what is met.
    """

    def __init__(self, draft: Draft, met: Counter[str]) -> None:
        self.draft = draft
        self.met = met
        self._paragraphs = 0
        self._tables = 0

    @abstractmethod
    def flow(self, parent: etree._Element) -> Iterator[Block]:
        """Yield the blocks under `parent`, in the document once its changes are accepted."""

    @abstractmethod
    def read(self, block: Block, words: Words) -> None:
        """Add what `block`, which is no table, says to `words`."""

    @abstractmethod
    def rows(self, table: etree._Element) -> Iterator[Row]:
        """Yield the rows of a table, in the document once its changes are accepted."""

    @abstractmethod
    def calls(self, mark: Mark, at: int) -> bool:
        """Note a mark that calls what stands elsewhere; tell whether it is one."""

    def write(self, body: etree._Element) -> None:
        """Write every block of `body`."""
        for block in self.flow(body):
            self._paragraphs += block.paragraphs
            self._block(block, f"paragraph {self._paragraphs}")

    def words(self, parent: etree._Element) -> Words:
        """Return what a cell, a note or a page header says, as one stretch of words."""
        words = Words()
        self._gather(parent, words)
        return words

    def settle(self, words: Words, start: int) -> None:
        """Set aside the marks of `words`, written at `start`."""
        for mark, at in words.anchored(start):
            if not self.calls(mark, at):
                self.draft.aside(mark.kind, mark.words, author=mark.author, at=at)

    def _block(self, block: Block, place: str) -> None:
        if block.kind == "table":
            self._table(block.elements[0])
            return
        words = Words()
        self.read(block, words)
        if block.kind != "anchor" or words.text:
            kind = "paragraph" if block.kind == "anchor" else block.kind
            if block.label:
                self.met["number"] += 1
            start = self.draft.block(kind, words.text, place, level=block.level, label=block.label)
        else:
            start = self.draft.end
        if words.marks:
            self.settle(words, start)
        for box in words.boxes:
            self.met["text box"] += 1
            place = f"text box {self.met['text box']}"
            for inside in self.flow(box):
                self._block(inside, place)

    def _table(self, table: etree._Element) -> None:
        """Write a table, one row a line, its cells separated by a tab."""
        self._tables += 1
        for row in self.rows(table):
            write = self.draft.line
            for cell in row.cells:
                words = self.words(cell.element)
                start, end = write(words.trimmed("\n"))
                place = f"table {self._tables}, row {row.number}, column {cell.column}"
                self.draft.parts.append(Part("cell", start, end, place=place))
                self.settle(words, start)
                write = self.draft.cell

    def _gather(self, parent: etree._Element, words: Words) -> None:
        """Add the blocks of `parent`, tables and text boxes flattened, a line each."""
        separator = ""
        for block in self.flow(parent):
            head = len(words.pieces)
            words.pieces += (separator, "")
            if block.kind == "table":
                self._flatten(block.elements[0], words)
            else:
                self.read(block, words)
            separator = "\n"
            if block.label:
                self.met["number"] += 1
                words.pieces[head + 1] = block.label + " " * words.says_since(head + 2)
            elif block.kind == "anchor" and not words.says_since(head + 2):
                separator, words.pieces[head] = words.pieces[head], ""
            boxes, words.boxes = words.boxes, []
            for box in boxes:
                self.met["text box"] += 1
                words.pieces.append("\n")
                self._gather(box, words)

    def _flatten(self, table: etree._Element, words: Words) -> None:
        line = ""
        for row in self.rows(table):
            separator = line
            for cell in row.cells:
                words.pieces.append(separator)
                self._gather(cell.element, words)
                separator = "\t"
            line = "\n"
