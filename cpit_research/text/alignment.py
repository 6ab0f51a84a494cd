"""What two versions of a text have in common, in order: the token difference.

Lines first, then words: at each level, what is the same at both ends is kept, then what stands
once in each text, in the longest run that keeps its order (the patience difference of Cohen);
what is left is compared as a whole when it is small. Small enough to be fast on long transcripts,
careful enough not to pair what merely looks alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

__all__ = ["Alignment", "Block"]

_TOKEN: Final = re.compile(r"\w+|\s|[^\w\s]")
#: Product of two lengths up to which stretches without rare words are compared as a whole.
_SMALL: Final = 60_000
#: Words in a run, where no word stands once.
_RUN: Final = 5


class Block(NamedTuple):
    """A stretch that both texts hold: ``old[old:old + length] == new[new:new + length]``."""

    old: int
    new: int
    length: int


class Alignment:
    r"""The stretches that two texts share, none crossing another.

    Parameters
    ----------
    old, new : str
        Two versions of one canonical text.

    Attributes
    ----------
    blocks : tuple of Block
        In order, never touching on both sides.

    Examples
    --------
    >>> alignment = Alignment("Le maire arrive.\nIl parle.", "Bonjour.\nLe maire arrive.\nIl rit.")
    >>> alignment.place(3, 8), alignment.place(20, 25)
    ((12, 17), None)
    >>> alignment.origin(12, 17)
    (3, 8)
    """

    __slots__ = ("_new_length", "_new_starts", "_old_starts", "blocks")

    def __init__(self, old: str, new: str) -> None:
        self.blocks = tuple(_merged(_blocks(old, new)))
        self._old_starts = [block.old for block in self.blocks]
        self._new_starts = [block.new for block in self.blocks]
        self._new_length = len(new)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where ``old[start:end]`` stands in the new text, if it is shared whole."""
        rank = bisect_right(self._old_starts, start) - 1
        if rank < 0:
            return None
        block = self.blocks[rank]
        shift = block.new - block.old
        return (start + shift, end + shift) if end <= block.old + block.length else None

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where ``new[start:end]`` stands in the old text, if it is shared whole."""
        rank = bisect_right(self._new_starts, start) - 1
        if rank < 0:
            return None
        block = self.blocks[rank]
        shift = block.old - block.new
        return (start + shift, end + shift) if end <= block.new + block.length else None

    def is_free(self, start: int, end: int, old: int) -> bool:
        """Tell whether ``new[start:end]`` may be what started at `old` in the former text.

        It may not when half of it or more is shared with another stretch of the former text.
        """
        rank = max(0, bisect_right(self._new_starts, start) - 1)
        taken = 0
        for block in self.blocks[rank:]:
            if block.new >= end:
                break
            if block.new - block.old != start - old:
                taken += max(0, min(end, block.new + block.length) - max(start, block.new))
        return taken * 2 < end - start

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the new text that stands where ``old[start:end]`` stood.

        It goes from the end of what is shared before to the start of what is shared after; what
        is shared inside is part of it. It may be empty.
        """
        return self._edge(start, last=False), self._edge(end, last=True)

    def _edge(self, at: int, *, last: bool) -> int:
        """Return the edge, in the new text, of a stretch that starts or ends at `at`."""
        rank = (bisect_left if last else bisect_right)(self._old_starts, at) - 1
        if rank >= 0:
            block = self.blocks[rank]
            reached = block.old + block.length
            if at < reached or (last and at == reached):
                return at - block.old + block.new
            if not last:
                return block.new + block.length
        if not last:
            return 0
        return self.blocks[rank + 1].new if rank + 1 < len(self.blocks) else self._new_length


def _blocks(old: str, new: str) -> Iterator[Block]:
    """Yield the shared lines, then the shared words between them, in order."""
    if old == new:
        yield Block(0, 0, len(old))
        return
    lines = [text.split("\n") for text in (old, new)]
    starts = [list(accumulate((len(x) + 1 for x in side), initial=0)) for side in lines]
    done = (0, 0)
    shared = _matches(lines[0], lines[1], whole=False)
    for first, second, n in (*shared, (len(lines[0]), len(lines[1]), 0)):
        at = (min(starts[0][first], len(old)), min(starts[1][second], len(new)))
        yield from _words(old, new, done, at)
        done = (min(starts[0][first + n], len(old)), min(starts[1][second + n], len(new)))
        length = min(done[0] - at[0], done[1] - at[1])
        if length > 0:
            yield Block(*at, length)
        # A last line has no line feed: what the other text holds after it is still to compare.
        done = (at[0] + length, at[1] + length)


