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
        Its rank among the tables of data of the page; 0 for any other.
    cells : int
        Cells of the row so far.
    place : str
        Place of the last cell.
    """

    layout: bool
    number: int = 0
    cells: int = 0
    place: str = ""
    _row: int = 0
    _column: int = 1
    _taken: dict[int, int] = field(default_factory=dict)

    def open_row(self) -> None:
        """Start a row."""
        self._row += 1
        self._column, self.cells = 1, 0

    def open_cell(self, cell: etree._Element) -> None:
        """Start a cell, its column found by the cells that span columns or rows before it."""
        if not self._row:
            self.open_row()
        while self._taken.get(self._column, 0) > self._row:
            self._column += 1
        column, across, down = self._column, _span(cell, "colspan"), _span(cell, "rowspan")
        if down > 1:
            columns = range(column, min(column + across, _MOST_TAKEN))
            self._taken.update(dict.fromkeys(columns, self._row + down))
        self._column += across
        self.cells += 1
        self.place = f"table {self.number}, row {self._row}, column {column}"


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
