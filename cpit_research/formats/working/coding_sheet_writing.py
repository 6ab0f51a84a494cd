"""Writing a coding sheet: a workbook that an analyst can read for a day."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.errors import InvalidInput
from cpit_research.formats.atomic import replace_file
from cpit_research.formats.characters import units
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.working.coding_sheet_cells import (
    as_cell,
    banner,
    fitting_height,
    offer,
    put,
    set_print,
    set_widths,
)
from cpit_research.formats.working.coding_sheet_columns import (
    CODING,
    EFFECTIVITY,
    EPISODE,
    INTERNAL,
    PAIRS,
    PLACE,
    READ,
    REMARK,
    pairs,
)
from cpit_research.formats.working.coding_sheet_reference import (
    CHOICES,
    VALUES,
    effectivities,
    label,
    write_grid,
    write_help,
    write_origin,
)
from cpit_research.formats.working.coding_sheet_style import RowPart, add_looks, row_look
from cpit_research.formats.working.table import Column
from cpit_research.formats.working.workbook import column_letter
from cpit_research.model.coding_sheet import CELL_UNITS, CodingSheet, SheetRow
from cpit_research.model.grid import Grid
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_sheet"]

_WIDTHS: Final = {
    "number": 6,
    "path": 20,
    "speaker": 15,
    "text": 90,
    "episode": 18,
    "effectivity": 15,
    "remark": 32,
}
_CODE_WIDTH: Final = 30
_WORDS_WIDTH: Final = 36
_HEADER: Final = 2
#: Number and document, in small grey.
_SIDE: Final = 2
#: Columns printed: as far as the words of the first code.
_PRINTED: Final = len(READ) + 2
_SPARE_ROWS: Final = 500
_UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)


def write_sheet(
    path: str | Path, sheet: CodingSheet, *, grid: Grid, made: datetime | None = None
) -> None:
    """Write a coding sheet: the same rows, grid and date give the same bytes.

    Parameters
    ----------
    path : str or Path
        Workbook to write, ``.xlsx``.
    sheet : CodingSheet
        Passages to code, with the codes already put, if any.
    grid : Grid
        Version of the grid that ``sheet.grid`` names; its definitions go on a second sheet.
    made : datetime, optional
        Date written in the properties of the file.

    Raises
    ------
    InvalidInput
        If `grid` is another version, or a passage is longer than a cell can hold (cut it before:
        :data:`~cpit_research.model.coding_sheet.CELL_UNITS`).
    FormatError
        If the file cannot be written.
    """
    from openpyxl import Workbook

    _check(sheet, grid)
    book = Workbook()
    add_looks(book)
    coding = book.worksheets[0]
    coding.title = CODING
    _write_rows(coding, sheet, grid)
    write_grid(book, grid)
    write_help(book)
    write_origin(book, sheet)
    buffer = BytesIO()
    book.save(buffer)
    title = f"Feuille de codage – {sheet.coder} – grille {grid.version}"
    core = core_properties(title=title, made=made or _UNDATED, subject=INTERNAL)
    replace_file(path, seal(buffer.getvalue(), core=core))


def _check(sheet: CodingSheet, grid: Grid) -> None:
    if sheet.grid != grid.version:
        raise InvalidInput(
            _("The sheet was made for the grid {sheet}, not {grid}.").format(
                sheet=sheet.grid, grid=grid.version
            )
        )
    for row in sheet.rows:
        if units(as_cell(row.text)) > CELL_UNITS:
            raise InvalidInput(
                _("A passage of {path} is longer than a cell can hold ({n} characters).").format(
                    path=row.path, n=len(row.text)
                ),
                remedy=_("Cut it into several rows."),
            )


def _write_rows(target: Worksheet, sheet: CodingSheet, grid: Grid) -> None:
    count = max([PAIRS, *(len(row.marks) for row in sheet.rows)])
    told = (EPISODE, EFFECTIVITY) if effectivities(grid) else (EPISODE,)
    columns = (*READ, *pairs(count), *told, REMARK, *PLACE)
    shown = len(columns) - len(PLACE)
    read = [_WIDTHS[column.field] for column in READ]
    last_ones = [_WIDTHS[column.field] for column in (*told, REMARK)]
    widths = read + [_CODE_WIDTH, _WORDS_WIDTH] * count + last_ones
    set_widths(target, widths)
    banner(target, shown)
    for at, column in enumerate(columns, start=1):
        put(target, _HEADER, at, column.header, "header")
        if at > shown:
            target.column_dimensions[column_letter(at)].hidden = True
    labels = {code.id: label(code) for code in grid}
    document, odd = "", False
    for number, row in enumerate(sheet.rows, start=1):
        first = row.source != document
        document, odd = row.source, odd ^ first
        values = _values(number, row, labels, count, told)
        heading = row.unit == "heading"
        for at, value in enumerate(values, start=1):
            part: RowPart = "side" if at <= _SIDE else "text" if at <= len(READ) else "free"
            look = row_look(part, heading=heading, odd=odd, first=first)
            put(target, _HEADER + number, at, value, look)
        height = fitting_height(values[:shown], widths, compact=heading)
        target.row_dimensions[_HEADER + number].height = height
    last = _HEADER + len(sheet.rows)
    corner = column_letter(len(columns))
    target.auto_filter.ref = f"A{_HEADER}:{corner}{max(last, _HEADER + 1)}"
    target.freeze_panes = f"{column_letter(len(READ) + 1)}{_HEADER + 1}"
    target.row_dimensions[_HEADER].height = 22
    filled = (_HEADER + 1, last + _SPARE_ROWS)
    offer(target, f"={CHOICES}", range(len(READ) + 1, len(READ) + 1 + 2 * count, 2), filled)
    if EFFECTIVITY in told:
        offer(target, f"={VALUES}", [len(READ) + 2 * count + len(told)], filled)
    target.print_area = f"A1:{column_letter(_PRINTED)}{max(last, _HEADER + 1)}"
    set_print(target, rows=_HEADER)


def _values(
    number: int, row: SheetRow, labels: dict[str, str], count: int, told: tuple[Column, ...]
) -> list[str | int]:
    marked: list[str | int] = []
    for mark in row.marks:
        marked += [labels.get(mark.code, mark.code), mark.words]
    marked += [""] * (2 * count - len(marked))
    place: list[str | int] = [row.source, row.version, row.start, row.end, row.visit, row.unit]
    event = [row.episode, row.effectivity][: len(told)]
    return [number, row.path, row.speaker, row.text, *marked, *event, row.remark, *place]
