"""Tables of a web page: which only lay the page out, and where a cell stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

__all__ = ["Table", "lays_out"]

_IN_LAYOUT: Final = ("table", "h1", "h2", "h3", "h4", "h5", "h6")
_BORDER: Final = re.compile(
    r"border(?:-[a-z]+)*\s*:[^;]*\b(?:solid|double|dashed|dotted|inset|outset|ridge|groove)\b"
)
_MOST: Final = 1_000
#: Columns in which cells that span rows are counted.
_MOST_TAKEN: Final = 100
_NUMBER: Final = re.compile(r"\s*(\d{1,6})")


@dataclass(slots=True)
class Table:
    """A table being read.

    Attributes
    ----------
    layout : bool
        Whether it only lays the page out: its cells are then blocks like any others.
    number : int
        Its rank among the tables of the page; 0 in another table.
    """

    element: etree._Element
    layout: bool
    number: int = 0
    row: int = 0
    column: int = 1
    cells: int = 0
    _taken: dict[int, int] = field(default_factory=dict)

    def open_row(self) -> None:
        """Start a row."""
        self.row += 1
        self.column, self.cells = 1, 0

    def open_cell(self, cell: etree._Element) -> int:
        """Start a cell and return its column, cells that span columns or rows counted."""
        if not self.row:
            self.open_row()
        while self._taken.get(self.column, 0) > self.row:
            self.column += 1
        column, across, down = self.column, _span(cell, "colspan"), _span(cell, "rowspan")
        if down > 1:
            columns = range(column, min(column + across, _MOST_TAKEN))
            self._taken.update(dict.fromkeys(columns, self.row + down))
        self.column += across
        self.cells += 1
        return column


def lays_out(table: etree._Element) -> bool:
    """Tell whether a table only lays the page out.

    It does when it says so, and when nothing says that it holds data (a border, a heading cell, a
    caption) while it holds a heading or another table, or has one cell a row.
    """
    if table.get("role") in {"presentation", "none"}:
        return True
    groups = (table, *table.iterchildren("tbody"))
    rows = [row for group in groups for row in group.iterchildren("tr")]
    if (
        table.get("border", "0") not in {"0", ""}
        or table.get("summary")
        or next(table.iterchildren("caption", "thead", "tfoot"), None) is not None
        or any(
            cell.tag == "th" or _BORDER.search(cell.get("style", ""))
            for row in rows
            for cell in row
        )
    ):
        return False
    return next(table.iterdescendants(*_IN_LAYOUT), None) is not None or all(
        sum(1 for _ in row.iterchildren("td")) <= 1 for row in rows
    )


def _span(cell: etree._Element, attribute: str) -> int:
    found = _NUMBER.match(cell.get(attribute, ""))
    return min(max(int(found[1]), 1), _MOST) if found else 1
