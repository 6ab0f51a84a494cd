"""Finding known names in any text, whatever their case, accents, hyphens and spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse, pairwise
from typing import Final

from cpit_research.model.correspondence import Correspondence
from cpit_research.text.folding import fold

# A word is letters with their combining marks, or figures: the call of a note touches a name.
_LETTER: Final = r"[^\W\d_ʼ\u00b2\u00b3\u00b9\u2070-\u209c]"
_WORD: Final = re.compile(rf"{_LETTER}+(?:[\u0300-\u036f]+{_LETTER}*)*|\d+")
#: Soft hyphens and zero-width characters: inside a word, or all that parts two.
_INVISIBLES: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE: Final = re.compile(f"[{_INVISIBLES}]*")
_JOINT: Final = re.compile(r"(?:[^\w,;:!?…]|[_ʼ]){0,8}")
_BETWEEN_INITIALS: Final = re.compile(r"[.\s\u2010-\u2015-]{1,3}")
_PIECES: Final = 12
#: Pieces of text known to begin no name: how many are remembered, and how long, for ids never
#: come back.
_KEPT: Final = 200_000
_WORDS: Final = 24

Word = tuple[int, int, str]


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
    with its full stop, so that « t'as » names nobody; so are several, « L. A. », of which
    « l'a » is none.

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
        firsts = self._by_first
        self._prefixes = {first[:n] for first in firsts for n in range(1, len(first) + 1)}
        self._opening = min([3, *map(len, firsts)])
        self._openings = {first[: self._opening] for first in firsts}
        self._innocent: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names of `text`, in order, without overlap."""
        if not self._by_first or self._clear(text):
            return
        words = list(_humps(text))
        at = 0
        while at < len(words):
            match = self._match(text, words, at)
            if match is None:
                at += 1
                continue
            after, key, initial = match
            end = words[after - 1][1]
            full_stop = initial and text[end : end + 1] == "."
            yield Found(words[at][0], end + full_stop, key)
            at = after

    def mask(self, text: str) -> str:
        """Return `text` with each known name shown as its id between square brackets."""
        pieces: list[str] = []
        at = 0
        for found in self.find(text):
            pieces += (text[at : found.start], f"[{found.id}]")
            at = found.end
        return "".join((*pieces, text[at:]))

    def _clear(self, text: str) -> bool:
        """Tell whether no name can start in a text; words come back, so it is soon known."""
        fresh = list(filterfalse(self._innocent.__contains__, text.split()))
        if any(map(self._may_start, fresh)):
            return False
        if len(self._innocent) > _KEPT:
            self._innocent.clear()
        self._innocent.update(piece for piece in fresh if len(piece) <= _WORDS)
        return True

    def _may_start(self, piece: str) -> bool:
        """Tell whether what blanks part from the rest spells the first word of a name."""
        if piece.isascii():  # a date, an id: often no letters in it begin any name
            plain = piece.lower()
            starts = (plain[at : at + self._opening] for at in range(len(plain)))
            if self._openings.isdisjoint(starts):
                return False
        words = list(_humps(piece))
        return any(
            spelt in self._by_first
            for at in range(len(words))
            for _after, spelt in _spellings(piece, words, at, self._prefixes.__contains__)
        )

    def _match(self, text: str, words: list[Word], at: int) -> tuple[int, str, bool] | None:
        """Return the rank after the longest name that starts at a rank, its id, its ending.

        True when it ends with an initial, to which a full stop belongs.
        """
        if words[at][2] not in self._prefixes:
            return None
        met = [
            (after, key, len(name[-1]) == 1)
            for second, spelt in _spellings(text, words, at, self._prefixes.__contains__)
            for name, key in self._by_first.get(spelt, ())
            if (after := _follow(text, words, second, name[1:]))
            and (len(max(name, key=len)) > 1 or _initials(text, words[at:after]))
        ]
        return max(met, key=lambda one: one[0], default=None)


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _folded(match.group())


def _humps(text: str) -> Iterator[Word]:
    """Yield the words of a text, « EntretienSaintAubert » as the three that were run together.

    What is cut in the midst of a name (« McDonald ») is spelt again as one.
    """
    for start, end, word in _words(text):
        run = text[start:end]
        inner = run[1:]
        if inner == inner.lower() or run.isupper():
            yield start, end, word
            continue
        humps = (at for at in range(1, len(run)) if run[at].isupper() > run[at - 1].isupper())
        for before, after in pairwise((0, *humps, len(run))):
            yield start + before, start + after, _folded(run[before:after])


_folded = lru_cache(maxsize=65_536)(fold)


def _spellings(
    text: str, words: list[Word], at: int, begins: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Yield what the words from a rank spell as one, and the rank after, while nothing parts them.

    Nothing that can be seen: a soft hyphen may stand inside a word as well as between two. It
    stops as soon as what is spelt begins nothing wanted.
    """
    spelt = ""
    for rank in range(at, min(at + _PIECES, len(words))):
        start, _end, word = words[rank]
        if spelt and _INVISIBLE.fullmatch(text, words[rank - 1][1], start) is None:
            return
        spelt += word
        if not begins(spelt):
            return
        yield rank + 1, spelt


def _follow(text: str, words: list[Word], at: int, name: tuple[str, ...]) -> int | None:
    """Return the rank after the words of a name that stand at a rank, or None."""
    for wanted in name:
        if at == len(words) or _JOINT.fullmatch(text, words[at - 1][1], words[at][0]) is None:
            return None
        spellings = _spellings(text, words, at, wanted.startswith)
        after = next((rank for rank, spelt in spellings if spelt == wanted), None)
        if after is None:
            return None
        at = after
    return at


def _initials(text: str, run: list[Word]) -> bool:
    if not all(text[start:end].isupper() for start, end, _folded in run):
        return False
    return (
        text[run[-1][1] : run[-1][1] + 1] == "."
        if len(run) == 1
        else all(
            _BETWEEN_INITIALS.fullmatch(text, before[1], after[0])
            for before, after in pairwise(run)
        )
    )
