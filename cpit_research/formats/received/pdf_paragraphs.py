"""Lines joined in paragraphs, as whoever typed them had them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cpit_research.formats.received.pdf_hyphens import cuts
from cpit_research.formats.received.pdf_lines import Row
from cpit_research.formats.received.pdf_page import Line
from cpit_research.formats.received.timecodes import TIME

__all__ = ["Block", "Margins", "blocks"]

#: What always opens a paragraph: a bullet, a time code, a bracketed label.
_OPENS: Final = re.compile(
    rf"[•‣▪◦●■□➢→✓☒☐][ \u00a0]|\d{{1,2}}:\d\d:\d\d|\[{TIME}|\[[^\]]{{1,48}}\]\s*(?:\(|:|$)"
    rf"|[^\W\d_][^:\n.;,()]{{0,40}}\s?\({TIME}"
)
#: What opens one after the end of a sentence: a dash, a number, a label before a colon.
_MAY_OPEN: Final = re.compile(
    rf"[-–—*+o]\s|{TIME}|\(?\d{{1,3}}[.)]\s|\(?[a-zA-Z][.)]\s"
    r"|[^\W\d_a-zà-ÿ][^:\n.;,]{0,40}\s?:(?:\s|$)"
)
_ENDED: Final = re.compile(r"[.?!…:;]['’\"»”)\]\s]*$|\]\s*(?:\([\d: –-]*\))?$")
_FIRST_CHUNK: Final = re.compile(r"[^-‐]+[-‐]?|[-‐]+")
#: No line ends after the first of these, nor before the others, though a space is typed there.
_OPENING_MARK: Final = re.compile(r"[«“(\[]+")
_CLOSING_MARK: Final = re.compile(r"[?!:;»”)\]…]+[.,]?")
#: In sizes.
_INDENT: Final = 0.8
_LOOSE: Final = 0.3
_SLACK: Final = 0.2
_SPACE: Final = 0.25
_SAME_SIZE: Final = 0.06
#: How many lines must end near the longest, and what share of a column that is not wide.
_NEAR: Final = 3.0
_SUPPORT: Final = 3
_WIDE: Final = 0.6
_MANY: Final = 0.4
_FEW: Final = 8
_NARROWEST: Final = 12.0
#: Share of a page that its margin has at most, when no line tells.
_MARGIN: Final = 0.15
_BUCKET: Final = 40.0
#: In lines: how far apart two lines may be when nothing says what is usual.
_USUAL: Final = 1.35


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one paragraph, or one row."""

    lines: tuple[Line, ...]
    row: Row | None = None

    @property
    def page(self) -> int:
        """Page on which it starts."""
        return self.lines[0].page


class Margins:
    """Where lines end on the right, and how far apart they stand, in one document.

    Parameters
    ----------
    lines : sequence of Line
        In reading order.
    widths : mapping of int to (float, float)
        Left and right edges of each page.
    """

    __slots__ = ("_lefts", "_pitches", "_rights")

    def __init__(self, lines: Sequence[Line], widths: dict[int, tuple[float, float]]) -> None:
        columns: dict[tuple[int, int], list[Line]] = {}
        self._lefts: dict[Line, float] = {}
        for column in _columns(lines):
            left = min(line.left for line in column)
            usual = Counter(round(line.left) for line in column).most_common(1)[0][0]
            self._lefts |= dict.fromkeys(column, float(usual))
            width = round(widths[column[0].page][1] - widths[column[0].page][0])
            columns.setdefault((round(left / _BUCKET), width), []).extend(column)
        self._rights: dict[Line, float] = {}
        for column in columns.values():
            right = _right(column, widths)
            self._rights |= dict.fromkeys(column, right)
        self._pitches = self._usual(lines)

    def full(self, line: Line, after: Line) -> bool:
        """Tell whether the first word of `after` would not have fitted on `line`."""
        end = line.right + _SPACE * line.size + _first_chunk(after)
        return end > self._rights[line] - _SLACK * line.size

    def apart(self, line: Line, after: Line) -> bool:
        """Tell whether more than the usual height parts two lines of one page."""
        if line.page != after.page:
            return False
        down = line.baseline - after.baseline
        usual = self._pitches.get(_rounded(after.size), _USUAL * after.size)
        return down > usual + _LOOSE * after.size

    def indent(self, line: Line) -> float:
        """Return how far on the right of its column's usual start a line starts, in sizes."""
        return (line.left - self._lefts[line]) / line.size

    def _usual(self, lines: Sequence[Line]) -> dict[float, float]:
        """Return the most frequent height between two lines of a size, the first being full."""
        heights: dict[float, Counter[float]] = {}
        for line, after in pairwise(lines):
            down = line.baseline - after.baseline
            if (
                line.page == after.page
                and _rounded(line.size) == _rounded(after.size)
                and 0.9 * line.size <= down <= 2.2 * line.size
                and self.full(line, after)
            ):
                heights.setdefault(_rounded(line.size), Counter())[round(down, 1)] += 1
        return {
            size: min(found, key=lambda down: (-found[down], down))
            for size, found in heights.items()
        }


