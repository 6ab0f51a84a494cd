"""The words of a page put in lines, and lines in the order in which people read them.

A PDF says where words stand, not what follows what. The order in which the file writes them is
trusted as long as it never goes up: cells are then read row by row and columns one after the other.
Else the page is read from top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from cpit_research.formats.received.pdf_page import Line, Sheet, Word
from cpit_research.formats.received.timecodes import TIME

__all__ = ["MARK", "Row", "lines_of", "ordered"]

#: A bullet or number alone: what it opens may stand far from it.
MARK: Final = re.compile(r"[-*+•‣▪◦●■□➢→✓–—○o]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]")
_LABEL_ALONE: Final = re.compile(rf".{{1,60}}[:\]]|\W?{TIME}\W?")
#: In sizes: how far from the baseline words of a line stand, how wide a gap between them may be.
_RAISED: Final = 0.45
_GAP: Final = 1.8
_WIDEST_GAP: Final = 4.0
_MARK_GAP: Final = 6.0
#: Share by which the gaps of a justified line may differ.
_EVEN: Final = 0.05
#: A gap of less is one too, if it is this many times the others and the file writes it apart.
_CLEAR_GAP: Final = 0.7
_CLEARLY: Final = 1.8
_SPACE: Final = 0.3
_TOUCHING: Final = 0.6
_OVERLAP: Final = 0.5
#: In sizes: how far under a line the next one of a block may stand.
_LEADING: Final = 2.6
#: In sizes: how far on the left of it the next one may start.
_OUTDENT: Final = 3.0
#: Lines of a cell; more are a column.
_CELL_LINES: Final = 6
_MOST_BLOCKS: Final = 500


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, each with its lines."""

    cells: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all its cells."""
        return tuple(line for cell in self.cells for line in cell)


def lines_of(sheet: Sheet) -> list[Line]:
    """Return the lines of a page, in the order in which the file writes them."""
    runs: list[list[Word]] = []
    tallest: Word | None = None
    for word in sheet.words:
        if tallest and _goes_on(runs[-1], tallest, word):
            runs[-1].append(word)
            tallest = max(tallest, word, key=lambda one: one.size)
        else:
            runs.append([word])
            tallest = word
    cells = [cell for run in runs for cell in _cells(run)]
    return [Line(sheet.number, tuple(run)) for run in _touching(cells)]


def _goes_on(run: Sequence[Word], tallest: Word, word: Word) -> bool:
    """Tell whether a word goes on the line of the words before it."""
    last = run[-1]
    size = max(tallest.size, word.size)
    gap = word.left - last.right
    widest = _MARK_GAP if len(run) == 1 and MARK.fullmatch(last.text) else _WIDEST_GAP
    return (
        abs(word.baseline - tallest.baseline) <= _RAISED * size
        and -_OVERLAP * size <= gap <= widest * size
    )


def _cells(run: list[Word]) -> Iterator[list[Word]]:
    """Cut a run at the gaps that are clearly wider than its others: a justified line has none."""
    gaps = [after.left - word.right for word, after in pairwise(run)]
    sorted_gaps = sorted(gaps)
    even = len(gaps) > 1 and max(gaps) - min(gaps) <= _EVEN * max(gaps)
    start = 0
    for at, (gap, word) in enumerate(zip(gaps, run[1:], strict=True), start=1):
        if even or gap <= _CLEAR_GAP * word.size or (at == 1 and MARK.fullmatch(run[0].text)):
            continue
        usual = sorted_gaps[(len(gaps) - 2) // 2] if len(gaps) > 1 else _SPACE * word.size
        if gap > _GAP * word.size or (word.apart and gap > _CLEARLY * usual):
            yield run[start:at]
            start = at
    yield run[start:]


def _touching(runs: list[list[Word]]) -> list[list[Word]]:
    """Join the runs that touch on one baseline, though the file writes others between them."""
    by_height = sorted(
        range(len(runs)), key=lambda at: (round(runs[at][0].baseline), runs[at][0].left)
    )
    joined: dict[int, int] = {}
    for one, other in pairwise(by_height):
        left, right = runs[one][-1], runs[other][0]
        size = max(left.size, right.size)
        if (
            abs(one - other) > 1
            and abs(left.baseline - right.baseline) <= 0.1 * size
            and -_OVERLAP * size <= right.left - left.right <= _TOUCHING * size
        ):
            joined[other] = joined.get(one, one)
    for at in by_height:
        if at in joined:
            runs[joined[at]].extend(runs[at])
    return [run for at, run in enumerate(runs) if at not in joined]


def ordered(lines: Sequence[Line]) -> tuple[list[Line | Row], bool]:
    """Return lines and rows in the order in which they are read, and whether that is certain."""
    blocks = list(_level(list(_blocks(lines))))
    if _never_goes_up(blocks):
        return list(_in_rows(blocks)), True
    rows = list(_from_top(lines))
    return [item for row in rows for item in _as_items(row)], all(len(row) == 1 for row in rows)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that follow one another in the file, each under the one before."""
    block: list[Line] = []
    for line in lines:
        if block:
            last = block[-1]
            down = last.baseline - line.baseline
            size = max(last.size, line.size)
            under = 0 < down <= _LEADING * size and line.left >= last.left - _OUTDENT * size
            if not (under and line.over(last)):
                yield block
                block = []
        block.append(line)
    if block:
        yield block


