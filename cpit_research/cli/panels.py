"""How wide each column of a table is in a terminal, and which stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Lines on which a long cell may fold; more of them only to spare a panel.
_LINES: Final = (3, 4, 5)
#: Width that the longest words and the longest cells may ask for.
_WIDEST: Final = 40
#: Blanks between two columns.
_GAP: Final = 1


@dataclass(frozen=True, slots=True)
class Panel:
    """Columns that stand side by side: their places in the table, and their widths."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]


def panels(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[Panel]:
    """
    Return the columns in as few panels as keep their words whole.

    Parameters
    ----------
    header, rows
        The cells as they are shown.
    width
        Characters of a line.

    Returns
    -------
    list of Panel
        Each begins by the first column, which says whose the figures are.

    Examples
    --------
    >>> header, row = ["code", "name", "both"], ["S11", "mandate", "12"]
    >>> panels(header, [row], 30)
    [Panel(columns=(0, 1, 2), widths=(4, 7, 4))]
    >>> [panel.columns for panel in panels(header, [row], 13)]
    [(0, 1), (0, 2)]
    """
    cells = [[row[at] for row in rows] for at in range(len(header))]
    tries = [
        [_need(*column, lines, width) for column in zip(header, cells, strict=True)]
        for lines in _LINES
    ]
    split = [_split([least for least, _most in needs], width) for needs in tries]
    best = min(range(len(_LINES)), key=lambda at: len(split[at]))
    return [_panel(columns, tries[best], width) for columns in split[best]]


def _need(name: str, cells: Sequence[str], lines: int, width: int) -> tuple[int, int]:
    """Return the least width of a column and the one that folds nothing."""
    longest = max(map(len, cells), default=0)
    word = max((len(part) for cell in (name, *cells) for part in cell.split(" ")), default=0)
    least = max(word, -(-longest // lines) if longest > _WIDEST // 2 else 0)
    least = min(least, _WIDEST, (width - _GAP) // 2)
    return least, max(least, longest, len(name))


def _split(least: Sequence[int], width: int) -> list[tuple[int, ...]]:
    found: list[list[int]] = [[]]
    taken = 0
    for at, need in enumerate(least):
        if len(found[-1]) > min(len(found) - 1, 1) and taken + _GAP + need > width:
            found.append([0])
            taken = least[0]
        taken += need + (_GAP if found[-1] else 0)
        found[-1].append(at)
    return [tuple(columns) for columns in found]


def _panel(columns: tuple[int, ...], needs: Sequence[tuple[int, int]], width: int) -> Panel:
    """Share what is left of a line among the columns that would fold, the shortest first."""
    widths = {at: needs[at][0] for at in columns}
    left = width - sum(widths.values()) - _GAP * (len(columns) - 1)
    wanting = sorted(columns, key=lambda at: needs[at][1] - needs[at][0])
    for rank, at in enumerate(wanting):
        more = min(needs[at][1] - widths[at], max(left, 0) // (len(wanting) - rank))
        widths[at] += more
        left -= more
    return Panel(columns, tuple(widths[at] for at in columns))
