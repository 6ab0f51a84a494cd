"""Finding known names in any text, whatever their case, accents, hyphens and spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cpit_research.model.correspondence import Correspondence
from cpit_research.text.folding import fold

# Combining marks, soft hyphens and zero-width characters belong to the word they stand in.
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}])*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_JOINT = re.compile(r"[\s\W_]{1,4}")


@dataclass(frozen=True, slots=True)
class Found:
    """A known name met in a text: its range and the opaque id it stands for."""

    start: int
    end: int
    id: str


class Names:
    """Every form of every known name.

    A name is a run of words: « Saint-Aubert », « saint aubert » and « SAINT‑AUBERT » are one.
    The longest name wins. A name of one letter is an initial: « T. » is met only as a capital
    with its full stop, so that « t'as » names nobody.

    Examples
    --------
    >>> from cpit_research.model.correspondence import Entry
    >>> names = Names(Correspondence((Entry("P03", "person", ("Maëlle Kerdoncuff", "Maëlle")),)))
    >>> names.mask("MAELLE KERDONCUFF a dit à Maëlle…")
    '[P03] a dit à [P03]…'
    """

    def __init__(self, table: Correspondence) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for entry in table.entries:
            for name in entry.names:
                words = tuple(word for _start, _end, word in _words(name))
                if words:
                    self._by_first.setdefault(words[0], []).append((words, entry.id))
        for known in self._by_first.values():
            known.sort(key=lambda pair: (-len(pair[0]), pair[1]))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names of `text`, in order, without overlap."""
        if not self._by_first:
            return
        words = list(_words(text))
        at = 0
        while at < len(words):
            match = self._match(text, words, at)
            if match is None:
                at += 1
                continue
            length, key = match
            last_start, end, _folded = words[at + length - 1]
            full_stop = end - last_start == 1 and text[end : end + 1] == "."
            yield Found(words[at][0], end + full_stop, key)
            at += length

    def mask(self, text: str) -> str:
        """Return `text` with each known name shown as its id between square brackets."""
        pieces: list[str] = []
        at = 0
        for found in self.find(text):
            pieces += (text[at : found.start], f"[{found.id}]")
            at = found.end
        return "".join((*pieces, text[at:]))

    def _match(
        self, text: str, words: list[tuple[int, int, str]], at: int
    ) -> tuple[int, str] | None:
        for name, key in self._by_first.get(words[at][2], ()):
            run = words[at : at + len(name)]
            if tuple(word for _start, _end, word in run) != name or not _joined(text, run):
                continue
            if len(name) > 1 or len(name[0]) > 1 or _initial(text, run[0]):
                return len(name), key
        return None


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), fold(_INVISIBLE.sub("", match.group()))


def _joined(text: str, run: list[tuple[int, int, str]]) -> bool:
    return all(
        _JOINT.fullmatch(text, before[1], after[0]) is not None for before, after in pairwise(run)
    )


def _initial(text: str, word: tuple[int, int, str]) -> bool:
    start, end, _folded = word
    return text[start:end].isupper() and text[end : end + 1] == "."
