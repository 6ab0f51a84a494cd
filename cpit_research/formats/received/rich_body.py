"""The blocks of a rich text written into a draft: paragraphs, rows, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.stretch import Stretch
from cpit_research.model.structure import Part, PartKind

__all__ = ["Body", "Paragraph", "Story"]

_NOTES: Final = ("footnote", "endnote")


@dataclass(slots=True)
class Paragraph:
    """A paragraph, the number written before it, and the text boxes that it holds."""

    words: Stretch
    kind: PartKind = "paragraph"
    level: int = 0
    number: str = ""
    boxes: Sequence[Sequence[Paragraph]] = ()


@dataclass(slots=True)
class Story:
    """A run of paragraphs: the body, a text box, a note, a comment, a page header.

    Attributes
    ----------
    name : str
        ``"body"``, ``"text box"``, ``"footnote"``, ``"endnote"``, ``"comment"``, ``"header"``,
        ``"footer"``, ``"mark"`` (what stands before an item).
    words : Stretch
        The paragraph, or the cell, being read.
    mark : str or None
        What was written before it: a number, ``""`` for a bullet.
    marked_at : tuple of int
        Piece and character of `words` before which the mark stood.
    """

    name: str
    words: Stretch = field(default_factory=Stretch)
    mark: str | None = None
    marked_at: tuple[int, int] = (0, 0)
    paragraphs: list[Paragraph] = field(default_factory=list)
    boxes: list[Sequence[Paragraph]] = field(default_factory=list)
    cells: list[Stretch] = field(default_factory=list)
    author: str = ""
    reference: str = ""

    def lines(self) -> Stretch:
        """Return all of its words, a line each paragraph."""
        lines = Stretch()
        last = [Paragraph(self.words, boxes=tuple(self.boxes))] if self.words else []
        for paragraph in (*self.paragraphs, *last):
            if lines:
                lines.add("\n")
            _flatten(paragraph, lines)
        return lines


def _flatten(paragraph: Paragraph, lines: Stretch) -> None:
    if paragraph.number:
        lines.add(paragraph.number + " ")
    lines.extend(paragraph.words)
    for box in paragraph.boxes:
        for inside in box:
            lines.add("\n")
            _flatten(inside, lines)


class Body:
    """Writes the blocks of a document into a draft, in order.

    Attributes
    ----------
    notes : list of Story
        Foot- and endnotes, in order of call.
    comments : list of Story
        Comments, in order.
    """

    def __init__(self, draft: Draft) -> None:
        self.notes: list[Story] = []
        self.comments: list[Story] = []
        self.boxes = 0
        self._draft = draft
        self._called: dict[int, int] = {}
        self._commented: dict[str, int] = {}
        self._paragraphs = 0
        self._tables = 0
        self._rows: list[tuple[Sequence[Stretch], Sequence[int]]] = []

    def paragraph(self, paragraph: Paragraph) -> None:
        """Write a paragraph, then the text boxes that it holds."""
        self.end_table()
        self._paragraphs += 1
        self._write(paragraph, f"paragraph {self._paragraphs}")

    def row(self, cells: Sequence[Stretch], edges: Sequence[int]) -> None:
        """Keep a row until its table ends, for the columns that cells span."""
        self._rows.append((cells, edges))

    def end_table(self) -> None:
        """Write the table that the rows since the last paragraph make."""
        rows, self._rows = self._rows, []
        if not rows:
            return
        self._tables += 1
        lefts = sorted({edge for _cells, edges in rows for edge in edges})
        rank = {edge: at for at, edge in enumerate(lefts, start=2)}
        for number, (cells, edges) in enumerate(rows, start=1):
            columns = [1, *(rank[edge] for edge in edges)]
            for at, cell in enumerate(cells):
                column = columns[at] if at < len(columns) else at + 1
                self._cell(cell, f"table {self._tables}, row {number}, column {column}", at)

    def write_notes(self) -> int:
        """Write the notes after a blank line, a line each, footnotes first, and count them."""
        written = 0
        for kind in _NOTES:
            called = [(at, note) for at, note in enumerate(self.notes) if note.name == kind]
            for number, (at, note) in enumerate(called, start=1):
                self._draft.aside(f"{kind}_mark", str(number), at=self._called.get(at, 0))
                words = note.lines()
                if not written:
                    self._draft.line("")
                text, first = _trimmed(words)
                start, end = self._draft.line(text)
                self._draft.parts.append(Part("footnote", start, end, place=f"{kind} {number}"))
                self._settle(words, start, end, first)
                written += 1
        return written

    def set_comments_aside(self) -> int:
        """Set the comments aside where they start, and count them."""
        for rank, comment in enumerate(self.comments):
            here = self._commented.get(f"#{rank}", 0)
            at = self._commented.get(comment.reference, here) if comment.reference else here
            words = comment.lines().text.strip()
            self._draft.aside("comment", words, author=comment.author, at=at)
        return len(self.comments)

    def _write(self, paragraph: Paragraph, place: str) -> None:
        draft, words, number = self._draft, paragraph.words, paragraph.number
        start, end = draft.line(number + " " if number else words.text)
        if number:
            start, end = draft.join("", words.text)
        if end > start and not words.text.isspace():
            draft.parts.append(Part(paragraph.kind, start, end, paragraph.level, place=place))
        self._settle(words, start, end)
        for box in paragraph.boxes:
            self.boxes += 1
            for inside in box:
                self._write(inside, f"text box {self.boxes}")

    def _cell(self, cell: Stretch, place: str, at: int) -> None:
        text = cell.text
        first = len(text) - len(text.lstrip("\n"))
        write = self._draft.cell if at else self._draft.line
        start, end = write(text.strip("\n"))
        self._draft.parts.append(Part("cell", start, end, place=place))
        self._settle(cell, start, end, first)

    def _settle(self, words: Stretch, start: int, end: int, first: int = 0) -> None:
        for mark, at in words.anchored(start, end, first):
            if mark.kind == "note":
                self._called.setdefault(int(mark.words), at)
            elif mark.kind == "comment":
                self._commented.setdefault(mark.words, at)
            else:
                self._draft.aside(mark.kind, mark.words, author=mark.author, at=at)

    def set_edges_aside(self, kind: str, texts: Iterable[str]) -> int:
        """Set page headers or footers aside, each text once, mere numbers left out."""
        said = {text: None for text in texts if text and not text.isdecimal()}
        for text in said:
            self._draft.aside(kind, text)
        return len(said)


def _trimmed(words: Stretch) -> tuple[str, int]:
    text = words.text
    return text.strip(), len(text) - len(text.lstrip())
