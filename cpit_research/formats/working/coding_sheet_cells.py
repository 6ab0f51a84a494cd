"""Cells, rows and pages of a coding sheet."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from cpit_research.formats.working.coding_sheet_columns import INTERNAL
from cpit_research.formats.working.workbook import column_letter
from cpit_research.text.controls import blank_controls

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "A3",
    "A4",
    "as_cell",
    "banner",
    "fitting_height",
    "offer",
    "put",
    "set_print",
    "set_widths",
]

#: Sizes of paper, as Excel numbers them.
A3: Final = 8
A4: Final = 9
_LINE: Final = 15.0
_TALLEST: Final = 409.0
_LITERAL_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_COMPUTED: Final = ("=", "+", "-", "@", "'")


def put(target: Worksheet, row: int, column: int, value: str | int, look: str) -> None:
    """Fill a cell; words are never a formula, a date or a number, whatever they look like."""
    cell = target.cell(row, column)
    cell.style = look if look.startswith("cpit ") else f"cpit {look}"
    if isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = as_cell(value)
        cell.data_type = "s"
        if value.startswith(_LOOKS_COMPUTED):
            cell.quotePrefix = True


def as_cell(words: str) -> str:
    """Return words as the file holds them: no control character, what looks escaped escaped.

    Examples
    --------
    >>> as_cell("la case _x0041_")
    'la case _x005F_x0041_'
    """
    return _LITERAL_ESCAPE.sub("_x005F_", blank_controls(words))


def banner(target: Worksheet, width: int, words: str = INTERNAL) -> None:
    """Say « interne », or other `words`, in the first row, over `width` columns."""
    put(target, 1, 1, words, "banner")
    for at in range(2, width + 1):
        put(target, 1, at, "", "banner")
    target.row_dimensions[1].height = 20


def set_widths(target: Worksheet, widths: Sequence[int]) -> None:
    """Set the widths of the first columns, in characters."""
    for at, width in enumerate(widths, start=1):
        target.column_dimensions[column_letter(at)].width = width


def set_print(
    target: Any, *, rows: int, header: str = INTERNAL, footer: str = "&P / &N", paper: int = A4
) -> None:
    """Print in landscape, one page wide, `rows` repeated, « interne » or `header` on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    if rows:
        target.print_title_rows = f"1:{rows}"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = paper
    target.page_setup.fitToWidth = 1
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.oddHeader.center.text = header or None
    target.oddFooter.center.text = footer
    target.sheet_view.zoomScale = 90


def offer(target: Worksheet, formula: str, columns: Iterable[int], rows: tuple[int, int]) -> None:
    """Put a drop-down list in some columns, from a row to another.

    Other words may still be typed, and are read with care.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(
        type="list", formula1=formula, allow_blank=True, showErrorMessage=False
    )
    first, last = rows
    for letter in map(column_letter, columns):
        offered.add(f"{letter}{first}:{letter}{last}")
    target.add_data_validation(offered)


def fitting_height(
    values: Sequence[str | int], widths: Sequence[int], *, compact: bool = False
) -> float:
    """Return the height that shows every cell whole, in points; a spreadsheet's limit is 409."""
    lines = max(
        (
            sum(max(1, len(textwrap.wrap(line, width))) for line in str(value).split("\n"))
            for value, width in zip(values, widths, strict=True)
        ),
        default=1,
    )
    return min(_TALLEST, math.ceil(max(lines, 1 if compact else 2) * _LINE) + 6)
