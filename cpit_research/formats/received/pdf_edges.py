"""Running titles and page numbers: what comes back at the top or at the bottom of pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cpit_research.formats.received.pdf_page import Line

__all__ = ["Edges", "running"]

#: Rows looked at, from either end of a page.
_ROWS: Final = 3
#: Share of a page in which they stand, at either end.
_EDGE: Final = 0.2
#: In sizes: the height that parts them from the text, or how far their size is from its.
_CLEAR: Final = 1.7
_OTHER_SIZE: Final = 0.06
#: Points by which a running title may move from one page to the next.
_DRIFT: Final = 4.0
#: Share of the pages with words at that height that must say the same there.
_MOSTLY: Final = 0.8
_TITLES: Final = 3
#: Pages with titles of their own beside their number.
_CHAPTERS: Final = 3
#: Share of the pages that a running title is on.
_PAGES: Final = 0.4
_DIGITS: Final = re.compile(r"\d+")
_NUMBER_ALONE: Final = re.compile(
    r"(?:p(?:age|\.)?\s*)?[-–—]?\s*1\s*[-–—]?(?:\s*(?:/|sur|of|de)\s*1)?", re.IGNORECASE
)
#: How much of the page, at its foot, the number of a single page stands in.
_FOOT: Final = 0.1
#: What opens speech may come back at the top of pages by chance.
_LABEL: Final = re.compile(r"\[[^\]]*\].*|.{1,40}:")
_LABEL_PAGES: Final = 5


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "  ".join(line.text for line in self.lines)

    @property
    def shape(self) -> str:
        return _DIGITS.sub("#", self.text)

    @property
    def height(self) -> float:
        return self.lines[0].baseline


@dataclass(frozen=True, slots=True)
class Edges:
    """What was found running: the lines to leave out, and each text once, by kind."""

    lines: frozenset[int]
    headers: tuple[str, ...]
    footers: tuple[str, ...]
    numbers: tuple[str, ...]


def running(
    pages: Mapping[int, Sequence[Line]], heights: Mapping[int, tuple[float, float]]
) -> Edges:
    """Return what comes back at the top or bottom of pages.

    Parameters
    ----------
    pages : mapping of int to sequence of Line
        Lines of each page, in any order.
    heights : mapping of int to (float, float)
        Bottom and top of each page.
    """
    rows = {number: _rows(lines) for number, lines in pages.items() if lines}
    out: set[int] = set()
    texts: dict[str, dict[str, None]] = {"top": {}, "bottom": {}, "number": {}}
    for edge in ("top", "bottom"):
        for found in _running(rows, heights, edge):
            out |= {id(line) for line in found.lines}
            alone = not re.search(r"[^\W\d_]{2}", re.sub("(?i)page|sur|of", "", found.text))
            texts["number" if alone else edge].setdefault(found.text)
    if len(rows) == 1:
        ((number, only),) = rows.items()
        for found in _only_number(only, *heights[number]):
            out |= {id(line) for line in found.lines}
            texts["number"].setdefault(found.text)
    return Edges(
        frozenset(out), tuple(texts["top"]), tuple(texts["bottom"]), tuple(texts["number"])
    )


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (-one.baseline, one.left)):
        if rows and rows[-1][0].baseline - line.baseline <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_Row(row[0].page, tuple(sorted(row, key=lambda one: one.left))) for row in rows]


def _running(
    rows: Mapping[int, Sequence[_Row]], heights: Mapping[int, tuple[float, float]], edge: str
) -> list[_Row]:
    """Return the running rows of an edge, from the outermost inwards, page by page."""
    layers: dict[int, list[_Row]] = {
        number: _outer(page, *heights[number], edge) for number, page in rows.items()
    }
    found: list[_Row] = []
    for _depth in range(_ROWS):
        outermost = [page[0] for page in layers.values() if page]
        accepted = _accepted(outermost, len(rows))
        if not accepted:
            break
        for row in accepted:
            layers[row.page].pop(0)
        found += accepted
    running = [
        row
        for number, page in rows.items()
        for row in _parted([one for one in found if one.page == number], page, edge)
    ]
    return sorted(running, key=lambda row: row.page)


def _parted(found: list[_Row], page: Sequence[_Row], edge: str) -> list[_Row]:
    """Return the rows that a clear height, or another size, parts from the text."""
    inwards = page if edge == "top" else page[::-1]
    while found:
        last, after = found[-1].lines[0], inwards[len(found)].lines[0]
        clear = abs(last.baseline - after.baseline) > _CLEAR * max(last.size, after.size)
        if clear or abs(last.size - after.size) > _OTHER_SIZE * after.size:
            break
        found = found[:-1]
    return found


def _outer(page: Sequence[_Row], bottom: float, top: float, edge: str) -> list[_Row]:
    """Return the rows that stand near an edge of their page, the outermost first."""
    share = _EDGE * (top - bottom)
    near = [
        row
        for row in (page if edge == "top" else reversed(page))
        if (row.height > top - share if edge == "top" else row.height < bottom + share)
    ]
    return near[: min(_ROWS, len(page) - 1)]


def _accepted(outermost: Sequence[_Row], pages: int) -> list[_Row]:
    accepted: list[_Row] = []
    for same_height in _by_height(outermost):
        numbered = _numbered(same_height)
        if len(numbered) >= max(_CHAPTERS, _PAGES * pages, _MOSTLY * len(same_height)):
            accepted += numbered
            continue
        shapes: dict[str, list[_Row]] = defaultdict(list)
        for row in same_height:
            shapes[row.shape].append(row)
        titles = [
            rows
            for shape, rows in shapes.items()
            if len(rows) > 1 and _comes_back(rows) and _is_title(shape, rows)
        ]
        covered = sum(map(len, titles))
        # The first page often bears a title of its own there.
        others = sum(row.page != outermost[0].page for row in same_height) - covered
        if (
            titles
            and len(titles) <= _TITLES
            and covered >= max(2, _PAGES * pages)
            and others <= (1 - _MOSTLY) * len(same_height)
        ):
            accepted += [row for rows in titles for row in rows]
    return accepted


def _numbered(rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows that start or end with the number of their page, whatever they say."""
    counted = [
        (row, {int(n[:9]) - row.page for n in (numbers[0], numbers[-1])})
        for row in rows
        if (numbers := _DIGITS.findall(row.text))
    ]
    ahead = Counter(shift for _row, shifts in counted for shift in shifts)
    if not ahead:
        return []
    usual = ahead.most_common(1)[0][0]
    return [row for row, shifts in counted if usual in shifts]


def _by_height(rows: Iterable[_Row]) -> list[list[_Row]]:
    groups: list[list[_Row]] = []
    for row in sorted(rows, key=lambda one: one.height):
        if groups and row.height - groups[-1][0].height <= _DRIFT:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _comes_back(rows: Sequence[_Row]) -> bool:
    """Tell whether rows of one shape say the same, or differ as the numbers of their pages do."""
    columns = zip(*([int(n[:9]) for n in _DIGITS.findall(row.text)] for row in rows), strict=True)
    return all(
        len(set(numbers)) == 1
        or len({number - row.page for number, row in zip(numbers, rows, strict=True)}) == 1
        for numbers in columns
    )


def _is_title(shape: str, rows: Sequence[_Row]) -> bool:
    return not _LABEL.fullmatch(shape) or len(rows) >= _LABEL_PAGES


def _only_number(rows: Sequence[_Row], bottom: float, top: float) -> list[_Row]:
    last = rows[-1]
    low = last.height < bottom + _FOOT * (top - bottom)
    numbered = len(rows) > 1 and low and _NUMBER_ALONE.fullmatch(last.text)
    return [last] if numbered else []
