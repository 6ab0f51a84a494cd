"""Writing an arbitration workbook: what each coder put, side by side, and room to decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.formats.atomic import replace_file
from cpit_research.formats.characters import units
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.working.arbitration_columns import (
    ARBITRATION,
    ARBITRATION_FORMAT,
    CHOICES,
    DECISION,
    EXACT,
    ID,
    KEEP,
    NONE,
    READ,
    REASON,
    REASONS,
    WHY,
    Arbitration,
    coder_columns,
)
from cpit_research.formats.working.coding_sheet_cells import (
    as_cell,
    banner,
    fitting_height,
    offer,
    put,
    set_print,
    set_widths,
)
from cpit_research.formats.working.coding_sheet_columns import INTERNAL, ORIGIN
from cpit_research.formats.working.coding_sheet_reference import label, write_grid
from cpit_research.formats.working.coding_sheet_style import RowPart, add_looks, row_look
from cpit_research.formats.working.help_sheet import add_help
from cpit_research.formats.working.workbook import column_letter
from cpit_research.model.coding_sheet import CELL_UNITS
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.grid import Grid
from cpit_research.wording import gettext as _
from cpit_research.wording.places import shown_place
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_arbitration"]

_WIDTHS: Final = {
    "number": 5,
    "path": 20,
    "place": 16,
    "kind": 16,
    "context": 60,
    "decision": 26,
    "exact": 30,
    "reason": 21,
    "why": 44,
}
_CODER_WIDTH: Final = 40
_HEADER: Final = 2
_SIDE: Final = 3
_LISTS: Final = "_choix"


def write_arbitration(path: Path, told: Arbitration, *, grid: Grid, made: datetime) -> None:
    """Write an arbitration workbook: the same rows, grid and date give the same bytes.

    Parameters
    ----------
    path : Path
        Workbook to write, ``.xlsx``.
    told : Arbitration
        The disagreements that are left to decide.
    grid : Grid
        The grid of the round; its definitions go on a second sheet.
    made : datetime
        Date written in the properties of the file.

    Raises
    ------
    FormatError
        If the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    add_looks(book)
    sheet = book.worksheets[0]
    sheet.title = ARBITRATION
    _write_rows(sheet, told, grid)
    write_grid(book, grid)
    set_print(add_help(book, _help()), rows=1)
    _write_choices(book, told, grid)
    _write_origin(book, told)
    buffer = BytesIO()
    book.save(buffer)
    title = f"Arbitrage – {told.name} – grille {told.grid}"
    core = core_properties(title=title, made=made, subject=INTERNAL)
    replace_file(path, seal(buffer.getvalue(), core=core))


def _write_rows(target: Worksheet, told: Arbitration, grid: Grid) -> None:
    own = coder_columns(told.coders)
    free = (DECISION, EXACT, REASON, WHY)
    columns = (*READ, *own, *free, ID)
    widths = [_WIDTHS.get(column.field, _CODER_WIDTH) for column in columns[:-1]]
    set_widths(target, widths)
    banner(target, len(widths))
    for at, column in enumerate(columns, start=1):
        put(target, _HEADER, at, column.header, "header")
    target.column_dimensions[column_letter(len(columns))].hidden = True
    document, odd = "", False
    for number, one in enumerate(told.rows, start=1):
        first = one.path != document
        document, odd = one.path, odd ^ first
        values = _values(number, one, told.coders, grid)
        for at, value in enumerate(values, start=1):
            part: RowPart = "side" if at <= _SIDE else "text"
            if at > len(READ) + len(own):
                part = "free"
            put(target, _HEADER + number, at, value,
                row_look(part, heading=False, odd=odd, first=first))  # fmt: skip
        target.row_dimensions[_HEADER + number].height = fitting_height(values[:-1], widths)
    last = max(_HEADER + len(told.rows), _HEADER + 1)
    target.auto_filter.ref = f"A{_HEADER}:{column_letter(len(columns))}{last}"
    target.freeze_panes = f"A{_HEADER + 1}"
    target.row_dimensions[_HEADER].height = 22
    at = len(READ) + len(own) + 1
    offer(target, f"={CHOICES}", [at], (_HEADER + 1, last))
    offer(target, f'"{",".join(REASONS.words.values())}"', [at + 2], (_HEADER + 1, last))
    target.print_area = f"A1:{column_letter(len(widths))}{last}"
    set_print(target, rows=_HEADER)


def _values(number: int, one: Disagreement, coders: tuple[str, ...], grid: Grid) -> list[str | int]:
    own = [_put_by(one, coder, grid) for coder in coders]
    kind = name_of(one.kind)
    passage = _fitting(one.context)
    return [number, one.path, shown_place(one.place), kind, passage, *own, "", "", "", "", one.id]


def _put_by(one: Disagreement, coder: str, grid: Grid) -> str:
    """Return what one coder put there: each code, and its words."""
    marks = [
        f"{label(grid[coding.code]) if coding.code in grid else coding.code}\n"
        + _("“{words}”").format(words=" ".join(words.split()))
        for coding, words in one.codings[coder]
    ]
    return _fitting("\n\n".join(marks)) or "–"


def _fitting(words: str) -> str:
    """Return words that a cell can hold: a passage of a whole document is cut, and says so."""
    most = CELL_UNITS // 2
    return words if units(as_cell(words)) <= CELL_UNITS else words[: most - 1] + "…"


def _write_choices(book: Workbook, told: Arbitration, grid: Grid) -> None:
    """Write the decisions that lists offer on a hidden sheet, and name their range."""
    from openpyxl.workbook.defined_name import DefinedName

    target = book.create_sheet(_LISTS)
    target.sheet_state = "hidden"
    banner(target, 1)
    offered = [*(f"{KEEP} {coder}" for coder in told.coders), NONE, *map(label, grid.leaves())]
    for number, words in enumerate(offered, start=2):
        put(target, number, 1, words, "plain")
    book.defined_names[CHOICES] = DefinedName(
        CHOICES, attr_text=f"'{_LISTS}'!$A$2:$A${len(offered) + 1}"
    )


def _help() -> Sequence[str]:
    return (
        _("Each row of the sheet “Arbitrage” is a passage that coders did not code alike; what "
          "each of them put stands side by side, a dash where she put nothing."),
        _("In “décision”, keep what one of them put, choose the code that stands, or “aucun "
          "code”. A row left empty is left for later."),
        _("A code is put on the whole passage; if it holds for some words only, copy them from "
          "the document into “mots exacts”."),
        _("In “raison du désaccord”, say why coders differed: the definition of a code, where a "
          "passage ends, a passage that was passed over, a slip."),
        _("In “pourquoi”, say why it is decided so: the next grid is made of these sentences."),
        _("What coders put is never changed by a decision: it stays in the record, and agreement "
          "is counted on it."),
        _("Save as .xlsx and read it back with “cpit round import”; it must not leave the team."),
    )  # fmt: skip


def _write_origin(book: Workbook, told: Arbitration) -> None:
    """Add the hidden sheet that says which study and round the workbook is for."""
    target = book.create_sheet(ORIGIN)
    target.sheet_state = "veryHidden"
    banner(target, 1)
    stated = {
        "format": f"arbitration {ARBITRATION_FORMAT}",
        "study": told.study,
        "round": told.round,
        "grid": told.grid,
        "coders": "; ".join(told.coders),
    }
    for number, (key, value) in enumerate(stated.items(), start=2):
        put(target, number, 1, key, "plain")
        put(target, number, 2, value, "plain")
