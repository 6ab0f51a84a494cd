"""The blocks of a web page written into a draft, by what the elements around them say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.stretch import Stretch
from cpit_research.formats.received.web_flow import Flow
from cpit_research.formats.received.web_notes import Note
from cpit_research.model.structure import Part, PartKind

__all__ = ["Blocks", "Context"]

_BLANK_LINE: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(slots=True)
class Context:
    """What the blocks inside an element are."""

    element: etree._Element
    kind: PartKind
    level: int = 0
    number: str = ""
    note: Note | None = None


class Blocks:
    """Writes blocks, or adds them to the cell or the comment that holds them.

    Attributes
    ----------
    flow : Flow
        Words gathered since the last block started or ended.
    contexts : list of Context
        Headings, items and notes that are open, the innermost last.
    comments : int
        Comments set aside.
    """

    def __init__(self, draft: Draft) -> None:
        self.flow = Flow()
        self.contexts: list[Context] = []
        self.comments = 0
        self._draft = draft
        self._paragraphs = 0
        self._gap = False
        self._cell: Stretch | None = None
        self._separator = ""
        self._comment: Stretch | None = None
        self._called: dict[int, int] = {}

    @property
    def in_cell(self) -> bool:
        """Whether blocks go in a cell."""
        return self._cell is not None

    def flush(self) -> None:
        """Write the words gathered, as the blocks that they make."""
        flow, self.flow = self.flow, Flow()
        if not flow:
            return
        if self._comment is not None:
            self._comment.add(flow.text.strip("\n") + "\n")
        elif self._cell is None:
            self._paragraphs_of(flow)
        else:
            self._add_to(self._cell, flow)

    def open_cell(self) -> None:
        """Start a cell; one that a broken page opens inside another goes on in it."""
        if self._cell is None:
            self._cell, self._separator = Stretch(), ""
        else:
            self._separator = "\t"

    def separate(self, separator: str) -> None:
        """Start a cell of a table that stands in a cell."""
        self._separator = separator

    def close_cell(self, place: str, *, first: bool) -> None:
        """Write a cell, on a new line if it is the first of its row."""
        cell, self._cell = self._cell, None
        if cell is None:
            return
        lead, words = _without_edges(cell.text)
        start, end = (self._draft.line if first else self._draft.cell)(words)
        self._draft.parts.append(Part("cell", start, end, place=place))
        self._settle(cell, start, end, lead)

    def open_comment(self) -> None:
        """Start a comment, in which words are set aside."""
        self._comment = Stretch()

    def close_comment(self, note: Note) -> None:
        """Set a comment aside where it is called, with the initials that Word gives its author."""
        comment, self._comment = self._comment, None
        if comment is None:
            return
        self.comments += 1
        author = note.call.rstrip("0123456789") if note.call[:1].isupper() else ""
        at = self._called.get(note.number, 0)
        self._draft.aside("comment", comment.text.strip(), author=author, at=at)

    def _add_to(self, cell: Stretch, flow: Flow) -> None:
        if cell.length or self._separator == "\t":
            cell.add(self._separator or "\n")
        self._separator = "\n"
        number = self._number()
        if number:
            cell.add(number + " ")
        lead, words = _without_edges(flow.text)
        for mark in flow.marks:
            within = min(max(mark.at - lead, 0), len(words))
            cell.marks.append(mark._replace(at=cell.length + within))
        cell.add(words)

    def _paragraphs_of(self, flow: Flow) -> None:
        """Write the paragraphs that blank lines part, each on its line."""
        text = flow.text
        at, words = _without_edges(text)
        last = at + len(words)
        if not words or text.isspace():
            if text:
                self._draft.line("")
                self._gap = True
            self._settle(flow, self._draft.end, self._draft.end, 0)
            return
        for gap in (*_BLANK_LINE.finditer(text, at, last), None):
            ends = gap.start() if gap else last
            start, end = self._block(text[at:ends])
            self._gap = False
            self._settle(flow, start, end, at, ends)
            if gap:
                self._draft.line("")
                at = gap.end()
        self._settle(flow, start, end, at)

    def _block(self, words: str) -> tuple[int, int]:
        """Write one block and return its range."""
        draft, context = self._draft, self.contexts[-1] if self.contexts else None
        if context is not None and context.note is not None:
            return self._note(words.strip(), context.note)
        self._paragraphs += 1
        kind: PartKind = context.kind if context else "paragraph"
        number = self._number()
        start, end = draft.line(number + " " if number else words)
        if number:
            start, end = draft.join("", words)
        if not words.isspace():
            level = context.level if context and kind != "paragraph" else 0
            draft.parts.append(Part(kind, start, end, level, place=f"paragraph {self._paragraphs}"))
        return start, end

    def _number(self) -> str:
        """Return the number of the item that a block opens, with those of items around it.

        What follows in the same item is its own paragraph.
        """
        numbers = []
        for context in self.contexts:
            if context.number:
                numbers.append(context.number)
                context.number = ""
            if context.kind == "list_item":
                context.kind = "paragraph"
        return " ".join(numbers)

    def _note(self, words: str, note: Note) -> tuple[int, int]:
        draft = self._draft
        if not self._gap and (not draft.parts or draft.parts[-1].kind != "footnote"):
            draft.line("")
        start, end = draft.line(words)
        if words:
            draft.parts.append(Part("footnote", start, end, place=f"{note.kind} {note.number}"))
        return start, end

    def _settle(
        self, words: Stretch, start: int, end: int, first: int, last: int | None = None
    ) -> None:
        for mark, at in words.anchored(start, end, first, last):
            kind, is_call, _rest = mark.kind.partition("_call")
            if not is_call:
                self._draft.aside(mark.kind, mark.words, author=mark.author, at=at)
            elif kind == "comment":
                self._called.setdefault(int(mark.words), at)
            else:
                self._draft.aside(f"{kind}_mark", mark.author, at=at)


def _without_edges(text: str) -> tuple[int, str]:
    """Return text without line ends at its edges, and how many stood before it."""
    words = text.lstrip("\n")
    return len(text) - len(words), words.rstrip("\n")
