"""Where a passage stands in a corrected text: never moved without proof.

Two witnesses are heard. The token difference (:mod:`.alignment`) says where the passage would
stand if everything kept its order. The quotation says where the very same words stand, and how
much of what surrounds them is the same. A passage moves by itself when its words are unchanged,
one place alone is like the former one (.7 or more of its surroundings), and the difference does
not say otherwise. Everything else waits for a person, with a proposed place when there is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, Literal

from cpit_research.text.alignment import Alignment

__all__ = ["LIKE", "Reanchored", "Reanchoring"]

#: Share of the surroundings that must be the same for a passage to move by itself.
LIKE: Final = 0.7
#: Code points more in the new text, which may have grown there.
_SLACK: Final = 200
#: Words that must follow one another to count as shared: « de la » is in every sentence.
_RUN: Final = 3
#: By how much a place must be more like the former one than any other.
_MARGIN: Final = 0.1
#: Code points that are compared on each side, then farther when several places are alike.
_REACHES: Final = (96, 384, 1_536, 6_144)
#: Beyond this many places where the same words stand, they tell nothing.
_MOST: Final = 24
#: Share of its words that a proposed place must hold.
_PROPOSED: Final = 0.4
_WORD: Final = re.compile(r"\w+|[^\w\s]")

Outcome = Literal["exact", "moved", "to_confirm"]
Reason = Literal["", "changed", "ambiguous", "surroundings", "gone"]


@dataclass(frozen=True, slots=True)
class Reanchored:
    """What became of one passage.

    Parameters
    ----------
    outcome : str
        ``"exact"``: the same words, in the same order of the text. ``"moved"``: the same words,
        carried elsewhere with their surroundings. ``"to_confirm"``: a person must say.
    start, end : int or None
        Where it stands in the new text, or the proposed place; None when there is none.
    likeness : float
        Share of the surroundings that are the same, 0 to 1.
    reason : str
        Why a person must say: ``"changed"`` (the words themselves), ``"ambiguous"`` (several
        places alike), ``"surroundings"`` (the words are there, what stood around is not) or
        ``"gone"``.
    """

    outcome: Outcome
    start: int | None = None
    end: int | None = None
    likeness: float = 0.0
    reason: Reason = ""


class Reanchoring:
    """From one version of a text to the next.

    Parameters
    ----------
    old, new : str
        Canonical texts.

    Examples
    --------
    >>> old = "Le maire arrive à neuf heures. La salle est vide. Il attend."
    >>> moving = Reanchoring(old, "Mardi. " + old.replace("vide", "froide"))
    >>> moving.place(0, 30)
    Reanchored(outcome='exact', start=7, end=37, likeness=0.875, reason='')
    >>> found = moving.place(31, 49)
    >>> found.outcome, found.reason, moving.new[found.start : found.end]
    ('to_confirm', 'changed', 'La salle est froide.')
    """

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self.alignment = Alignment(old, new)

    def place(self, start: int, end: int) -> Reanchored:
        """Return what becomes of ``old[start:end]``.

        Parameters
        ----------
        start, end : int
            Code points, ``0 <= start < end <= len(old)``.
        """
        followed = self.alignment.place(start, end)
        at = followed[0] if followed else None
        others = list(self._elsewhere(start, end, at))
        if at is None and not others:
            return self._changed(start, end)
        if len(others) >= _MOST:
            return Reanchored("to_confirm", reason="ambiguous")
        for reach in _REACHES:
            here = self._likeness(start, end, at, reach) if at is not None else -1.0
            best, second = self._best(start, end, others, reach)
            if at is not None and here - best[0] >= _MARGIN:
                break
            if at is None and second < LIKE - _MARGIN and best[0] - second >= _MARGIN:
                break
        else:
            return self._waiting(start, end, best[1] if at is None else at, "ambiguous")
        chosen = at if at is not None else best[1]
        like = self._likeness(start, end, chosen, _REACHES[0])
        if like < LIKE and at is not None:  # something was written or removed right beside it
            like = self._likeness(start, end, chosen, _REACHES[1])
        if like < LIKE:
            return self._waiting(start, end, chosen, "surroundings", like)
        outcome: Outcome = "exact" if at is not None else "moved"
        return Reanchored(outcome, chosen, chosen + end - start, like)

    def _elsewhere(self, start: int, end: int, at: int | None) -> Iterator[int]:
        """Yield the other places with the same words that are not the place of another passage."""
        passage, size, found = self.old[start:end], end - start, 0
        here = self.new.find(passage)
        while here >= 0 and found < _MOST:
            if here != at and self.alignment.is_free(here, here + size, start):
                found += 1
                yield here
            here = self.new.find(passage, here + 1)

    def _best(
        self, start: int, end: int, places: list[int], reach: int
    ) -> tuple[tuple[float, int], float]:
        """Return the place most like the former one, and how much the next one is like it."""
        ranked = sorted(
            ((self._likeness(start, end, place, reach), -place) for place in places), reverse=True
        )
        if not ranked:
            return (-1.0, 0), -1.0
        return (ranked[0][0], -ranked[0][1]), ranked[1][0] if len(ranked) > 1 else -1.0

    def _likeness(self, start: int, end: int, at: int, reach: int) -> float:
        """Return the share of what surrounds ``old[start:end]`` that also surrounds `at`."""
        before = self.old[max(0, start - reach) : start]
        after = self.old[end : end + reach]
        stop = at + end - start
        if self.new.endswith(before, 0, at) and self.new.startswith(after, stop):
            return 1.0 if before or after else float(not at and stop == len(self.new))
        shared = _shared(before, self.new[max(0, at - len(before) - _SLACK) : at])
        shared += _shared(after, self.new[stop : stop + len(after) + _SLACK])
        wanted = len(_words(before)) + len(_words(after))
        return shared / wanted if wanted else 0.0

    def _waiting(
        self, start: int, end: int, at: int, reason: Reason, likeness: float = 0.0
    ) -> Reanchored:
        return Reanchored("to_confirm", at, at + end - start, likeness, reason)

    def _changed(self, start: int, end: int) -> Reanchored:
        """Propose the stretch that stands where the passage stood, if it holds enough of it."""
        first, last = self.alignment.around(start, end)
        words = self.new[first:last]
        first += len(words) - len(words.lstrip())
        last -= len(words) - len(words.rstrip())
        if first < last:
            wanted = _words(self.old[start:end])
            held = _shared(self.old[start:end], self.new[first:last])
            size = max(len(wanted), len(_words(self.new[first:last])))
            if size and held / size >= _PROPOSED:
                return Reanchored("to_confirm", first, last, held / size, "changed")
        return Reanchored("to_confirm", reason="gone")


def _shared(first: str, second: str) -> int:
    """Return how many words two short texts share, in order."""
    if first == second:
        return len(_words(first))
    words, others = _words(first), _words(second)
    if not (Counter(words) & Counter(others)):
        return 0
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    runs = (block.size for block in matcher.get_matching_blocks())
    return sum(size for size in runs if size >= min(_RUN, len(words)))


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))
