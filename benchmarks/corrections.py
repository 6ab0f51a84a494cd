"""A text corrected as people correct theirs, every character of the former text followed.

The truth of a passage is where its own characters went: whole and in order, or not any more. No
comparison of texts takes part in it, so that re-anchoring can be held against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

_WORD = re.compile(r"\w[\w’'-]*")
_SENTENCE = re.compile(r"[^\n]+?(?:[.?!…](?= )|(?=\n)|$)")
#: Sentences that field notes repeat from visit to visit, or within one.
TEMPLATES = (
    "Ambiance : bonne.",
    "Rien à signaler.",
    "Personne ne prend de notes.",
    "Suite à donner : rappeler la mairie.",
    "Durée de l’échange : une heure.",
    "Le rendez-vous suivant est pris avant de partir.",
    "On ne sait pas qui décide.",
)


def with_templates(text: str, draw: Random, share: float = 0.2) -> str:
    """Return `text` with template sentences after a share of its sentences, many times the same."""
    written, at = [], 0
    for match in _SENTENCE.finditer(text):
        written.append(text[at : match.end()])
        at = match.end()
        if draw.random() < share and len(match[0]) > 30:
            joint = "\n" if draw.random() < 0.5 and text[at : at + 1] in ("", "\n") else " "
            written.append(joint + draw.choice(TEMPLATES))
    return "".join(written) + text[at:]


class Kept(NamedTuple):
    """A stretch of the former text, its own characters."""

    start: int
    end: int


class Copied(NamedTuple):
    """A stretch of the former text written a second time."""

    start: int
    end: int


Piece = Kept | Copied | str


class Corrected:
    """A text being corrected: stretches of the former text, and what was written since.

    Parameters
    ----------
    old : str
        The former text.
    draw : Random
        Chance.
    """

    def __init__(self, old: str, draw: Random) -> None:
        self.old = old
        self.draw = draw
        #: Stretches of the former text, first or copied, and new words.
        self.pieces: list[Piece] = [Kept(0, len(old))]

    @property
    def new(self) -> str:
        """The corrected text."""
        return "".join(
            piece if isinstance(piece, str) else self.old[piece.start : piece.end]
            for piece in self.pieces
        )

    def truth(self) -> Truth:
        """Return where the characters went."""
        return Truth(self.pieces)

    def replace(self, start: int, end: int, words: str) -> None:
        """Write `words` instead of ``old[start:end]``."""
        first, last = self._cut(start), self._cut(end)
        if first <= last:
            self.pieces[first:last] = [words] if words else []

    def move(self, start: int, end: int, to: int) -> None:
        """Carry ``old[start:end]`` before the character `to` of the former text."""
        if start <= to <= end:
            return
        first, last = self._cut(start), self._cut(end)
        if first > last:
            return
        carried = self.pieces[first:last]
        self.pieces[first:last] = []
        at = self._cut(to)
        self.pieces[at:at] = carried

    def copy(self, start: int, end: int, to: int) -> None:
        """Write the words of ``old[start:end]`` again before the character `to`."""
        at = self._cut(to)
        self.pieces[at:at] = [Copied(start, end)]

    def _cut(self, at: int) -> int:
        """Return the rank of the piece that starts with the character `at`, cutting if needed."""
        for rank, piece in enumerate(self.pieces):
            if not isinstance(piece, Kept):
                continue
            if piece.start == at:
                return rank
            if piece.start < at < piece.end:
                self.pieces[rank : rank + 1] = [Kept(piece.start, at), Kept(at, piece.end)]
                return rank + 1
        # The character is gone: what stood before it tells, or the end.
        for rank in range(len(self.pieces) - 1, -1, -1):
            piece = self.pieces[rank]
            if isinstance(piece, Kept) and piece.end <= at:
                return rank + 1
        return len(self.pieces)


class Truth:
    """Where each stretch of the former text stands in the corrected one."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._own: list[tuple[int, int, int]] = []
        self._whole: list[tuple[int, int, int]] = []
        at = 0
        for piece in pieces:
            if isinstance(piece, str):
                at += len(piece)
                continue
            if isinstance(piece, Kept):
                _follow(self._own, piece, at)
            _follow(self._whole, piece, at)
            at += piece.end - piece.start

    def places(self, start: int, end: int) -> list[int]:
        """Return where ``old[start:end]`` starts now: its own characters, else whole copies."""
        return _held(self._own, start, end) or _held(self._whole, start, end)


