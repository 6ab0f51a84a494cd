"""Words being gathered for a block, with what is anchored in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from cpit_research.text.canonical import canonical

__all__ = ["Mark", "Stretch"]


class Mark(NamedTuple):
    """Something set aside or called after `at` characters of a stretch."""

    at: int
    kind: str
    words: str
    author: str = ""


class Stretch:
    """Words in pieces, and the marks among them."""

    __slots__ = ("length", "marks", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.marks: deque[Mark] = deque()

    def __bool__(self) -> bool:
        return bool(self.length or self.marks)

    @property
    def text(self) -> str:
        """The words, joined once for all."""
        if len(self.pieces) > 1:
            self.pieces[:] = ["".join(self.pieces)]
        return self.pieces[0] if self.pieces else ""

    def add(self, words: str) -> None:
        """Add words."""
        self.pieces.append(words)
        self.length += len(words)

    def mark(self, kind: str, words: str, author: str = "") -> None:
        """Set `words` aside here."""
        self.marks.append(Mark(self.length, kind, words, author))

    def insert(self, piece: int, at: int, words: str) -> None:
        """Add words before piece number `piece`, which starts at character `at`."""
        self.pieces.insert(piece, words)
        self.length += len(words)
        for rank in range(len(self.marks) - 1, -1, -1):
            mark = self.marks[rank]
            if mark.at < at:
                break
            self.marks[rank] = mark._replace(at=mark.at + len(words))

    def extend(self, other: Stretch) -> None:
        """Add the words and marks of another stretch."""
        self.marks += (mark._replace(at=self.length + mark.at) for mark in other.marks)
        self.pieces += other.pieces
        self.length += other.length

    def anchored(
        self, start: int, end: int, first: int = 0, last: int | None = None
    ) -> Iterator[tuple[Mark, int]]:
        """Take out the marks up to character `last`, each with its offset.

        The characters from `first` to `last` are written from `start` to `end`; marks that stand
        before `first` are where it starts.
        """
        text = self.text
        last = self.length if last is None else last
        done, at = first, start
        while self.marks and (self.marks[0].at <= last or last == self.length):
            mark = self.marks.popleft()
            reached = max(done, min(mark.at, last))
            at += len(canonical(text[done:reached]))
            done = reached
            yield mark, min(at, end)