def blocks(items: Iterable[Line | Row], margins: Margins) -> Iterator[Block]:
    """Yield the paragraphs and rows of a document, in order."""
    paragraph: list[Line] = []
    for item in items:
        if isinstance(item, Row):
            if paragraph:
                yield Block(tuple(paragraph))
            paragraph = []
            yield Block(item.lines, item)
            continue
        if paragraph and not _goes_on(paragraph, item, margins):
            yield Block(tuple(paragraph))
            paragraph = []
        paragraph.append(item)
    if paragraph:
        yield Block(tuple(paragraph))


def _goes_on(paragraph: Sequence[Line], line: Line, margins: Margins) -> bool:
    """Tell whether a line goes on the paragraph of the lines before it."""
    last = paragraph[-1]
    if (
        abs(line.size - last.size) > _SAME_SIZE * last.size
        or (line.bold != last.bold and not _partly(paragraph, line))
        or margins.apart(last, line)
        or not (margins.full(last, line) or cuts(last.text, line.text))
    ):
        return False
    if _OPENS.match(line.text) or (_ENDED.search(last.text) and _MAY_OPEN.match(line.text)):
        return False
    return not _indented(paragraph, line, margins)


def _partly(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether bold words merely fill a line of a paragraph that is not all bold."""
    return not all(one.bold for one in paragraph) or line.text[:1].islower()


def _indented(paragraph: Sequence[Line], line: Line, margins: Margins) -> bool:
    """Tell whether the start of a line opens a paragraph."""
    first, last = paragraph[0], paragraph[-1]
    if line.page != last.page or line.baseline > last.baseline:
        return margins.indent(line) - margins.indent(last) > _INDENT  # another page or column
    moved = (line.left - last.left) / line.size
    if len(paragraph) == 1:
        hanging = bool(_OPENS.match(first.text) or _MAY_OPEN.match(first.text))
        return moved > _INDENT and not hanging and not _centred(last, line)
    return abs(moved) > _INDENT and not _centred(last, line)


def _centred(line: Line, other: Line) -> bool:
    return abs((line.left + line.right) - (other.left + other.right)) < line.size


def _first_chunk(line: Line) -> float:
    """Return the width of what no line end may cut, at the start of a line."""
    words = line.words
    last = 0
    while last + 1 < len(words) and (
        _OPENING_MARK.fullmatch(words[last].text) or _CLOSING_MARK.match(words[last + 1].text)
    ):
        last += 1
    word = words[last]
    chunk = _FIRST_CHUNK.match(word.text) if last == 0 else None
    share = len(chunk[0]) / len(word.text) if chunk else 1.0
    return word.left + share * (word.right - word.left) - words[0].left


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each page that stand over one another."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    for page in by_page.values():
        column: list[Line] = []
        reach = 0.0
        for line in sorted(page, key=lambda one: one.left):
            if column and line.left > reach:
                yield column
                column = []
            reach = max(reach, line.right) if column else line.right
            column.append(line)
        yield column


def _right(column: Sequence[Line], widths: dict[int, tuple[float, float]]) -> float:
    """Return the right margin: where the longest lines end when several do, else the page's."""
    ends = sorted((line.right for line in column), reverse=True)
    start = min(line.left for line in column)
    size = column[0].size
    left, right = widths[column[0].page]
    even = right - min(start - left, _MARGIN * (right - left))
    # A line that overflows is alone beyond the margin.
    for at, end in enumerate(ends[: 1 - _SUPPORT]):
        if end - ends[at + _SUPPORT - 1] > _NEAR * size:
            continue
        near = sum(one > end - _NEAR * size for one in ends)
        many = near >= _MANY * len(column) and len(column) > _FEW
        if end - start > _WIDE * (even - start) or (many and end - start > _NARROWEST * size):
            return end
        break
    return max(ends[0], even)


def _rounded(size: float) -> float:
    return round(size * 2) / 2
