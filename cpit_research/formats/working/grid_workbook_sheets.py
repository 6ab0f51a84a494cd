"""Sheets of the workbook of a grid: rows of words, lists and advice in their columns, paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cpit_research.errors import InvalidInput
from cpit_research.formats.characters import units
from cpit_research.formats.working.coding_sheet_cells import (
    A3,
    fitting_height,
    put,
    set_print,
    set_widths,
)
from cpit_research.formats.working.coding_sheet_style import RowPart, row_look
from cpit_research.formats.working.table import Column, Vocabulary
from cpit_research.formats.working.workbook import column_letter
from cpit_research.model.coding_sheet import CELL_UNITS
from cpit_research.text.controls import blank_controls
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["HEADER", "SPARE_ROWS", "Rows", "add_sheet", "advise", "offer_words"]

#: The row of the headers, under that which says what the sheet is.
HEADER: Final = 2
#: Rows to come, which have lists and advice too.
SPARE_ROWS: Final = 300

Rows = Sequence[Sequence[str]]


def add_sheet(
    book: Workbook,
    title: str,
    columns: Sequence[Column],
    widths: Sequence[int],
    rows: Rows,
    *,
    headings: Sequence[bool] = (),
    strong: int = 1,
) -> Worksheet:
    """Add a sheet: what it is in the first row, headers, then rows of which `strong` cells lead."""
    from openpyxl.styles import Alignment

    target: Worksheet = book.create_sheet(title)
    set_widths(target, list(widths))
    for at, column in enumerate(columns, start=1):
        dimension = target.column_dimensions[column_letter(at)]
        # New rows are text too: nothing typed becomes a number or a date.
        dimension.number_format = "@"
        dimension.alignment = Alignment(wrap_text=True, vertical="top")
        put(target, 1, at, title if at == 1 else "", "banner")
        put(target, HEADER, at, column.header, "header")
    for number, row in enumerate(rows):
        heading = bool(headings) and headings[number]
        for at, value in enumerate(row, start=1):
            _check(value, f"{title}!{column_letter(at)}{HEADER + 1 + number}", row[0])
            part: RowPart = "strong" if at <= strong else "free"
            look = row_look(part, heading=heading, odd=True, first=False)
            put(target, HEADER + 1 + number, at, value, look)
        height = fitting_height(row, widths, compact=True)
        target.row_dimensions[HEADER + 1 + number].height = height
    target.row_dimensions[1].height = 20
    target.row_dimensions[HEADER].height = 32
    target.freeze_panes = f"A{HEADER + 1}"
    set_print(target, rows=HEADER, header="", footer="&A – &P / &N", paper=A3)
    return target


def _check(value: str, cell: str, code: str) -> None:
    if units(value) > CELL_UNITS:
        raise InvalidInput(
            _("{place}: the words of {code} are longer than a cell can hold.").format(
                place=cell, code=code
            ),
            remedy=_("Shorten them in the grid file, or export it as .yaml."),
        )
    if "\r" in value or blank_controls(value) != value:
        raise InvalidInput(
            _("{place}: the words of {code} hold a control character.").format(
                place=cell, code=code
            ),
            remedy=_("Remove it from the grid file: it cannot be seen, and a workbook loses it."),
        )


def offer_words(
    target: Worksheet, column: int, vocabulary: Vocabulary, *, row: int | None = None
) -> None:
    """Put the drop-down list of a vocabulary in a column, rows to come included, or in one row."""
    words = ",".join(vocabulary.words.values())
    _validate(target, column, formula=f'"{words}"', refuse=True, row=row)


def advise(target: Worksheet, column: int, title: str, words: str, *, formula: str = "") -> None:
    """Say in a column what to write there; what `formula` lists is offered, and may be left."""
    _validate(target, column, formula=formula, prompt=(title, words))


def _validate(
    target: Worksheet,
    column: int,
    *,
    formula: str = "",
    refuse: bool = False,
    prompt: tuple[str, str] = ("", ""),
    row: int | None = None,
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    title, words = prompt
    rule = DataValidation(
        type="list" if formula else None,
        formula1=formula or None,
        allow_blank=True,
        showErrorMessage=refuse,
        showInputMessage=bool(words),
        promptTitle=title or None,
        prompt=words or None,
        error="Choisir un mot de la liste." if refuse else None,
    )
    first, last = (row, row) if row else (HEADER + 1, target.max_row + SPARE_ROWS)
    rule.add(f"{column_letter(column)}{first}:{column_letter(column)}{last}")
    target.add_data_validation(rule)
