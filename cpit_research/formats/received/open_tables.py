"""The rows and cells of an OpenDocument table, as they are seen: spans, repetitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from cpit_research.formats.received.office_body import Cell, Row
from cpit_research.formats.received.open_xml import TABLE, count

__all__ = ["TABLE_ELEMENT", "OpenTables"]

TABLE_ELEMENT: Final = TABLE + "table"
_ROW: Final = TABLE + "table-row"
_CELL: Final = TABLE + "table-cell"
_COVERED: Final = TABLE + "covered-table-cell"
_MOST: Final = 1_000
#: Characters and elements of the rows and cells read again because they are repeated.
_MOST_REPEATED: Final = 100_000


class OpenTables:
    """Walks tables; what they repeat is bounded, over the whole document."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _MOST_REPEATED

    def rows(self, table: etree._Element) -> Iterator[Row]:
        """Yield the rows of a table.

        A cell covered by the one beside it is no cell; covered by the one above it, it is an
        empty one, as in Word.
        """
        above: dict[int, int] = {}
        number = 0
        for row in _rows(table):
            for _copy in range(self._copies(row, TABLE + "number-rows-repeated")):
                number += 1
                yield Row(number, self._cells(row, above))

    def _cells(self, row: etree._Element, above: dict[int, int]) -> Iterator[Cell]:
        column = 1
        for cell in row.iterchildren(_CELL, _COVERED):
            for _copy in range(self._copies(cell, TABLE + "number-columns-repeated")):
                if cell.tag == _CELL:
                    above[column] = count(cell, TABLE + "number-rows-spanned", 1, _MOST)
                elif above.get(column, 0) < 1 and not _speaks(cell):
                    column += 1
                    continue
                yield Cell(column, cell)
                above[column] = above.get(column, 0) - 1
                column += 1

    def _copies(self, element: etree._Element, name: str) -> int:
        """Return how many times a row or a cell is written."""
        repeated = count(element, name, 1, _MOST) - 1
        if repeated < 1:
            return 1
        weight = sum(1 + len(found.text or "") for found in element.iter())
        repeated = min(repeated, self._left // weight)
        self._left -= repeated * weight
        return 1 + repeated


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, header rows and groups of rows seen through."""
    for child in parent:
        if child.tag == _ROW:
            yield child
        elif child.tag != TABLE_ELEMENT:
            yield from _rows(child)


def _speaks(cell: etree._Element) -> bool:
    return any(text.strip() for text in cell.itertext())
