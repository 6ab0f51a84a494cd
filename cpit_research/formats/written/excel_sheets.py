"""Sheets of a workbook as readers expect them: fonts, native tables, links, print setup."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from cpit_research.formats.written.excel_cells import LongTexts
from cpit_research.wording import language

__all__ = [
    "ACCENT",
    "MUTED",
    "heighten",
    "lay_table",
    "link",
    "on_paper",
    "put",
    "spread",
    "summed",
    "titled",
]

ACCENT: Final = "14505C"
MUTED: Final = "55626D"
_HEAD: Final = PatternFill("solid", fgColor="EEF3F4")
_LINE: Final = Side(style="thin", color=ACCENT)
_EXACT: Final = 10**15


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Any,
    longs: LongTexts,
    *,
    share: bool = False,
    wrap: bool = True,
    **font: Any,
) -> ExcelCell:
    """Write a value in a cell: a text is never a formula, a number keeps its nature.

    Parameters
    ----------
    sheet : Worksheet
        Where.
    row, column : int
        From 1.
    value : str, int, float, date or None
        What.
    longs : LongTexts
        Where the texts that no cell can hold go.
    share : bool
        The number is a share, shown as a percentage.
    wrap : bool
        Let a long text run over several lines.
    **font
        Of openpyxl's `Font`: ``bold``, ``size``, ``color``…
    """
    cell = sheet.cell(row, column)
    assert isinstance(cell, ExcelCell)  # noqa: S101 - never a merged one: the house merges none
    cell.font = Font(**{"name": "Arial", "size": 10, **font})
    cell.alignment = Alignment(vertical="top", wrap_text=wrap and isinstance(value, str))
    kept, shape = _storable(value, share=share)
    if isinstance(kept, str):
        text = longs.fit(kept, f"{sheet.title}!{cell.coordinate}")
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text[:1] in ("=", "+", "-", "@")
    elif kept is not None:
        cell.value = kept
        cell.number_format = shape
        if isinstance(kept, date):
            cell.alignment = Alignment(vertical="top", horizontal="left")
    return cell


def _storable(value: Any, *, share: bool) -> tuple[Any, str]:
    """Return what Excel can hold of a value, and the format that shows it."""
    match value:
        case datetime() if value.tzinfo is not None:
            return _storable(value.astimezone(UTC).replace(tzinfo=None), share=share)
        case date():
            return (value, _DATES[language()]) if value.year >= 1900 else (value.isoformat(), "")
        case float() if not math.isfinite(value):
            return "–", ""
        case int() | float() if share:
            return value, r"0\ %" if language() == "fr" else "0%"
        case int() if abs(value) >= _EXACT:
            return str(value), ""
        case float() if not value.is_integer():
            return value, "#,##0.00"
        case int() | float():
            return value, "#,##0"
        case _:
            return value, "General"


_DATES: Final = {"fr": "dd/mm/yyyy", "en": "d mmm yyyy"}


def titled(sheet: Worksheet, text: str, longs: LongTexts) -> None:
    """Write the title of a sheet on its first line."""
    put(sheet, 1, 1, text, longs, wrap=False, bold=True, size=13, color=ACCENT)


def link(cell: ExcelCell, sheet: str, place: str = "A1") -> None:
    """Make a cell lead to a place of the same workbook."""
    quoted = sheet.replace("'", "''")
    shown = str(cell.value)[:250]
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{place}", display=shown)
    cell.font = Font(name="Arial", size=cell.font.size, color=ACCENT, underline="single")


def lay_table(
    sheet: Worksheet,
    top: int,
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    longs: LongTexts,
    *,
    rank: int,
    shares: Sequence[int] = (),
    widths: Sequence[float],
) -> int:
    """Lay a native table with filters, its header frozen and repeated in print.

    Parameters
    ----------
    sheet : Worksheet
        Where.
    top : int
        Row of the header.
    names : sequence of str
        Distinct names of the columns.
    rows : sequence of sequences
        Cells.
    longs : LongTexts
        Where the texts that no cell can hold go.
    rank : int
        Number of the table, unique in the workbook.
    shares : sequence of int
        Columns shown as percentages.
    widths : sequence of float
        Widths in characters.

    Returns
    -------
    int
        The row after the last one.
    """
    for column, name in enumerate(names, 1):
        cell = put(sheet, top, column, name, longs, bold=True)
        cell.fill, cell.border = _HEAD, Border(bottom=_LINE)
        cell.alignment = Alignment(vertical="bottom", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    for row, cells in enumerate(rows, top + 1):
        for column, value in enumerate(cells, 1):
            put(sheet, row, column, value, longs, share=column - 1 in shares)
    bottom = top + max(1, len(rows))  # a table has at least one row, be it empty
    area = f"A{top}:{get_column_letter(len(names))}{bottom}"
    table = ExcelTable(displayName=f"Table_{rank}", ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    return bottom + 1


def summed(
    sheet: Worksheet, row: int, cells: Sequence[Any], longs: LongTexts, shares: Sequence[int]
) -> None:
    """Write totals under a table, one row away, where filters and sorts leave them alone."""
    for column, value in enumerate(cells, 1):
        cell = put(sheet, row, column, value, longs, share=column - 1 in shares, bold=True)
        cell.border = Border(top=_LINE)


def spread(sheet: Worksheet, cell: ExcelCell, columns: int) -> None:
    """Let a sentence run on several lines across so many columns; never inside a table."""
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if columns > 1:
        last = cell.column + columns - 1
        sheet.merge_cells(
            start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=last
        )


def heighten(sheet: Worksheet) -> None:
    """Give each row the height of its longest text.

    Excel does it alone for a file it wrote itself; for others, wrapped lines would overlap.
    """
    spans = {area.coord.split(":")[0]: area.max_col for area in sheet.merged_cells.ranges}
    for number, row in enumerate(sheet.iter_rows(), 1):
        asked = [
            _height(sheet, cell, spans.get(cell.coordinate, cell.column))
            for cell in row
            if cell.value is not None
        ]
        if asked:
            sheet.row_dimensions[number].height = min(_TALLEST, max(asked))


def _height(sheet: Worksheet, cell: Any, last: int) -> float:
    """Return the height of a cell in points, a little generous: fonts differ."""
    size = float(cell.font.size)
    lines = 1
    if cell.alignment.wrap_text:
        letters = map(get_column_letter, range(cell.column, last + 1))
        width = sum(sheet.column_dimensions[letter].width for letter in letters)
        across = width * 10.5 / size
        lines = sum(max(1, math.ceil(len(line) / across)) for line in str(cell.value).split("\n"))
    return lines * size * 1.3 + 4


_TALLEST: Final = 405.0  # points; Excel stops at 409


def on_paper(sheet: Worksheet, *, banner: str, pages: str) -> None:
    """Set a sheet for print: A4 landscape, as wide as the page, banner and page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    printed: Any = sheet  # typed as if headers could be missing
    if banner:  # an empty header is a fault for those who read it strictly
        printed.oddHeader.left.text = _literal(banner)
    printed.oddFooter.left.text = _literal(sheet.title)
    printed.oddFooter.right.text = pages


def _literal(text: str) -> str:
    """Return a text for a header or footer, where ``&`` begins a command."""
    return " ".join(text.split())[:200].replace("&", "&&")
