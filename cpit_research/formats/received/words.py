"""The words of one block while they are read, and what is anchored among them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from cpit_research.text.canonical import canonical

__all__ = ["Mark", "Words"]


class Mark(NamedTuple):
    """Something anchored in a paragraph: `piece` counts the pieces written before it."""

    piece: int
    kind: str
    words: str
    author: str = ""


class Words:
    """What one paragraph, cell or note says, in pieces, with its marks and text boxes."""

    __slots__ = ("_lead", "boxes", "marks", "pieces")

    def __init__(self) -> None:
        self._lead = 0
        self.pieces: list[str] = []
        self.marks: list[Mark] = []
        self.boxes: list[etree._Element] = []

    @property
    def text(self) -> str:
        """The words, joined."""
        return "".join(self.pieces)

    def says_since(self, piece: int) -> bool:
        """Tell whether the pieces from this one on hold anything but blanks."""
        return any(written.strip() for written in islice(self.pieces, piece, None))

    def mark(self, kind: str, words: str, author: str = "") -> None:
        """Set `words` aside here."""
        self.marks.append(Mark(len(self.pieces), kind, words, author))

    def trimmed(self, characters: str | None = None) -> str:
        """Return the words without blanks, or `characters`, at either end; marks stay right."""
        text = self.text
        self._lead = len(text) - len(text.lstrip(characters))
        return text.strip(characters)

    def anchored(self, start: int) -> Iterator[tuple[Mark, int]]:
        """Yield each mark with its offset, the words being written at `start`."""
        at, done = start - self._lead, 0
        for mark in self.marks:
            at += len(canonical("".join(self.pieces[done : mark.piece])))
            done = mark.piece
            yield mark, max(at, start)