def _follow(placed: list[tuple[int, int, int]], piece: Kept | Copied, at: int) -> None:
    """Add a stretch that stands at `at`, joined to the one that it goes on."""
    if (
        placed
        and placed[-1][1] == piece.start
        and placed[-1][2] + piece.start - placed[-1][0] == at
    ):
        placed[-1] = (placed[-1][0], piece.end, placed[-1][2])
    else:
        placed.append((piece.start, piece.end, at))


def _held(placed: list[tuple[int, int, int]], start: int, end: int) -> list[int]:
    return [at + start - first for first, last, at in placed if first <= start and end <= last]


def correct(old: str, draw: Random, *, typos: float, changes: int, fresh: list[str]) -> Corrected:
    """Return `old` corrected: words here and there, then sentences and paragraphs.

    Parameters
    ----------
    old : str
        The former text.
    draw : Random
        Chance.
    typos : float
        Share of the words that are corrected.
    changes : int
        Sentences or paragraphs inserted, deleted, moved or copied.
    fresh : list of str
        Sentences to insert.
    """
    made = Corrected(old, draw)
    for match in list(_WORD.finditer(old)):
        if draw.random() < typos:
            start, end, words = _typo(match[0], draw)
            made.replace(match.start() + start, match.start() + end, words)
    sentences = [match.span() for match in _SENTENCE.finditer(old)]
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+\n?", old)]
    for _change in range(changes):
        kind = draw.choice(("insert", "insert", "delete", "move", "copy", "template"))
        start, end = draw.choice(sentences if draw.random() < 0.5 else paragraphs)
        to = draw.choice(paragraphs)[0]
        if kind == "insert":
            made.replace(end, end, f" {draw.choice(fresh)}")
        elif kind == "template":
            made.replace(end, end, f" {draw.choice(TEMPLATES)}")
        elif kind == "delete":
            made.replace(start, end, "")
        elif kind == "move":
            made.move(start, end, to)
        else:
            made.copy(start, end, to)
    return made


def _typo(word: str, draw: Random) -> tuple[int, int, str]:
    """Return a stretch of `word` and what is written instead: as little as differs."""
    at = draw.randrange(len(word))
    letter = draw.choice("eéaàsntr")
    ways = [
        (at, at + 1, ""),
        (at + 1, at + 1, word[at]),
        (len(word), len(word), ","),
        (len(word), len(word), " bien"),
    ]
    if word[at] != letter:
        ways.append((at, at + 1, letter))
    if word[0] != word[0].upper():
        ways.append((0, 1, word[0].upper()))
    return draw.choice(ways)


def passages(text: str, draw: Random, count: int) -> Iterator[tuple[int, int]]:
    """Yield what analysts code: a few words, a sentence, several, a paragraph, a template."""
    words = [match.span() for match in _WORD.finditer(text)]
    sentences = [match.span() for match in _SENTENCE.finditer(text) if match[0].strip()]
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+", text)]
    for _passage in range(count):
        kind = draw.random()
        if kind < 0.3:
            first = draw.randrange(len(words))
            last = min(len(words) - 1, first + draw.randrange(1, 16))
            yield words[first][0], words[last][1]
        elif kind < 0.75:
            yield draw.choice(sentences)
        elif kind < 0.85:
            first = draw.randrange(len(sentences))
            last = min(len(sentences) - 1, first + draw.randrange(1, 4))
            yield sentences[first][0], sentences[last][1]
        else:
            yield draw.choice(paragraphs)
