"""The words of a rich text: decoded, kept, or set aside when a tracked change removed them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from cpit_research.formats.received.rich_state import State
from cpit_research.formats.received.rich_tokens import signed, unescaped
from cpit_research.formats.received.stretch import Mark, Stretch

__all__ = ["Words"]

_PRIVATE: Final = range(0xF000, 0xF100)
_HIGH: Final = range(0xD800, 0xDC00)
_LOW: Final = range(0xDC00, 0xE000)
_RUNS: Final = re.compile(rb"(?:\\'[0-9A-Fa-f]{2})+|[^\\]+")


class Words:
    """Adds words to the story of a state.

    Attributes
    ----------
    codec : str
        Encoding of the document.
    authors : tuple of str
        Authors of tracked changes.
    unread : int
        How many characters to come stand for one that was already read.
    met : Counter of str
        Insertions, deletions, stretches of hidden text, symbols.
    """

    __slots__ = ("_high", "_lasting", "_unicode", "authors", "codec", "met", "unread")

    def __init__(self, data: bytes, met: Counter[str]) -> None:
        self.met = met
        self.codec = "cp1252"
        self.authors: tuple[str, ...] = ()
        self.unread = 0
        self._high = 0
        self._unicode = not data.isascii() and _is_unicode(data)
        self._lasting: dict[str, tuple[Stretch, int]] = {}

    def text(self, raw: bytes, state: State) -> None:
        """Add words as the file has them, escaped bytes included."""
        if self.unread:
            raw = self._read_past(raw)
        if state.font is not None:
            words = "".join(self._drawn(state, code) for code in unescaped(raw))
        elif self._unicode and not raw.isascii():
            words = "".join(
                unescaped(run).decode(self._of(state) if run[:1] == b"\\" else "utf-8", "replace")
                for run in _RUNS.findall(raw)
            )
        else:
            words = unescaped(raw).decode(state.codec or self.codec, "replace")
        if words:
            self._add(words, state)

    def say(self, words: str, state: State) -> None:
        """Add one character, unless it stands for one that was already read."""
        if self.unread:
            self.unread -= 1
        else:
            self._add(words, state)

    def character(self, number: int, state: State) -> None:
        """Add a character by its code in UTF-16; those that stand for it will not be read."""
        code = signed(number)
        if code in _HIGH:
            self._high = code
        elif code in _LOW and self._high:
            self._add(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00), state)
            self._high = 0
        elif state.font is not None and code in _PRIVATE:
            self._add(self._drawn(state, code), state)
        else:
            self._add(chr(code) if 0 < code <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}", state)
        self.unread = max(0, state.unread)

    def remove(self, words: str, state: State) -> None:
        """Set aside words that a tracked change removed."""
        into, rank = state.story.words, state.author
        author = self.authors[rank] if 0 < rank < len(self.authors) else ""
        last = into.marks[-1] if into.marks else None
        if last and (last.kind, last.at, last.author) == ("deletion", into.length, author):
            into.marks[-1] = Mark(last.at, last.kind, last.words + words, author)
            return
        self.met["deletion"] += 1
        into.mark("deletion", words, author)

    def _of(self, state: State) -> str:
        return state.codec or self.codec

    def _add(self, words: str, state: State) -> None:
        into = state.story.words
        if state.deleted:
            self.remove(words, state)
            return
        if state.hidden:
            self._count("hidden", into, len(words))
        if state.revised:
            self._count("insertion", into, len(words))
        into.add(words)

    def _count(self, kind: str, into: Stretch, length: int) -> None:
        """Count a stretch once, however many runs make it."""
        lasting = self._lasting.get(kind)
        if lasting is None or lasting[0] is not into or lasting[1] != into.length:
            self.met[kind] += 1
        self._lasting[kind] = into, into.length + length

    def _read_past(self, raw: bytes) -> bytes:
        """Leave out what stands for a character that was already read."""
        at = 0
        while self.unread and at < len(raw):
            if raw[at] not in b"\r\n":
                self.unread -= 1
            at += 4 if raw[at] == 0x5C else 1
        return raw[at:]

    def _drawn(self, state: State, code: int) -> str:
        character = state.font.draw(code) if state.font else ""
        if state.story.name != "mark" and (not character or character > "@"):
            self.met["symbol" if character else "unknown symbol"] += 1
        return character or "\N{REPLACEMENT CHARACTER}"


def _is_unicode(data: bytes) -> bool:
    """Tell whether the bytes beyond ASCII, which none should be, are UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