def _level(blocks: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """Cut a block where a cell starts beside it, so that the cells of a row start together."""
    for block, after in pairwise([*blocks, []]):
        at = 0
        if after:
            at = next(
                (
                    rank
                    for rank, line in enumerate(block)
                    if line.right <= after[0].left + line.size
                    and abs(line.baseline - after[0].baseline) <= _RAISED * line.size
                ),
                0,
            )
        if at:
            yield block[:at]
        yield block[at:]


def _never_goes_up(blocks: Sequence[Sequence[Line]]) -> bool:
    """Tell whether no block stands over one that the file writes before it."""
    if len(blocks) > _MOST_BLOCKS:
        return False
    boxes = [
        (
            min(line.left for line in block),
            max(line.right for line in block),
            block[0].baseline,
            block[-1].baseline,
        )
        for block in blocks
    ]
    return not any(
        left < to and start < right and top > bottom
        for at, (left, right, top, _foot) in enumerate(boxes)
        for start, to, _head, bottom in boxes[:at]
    )


def _in_rows(blocks: Sequence[list[Line]]) -> Iterator[Line | Row]:
    """Yield lines, and a row for the cells that follow one another side by side."""
    beside: list[list[Line]] = []
    for block in blocks:
        if beside and not _beside(beside[-1], block):
            yield from _as_items(beside)
            beside = []
        beside.append(block)
    if beside:
        yield from _as_items(beside)


def _beside(block: Sequence[Line], other: Sequence[Line]) -> bool:
    """Tell whether `other` is on the right of `block`, in one row with it."""
    size = other[0].size
    return (
        min(line.left for line in other) >= max(line.right for line in block) - size
        and other[0].baseline >= block[-1].baseline - _RAISED * size
        and other[-1].baseline <= block[0].baseline + _RAISED * size
    )


def _as_items(beside: Sequence[Sequence[Line]]) -> Iterator[Line | Row]:
    """Yield one row, unless what stands side by side is a label and its words, or columns."""
    column = next((at for at, block in enumerate(beside) if len(block) > _CELL_LINES), None)
    *labels, spoken = beside or ((),)
    if labels and all(
        len(label) == 1 and _LABEL_ALONE.fullmatch(label[0].text) for label in labels
    ):
        opening = [word for block in labels for word in block[0].words]
        yield Line(spoken[0].page, (*opening, *spoken[0].words))
        yield from spoken[1:]
    elif column is not None:
        yield from _as_items(beside[:column])
        yield from beside[column]
        yield from _as_items(beside[column + 1 :])
    elif len(beside) > 1:
        yield Row(tuple(map(tuple, beside)))
    else:
        yield from spoken


def _from_top(lines: Sequence[Line]) -> Iterator[list[list[Line]]]:
    """Yield the lines of one height together, each as a cell, from the top of the page."""
    row: list[Line] = []
    height = median([line.size for line in lines]) if lines else 0.0
    for line in sorted(lines, key=lambda one: -one.baseline):
        if row and row[0].baseline - line.baseline > _RAISED * height:
            yield [[one] for one in sorted(row, key=lambda one: one.left)]
            row = []
        row.append(line)
    if row:
        yield [[one] for one in sorted(row, key=lambda one: one.left)]
