"""What became of a text that was edited at known places: exact, with no search.

An edit says that a stretch of the former text reads otherwise; neither is empty, so that what
stands before, on and after it is told without a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

__all__ = ["Edit", "composed", "edge", "joins", "narrowed", "placed"]

_TOKEN: Final = re.compile(r"\w+|\s|[^\w\s]")


class Edit(NamedTuple):
    """``old[start:end]`` became `length` code points."""

    start: int
    end: int
    length: int

    @property
    def growth(self) -> int:
        """How many code points there are more."""
        return self.length - (self.end - self.start)


def placed(edits: Iterable[Edit], start: int, end: int) -> tuple[int, int]:
    """Return where ``old[start:end]`` stands in the new text.

    What covers an edited stretch covers what it became. What cuts one, or stands inside, grows to
    the whole of what it became: nothing is lost, and nothing that was not edited is taken in.

    Parameters
    ----------
    edits : iterable of Edit
        In order, none over another.
    start, end : int
        Code points of the former text, ``start < end``.

    Examples
    --------
    >>> edits = [Edit(8, 14, 8)]  # « Tenir l’ » agneda → l’agenda
    >>> placed(edits, 0, 5), placed(edits, 8, 14), placed(edits, 10, 20), placed(edits, 14, 20)
    ((0, 5), (8, 16), (8, 22), (16, 22))
    """
    listed = tuple(edits)
    return edge(listed, start, last=False), edge(listed, end, last=True)


def edge(edits: Iterable[Edit], at: int, *, last: bool = False) -> int:
    """Return where an offset goes; one inside an edited stretch, to its start or to its end."""
    shift = 0
    for edit in edits:
        if edit.end <= at:
            shift += edit.growth
        elif edit.start < at:
            return edit.start + shift + (edit.length if last else 0)
        else:
            break
    return at + shift


def composed(first: Iterable[Edit], then: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that lead at once where two lots of edits lead one after the other.

    Examples
    --------
    >>> composed([Edit(0, 2, 4)], [Edit(3, 6, 1), Edit(9, 10, 2)])
    (Edit(start=0, end=4, length=4), Edit(start=7, end=8, length=2))
    """
    spans, shift = [], 0
    for edit in first:
        start = edit.start + shift
        spans.append((start, start + edit.length, edit.growth, 0))
        shift += edit.growth
    spans += [(edit.start, edit.end, 0, edit.growth) for edit in then]
    groups: list[tuple[int, int, int, int]] = []
    for low, high, before, after in sorted(spans):
        if groups and low < groups[-1][1]:
            known = groups.pop()
            groups.append((known[0], max(known[1], high), known[2] + before, known[3] + after))
        else:
            groups.append((low, high, before, after))
    found, shift = [], 0
    for low, high, before, after in groups:
        found.append(Edit(low - shift, high - shift - before, high - low + after))
        shift += before
    return tuple(found)


def joins(old: str, new: str, edits: Iterable[Edit]) -> bool:
    """Tell whether edits lead from one text to another: what they leave is the same in both."""
    reached, shift = 0, 0
    for edit in edits:
        if not reached <= edit.start < edit.end <= len(old) or edit.length < 1:
            return False
        if old[reached : edit.start] != new[reached + shift : edit.start + shift]:
            return False
        reached, shift = edit.end, shift + edit.growth
    return len(old) + shift == len(new) and old[reached:] == new[reached + shift :]


def narrowed(passage: str, words: str) -> tuple[int, int, str]:
    """Return the smallest stretch of whole words of a passage to change for it to read `words`.

    Returns
    -------
    int, int, str
        Where it starts and ends in the passage, and what it becomes: words, on both sides.

    Examples
    --------
    >>> narrowed("tient seul l’agneda du projet", "tient seul l’agenda du projet")
    (13, 19, 'agenda')
    >>> narrowed("la salle", "la grande salle")
    (0, 2, 'la grande')
    """
    old, new = _TOKEN.findall(passage), _TOKEN.findall(words)
    before = _common(old, new)
    after = _common(old[before:][::-1], new[before:][::-1])
    while _is_blank(old, before, after) or _is_blank(new, before, after):
        if not before and not after:
            break
        before, after = (before - 1, after) if before else (before, after - 1)
    while old[-1 - after] == new[-1 - after] and not (
        _is_blank(old, before, after + 1) or _is_blank(new, before, after + 1)
    ):
        after += 1  # a space kept by what was taken in before
    start, end = sum(map(len, old[:before])), len("".join(old[: len(old) - after]))
    return start, end, "".join(new[before : len(new) - after])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _pair in takewhile(lambda p: p[0] == p[1], zip(one, other, strict=False)))


def _is_blank(tokens: Sequence[str], before: int, after: int) -> bool:
    return not "".join(tokens[before : len(tokens) - after]).strip()
