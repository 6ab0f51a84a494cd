"""Writing a review copy as a workbook: the partner laboratory reads, and fills in the white."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.formats.atomic import replace_file
from cpit_research.formats.review_copy import (
    ADDITIONS,
    FACTS,
    FILLED,
    OPINION_WORDS,
    SPARE,
    SUBMITTED,
    Reviewed,
    reviewed,
)
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.working.coding_sheet_cells import (
    fitting_height,
    offer,
    put,
    set_print,
    set_widths,
)
from cpit_research.formats.working.coding_sheet_style import add_looks, row_look
from cpit_research.formats.working.workbook import column_letter
from cpit_research.model.grid import Grid
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_review_xlsx"]

_READ_FIRST: Final = "À lire"
_REVIEW: Final = "Relecture"
_COLUMNS: Final = ("code", *SUBMITTED.values(), *FILLED.values())
_WIDTHS: Final = (9, 30, 44, 36, 36, 36, 14, 48, 18, 18)
_READ: Final = 1 + len(SUBMITTED)
_FACT_WIDTHS: Final = (18, 96)
_SPARE_HEIGHT: Final = 48
_SPARE_ROWS: Final = 200


def write_review_xlsx(
    path: str | Path, grid: Grid, *, made: datetime, author: str, notes: tuple[str, ...]
) -> None:
    """Write the review copy of a version of the grid: the same grid and date, the same bytes.

    Parameters
    ----------
    path : str or Path
        Workbook to write, ``.xlsx``.
    grid : Grid
        The version to review.
    made : datetime
        Date written in the properties of the file.
    author : str
        Who asks for the review.
    notes : tuple of str
        What a reviewer must know, a sentence each.
    """
    from openpyxl import Workbook

    book = Workbook()
    add_looks(book)
    title = _("Review copy of the grid {version}").format(version=grid.version)
    _write_facts(book.worksheets[0], grid, title, notes)
    _write_table(book, _REVIEW, [_row(one) for one in reviewed(grid)], title)
    spare = [((code,), False) for code, n in SPARE.items() for _rank in range(n)]
    _write_table(book, ADDITIONS, spare, title)
    buffer = BytesIO()
    book.save(buffer)
    core = core_properties(title=f"{title} – {grid.title}", made=made, author=author)
    replace_file(path, seal(buffer.getvalue(), core=core))


def _write_facts(target: Worksheet, grid: Grid, title: str, notes: tuple[str, ...]) -> None:
    target.title = _READ_FIRST
    set_widths(target, _FACT_WIDTHS)
    put(target, 1, 1, title, "name")
    put(target, 1, 2, " – ".join(part for part in (grid.title, grid.warning) if part), "plain")
    target.row_dimensions[1].height = fitting_height([title, f"{grid.title}{grid.warning}"],
                                                     _FACT_WIDTHS)  # fmt: skip
    known = {"grid": grid.version, "fingerprint": grid.fingerprint}
    row = 3
    for row, (field, label) in enumerate(FACTS.items(), start=3):
        put(target, row, 1, label, "name")
        free = field not in known
        put(target, row, 2, known.get(field, ""), _free() if free else "plain")
    for number, note in enumerate(notes, start=row + 2):
        put(target, number, 1, str(number - row - 1), "plain")
        put(target, number, 2, note, "plain")
        target.row_dimensions[number].height = fitting_height(
            [note], [_FACT_WIDTHS[1]], compact=True
        )
    set_print(target, rows=0, header=title)


def _row(one: Reviewed) -> tuple[tuple[str, ...], bool]:
    return (one.code.id, *(str(getattr(one.code, field)) for field in SUBMITTED)), one.is_family


def _write_table(
    book: Workbook, name: str, rows: Sequence[tuple[tuple[str, ...], bool]], title: str
) -> None:
    target = book.create_sheet(name[:31])
    set_widths(target, _WIDTHS)
    for at, header in enumerate(_COLUMNS, start=1):
        put(target, 1, at, header, "header")
    for number, (values, is_family) in enumerate(rows, start=2):
        cells = [*values, *[""] * (len(_COLUMNS) - len(values))]
        to_fill = len(values) == 1
        for at, look in enumerate(_looks(is_family=is_family, to_fill=to_fill), start=1):
            put(target, number, at, cells[at - 1], look)
        height = fitting_height(cells, _WIDTHS, compact=is_family)
        target.row_dimensions[number].height = _SPARE_HEIGHT if to_fill else height
    last = max(2, len(rows) + 1)
    target.auto_filter.ref = f"A1:{column_letter(len(_COLUMNS))}{last}"
    target.freeze_panes = "C2"
    listed = ",".join(OPINION_WORDS.values())
    offer(target, f'"{listed}"', [_READ + 1], (2, last + _SPARE_ROWS))
    set_print(target, rows=1, header=title)


def _looks(*, is_family: bool, to_fill: bool) -> Iterator[str]:
    for at in range(len(_COLUMNS)):
        if at >= _READ or (to_fill and at):
            yield _free()
        else:
            yield row_look("text", heading=is_family, odd=False, first=False)


def _free() -> str:
    return row_look("free", heading=False, odd=True, first=False)
