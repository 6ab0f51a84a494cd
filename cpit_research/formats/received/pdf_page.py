"""What a PDF page holds, once pdfium has been asked: words with their place, notes, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

__all__ = ["Line", "Note", "Sheet", "Word"]

#: In sizes of the text: the call of a note is smaller, and that much higher.
_SMALL: Final = 0.8
_RAISED: Final = 0.15


class Word(NamedTuple):
    """Characters without a blank between them.

    Lengths are points; the page is turned so that its words run from left to right. `apart` says
    that the file writes it apart from the word before, `glued` that no blank is between them.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    apart: bool = False
    glued: bool = False

    def raises(self, text: Word) -> bool:
        """Tell whether it is a small word over the baseline of `text`, as the call of a note."""
        return (
            self.size <= _SMALL * text.size and self.baseline - text.baseline > _RAISED * text.size
        )


class Note(NamedTuple):
    """What somebody wrote over a page: its kind, words and author, and how high it stands."""

    kind: str
    words: str
    author: str
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    Parameters
    ----------
    number : int
        From 1.
    left, bottom, right, top : float
        Edges of the page.
    words : list of Word
        In the order in which the file writes them, those of form fields last.
    askew : list of str
        Stretches that run in another direction than the rest.
    notes : list of Note
        Comments and highlights.
    fields : int
        Form fields filled in.
    drawn : bool
        Pictures or drawings cover it.
    invisible : bool
        Most of its words are invisible, as recognised characters under a picture are.
    unread : int
        Characters that nothing in the file translates.
    """

    number: int
    left: float
    bottom: float
    right: float
    top: float
    words: list[Word]
    askew: list[str]
    notes: list[Note]
    fields: int
    drawn: bool
    invisible: bool
    unread: int

    @property
    def characters(self) -> int:
        """How many characters its words have."""
        return sum(len(word.text) for word in self.words)


@dataclass(frozen=True, eq=False)
class Line:
    """Words on one baseline, without a wide gap between them."""

    page: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Its words, a space between them."""
        return "".join(
            word.text if word.glued or not rank else " " + word.text
            for rank, word in enumerate(self.words)
        )

    @cached_property
    def left(self) -> float:
        """Where it starts."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @cached_property
    def tallest(self) -> Word:
        """Its first word of the greatest size: notes and ordinals are smaller and higher."""
        return max(self.words, key=lambda word: word.size)

    @cached_property
    def baseline(self) -> float:
        """How high it stands."""
        return self.tallest.baseline

    @cached_property
    def size(self) -> float:
        """Size in which most of its characters are written."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: sizes[size])

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    def over(self, other: Line) -> bool:
        """Tell whether it stands above or under `other`, not beside it."""
        return self.left < other.right and other.left < self.right