def _words(old: str, new: str, since: tuple[int, int], until: tuple[int, int]) -> Iterator[Block]:
    """Yield the words that two stretches share."""
    spans = [
        [match.span() for match in _TOKEN.finditer(text, first, last)]
        for text, first, last in zip((old, new), since, until, strict=True)
    ]
    if not all(spans):
        return
    words = [
        [text[start:end] for start, end in side]
        for text, side in zip((old, new), spans, strict=True)
    ]
    for first, second, n in _matches(words[0], words[1], whole=True):
        start = spans[0][first][0]
        yield Block(start, spans[1][second][0], spans[0][first + n - 1][1] - start)


def _matches(old: Sequence[str], new: Sequence[str], *, whole: bool) -> list[tuple[int, int, int]]:
    """Return the runs of items that two sequences share, in order: both starts and a length.

    `whole` compares small stretches without items that stand once as a whole.
    """
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        first, last, other, final = waiting.pop()
        head = 0
        while (
            first + head < last and other + head < final and old[first + head] == new[other + head]
        ):
            head += 1
        if head:
            found.append((first, other, head))
        first, other, tail = first + head, other + head, 0
        while (
            first < last - tail
            and other < final - tail
            and (old[last - tail - 1] == new[final - tail - 1])
        ):
            tail += 1
        if tail:
            found.append((last - tail, final - tail, tail))
        last, final = last - tail, final - tail
        if first == last or other == final:
            continue
        pairs = _once(old, new, (first, last), (other, final))
        if not pairs and whole:
            pairs = _once(old, new, (first, last), (other, final), size=_RUN)
        if pairs:
            edges = [(first - 1, other - 1), *pairs, (last, final)]
            found += ((a, b, 1) for a, b in pairs)
            waiting += (
                (a + 1, c, b + 1, d)
                for (a, b), (c, d) in pairwise(edges)
                if a + 1 < c and b + 1 < d
            )
        elif whole and (last - first) * (final - other) <= _SMALL:
            matcher = SequenceMatcher(None, old[first:last], new[other:final], autojunk=False)
            found += ((first + a, other + b, n) for a, b, n in matcher.get_matching_blocks() if n)
    return sorted(found)


def _once(
    old: Sequence[str],
    new: Sequence[str],
    here: tuple[int, int],
    there: tuple[int, int],
    size: int = 1,
) -> list[tuple[int, int]]:
    """Pair the items, or runs of `size` items, that stand once on both sides and keep an order."""
    sides = [
        [tuple(items[at : at + size]) for at in range(first, last - size + 1)]
        for items, (first, last) in ((old, here), (new, there))
    ]
    counts = [Counter(side) for side in sides]
    where = {
        run: at
        for at, run in enumerate(sides[1], start=there[0])
        if counts[1][run] == 1 and counts[0][run] == 1 and any(map(str.strip, run))
    }
    pairs = [(at, where[run]) for at, run in enumerate(sides[0], start=here[0]) if run in where]
    return [pairs[rank] for rank in _longest_rising([second for _first, second in pairs])]


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Return the ranks of a longest rising run of distinct `values`.

    Examples
    --------
    >>> _longest_rising([4, 0, 1, 5, 2])
    [1, 2, 4]
    """
    tops: list[int] = []
    ranks: list[int] = []
    before: list[int] = []
    for rank, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(ranks[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            ranks.append(rank)
        else:
            tops[pile], ranks[pile] = value, rank
    run: list[int] = []
    at = ranks[-1] if ranks else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]


def _merged(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join the blocks that touch on both sides."""
    last: Block | None = None
    for block in blocks:
        if last and last.old + last.length == block.old and last.new + last.length == block.new:
            last = Block(last.old, last.new, last.length + block.length)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last
