"""The sheet of a workbook that says how to use it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from cpit_research.formats.working.coding_sheet_cells import (
    banner,
    fitting_height,
    put,
    set_widths,
)
from cpit_research.formats.working.coding_sheet_columns import INTERNAL

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["HELP", "add_help"]

HELP: Final = "Mode d'emploi"
_WIDTH: Final = 105


def add_help(book: Workbook, lines: Iterable[str], *, words: str = INTERNAL) -> Worksheet:
    """Add the sheet of help: « interne » or other `words` in its first row, then numbered lines."""
    target: Worksheet = book.create_sheet(HELP)
    set_widths(target, [5, _WIDTH])
    banner(target, 2, words)
    for number, line in enumerate(lines, start=1):
        put(target, number + 2, 1, number, "name")
        put(target, number + 2, 2, line, "plain")
        target.row_dimensions[number + 2].height = fitting_height([line], [_WIDTH], compact=True)
    return target
