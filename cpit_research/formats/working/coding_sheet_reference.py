"""What goes with the passages of a coding sheet: grid, way to use it, where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cpit_research.formats.working.coding_sheet_cells import (
    banner,
    fitting_height,
    put,
    set_print,
    set_widths,
)
from cpit_research.formats.working.coding_sheet_columns import GRID, ORIGIN, SHEET_FORMAT
from cpit_research.formats.working.help_sheet import add_help
from cpit_research.formats.working.workbook import column_letter
from cpit_research.model.coding_sheet import CodingSheet
from cpit_research.model.episode import EFFECTIVITY
from cpit_research.model.grid import Code, Grid
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "CHOICES",
    "VALUES",
    "effectivities",
    "label",
    "write_grid",
    "write_help",
    "write_origin",
]

#: Name of the range of codes that drop-down lists offer.
CHOICES: Final = "codes_de_la_grille"
#: Name of the range of the values of effectivity.
VALUES: Final = "effectivites_de_la_grille"
_GRID_COLUMNS: Final = (
    ("id", 7),
    ("famille", 26),
    ("nom", 32),
    ("définition", 46),
    ("inclure", 38),
    ("exclure", 38),
    ("indicateurs", 44),
)


def label(code: Code) -> str:
    """Return a code as lists show it, « S11 – Faire clarifier son mandat »."""
    return f"{code.id} – {code.name}"


def write_grid(book: Workbook, grid: Grid) -> None:
    """Add the sheet of definitions, and name the range of codes that lists offer."""
    from openpyxl.workbook.defined_name import DefinedName

    target = book.create_sheet(GRID)
    widths = [width for _name, width in _GRID_COLUMNS]
    set_widths(target, widths)
    banner(target, len(widths))
    said = " – ".join(part for part in (grid.title, grid.version, grid.warning) if part)
    put(target, 2, 1, said, "note")
    target.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(widths))
    target.row_dimensions[2].height = fitting_height([said], [sum(widths)])
    for at, (name, _width) in enumerate((*_GRID_COLUMNS, ("étiquette", 0)), start=1):
        put(target, 3, at, name, "header")
    leaves = grid.leaves()
    for number, code in enumerate(leaves, start=4):
        values = _grid_row(code, grid)
        for at, value in enumerate(values, start=1):
            put(target, number, at, value, "name" if at in {1, 3} else "plain")
        target.row_dimensions[number].height = fitting_height(values[:-1], widths)
    letter = column_letter(len(widths) + 1)
    target.column_dimensions[letter].hidden = True
    last = 3 + max(1, len(leaves))
    _write_values(book, target, grid, len(widths) + 2)
    book.defined_names[CHOICES] = DefinedName(
        CHOICES, attr_text=f"'{GRID}'!${letter}$4:${letter}${last}"
    )
    target.auto_filter.ref = f"A3:{letter}{last}"
    target.freeze_panes = "D4"
    set_print(target, rows=3)


def _write_values(book: Workbook, target: Worksheet, grid: Grid, at: int) -> None:
    """Write the values of effectivity in a hidden column, and name their range."""
    from openpyxl.workbook.defined_name import DefinedName

    names = effectivities(grid)
    if not names:
        return
    put(target, 3, at, "effectivités", "header")
    for number, name in enumerate(names, start=4):
        put(target, number, at, name, "plain")
    letter = column_letter(at)
    target.column_dimensions[letter].hidden = True
    place = f"'{GRID}'!${letter}$4:${letter}${3 + len(names)}"
    book.defined_names[VALUES] = DefinedName(VALUES, attr_text=place)


def effectivities(grid: Grid) -> list[str]:
    """Return the names of the values of effectivity, none when the grid has no such facet."""
    facets = [facet for facet in grid.facets if facet.id == EFFECTIVITY]
    return [name for facet in facets for _value, name in facet.values]


def _grid_row(code: Code, grid: Grid) -> list[str | int]:
    family = grid.family(code.id)
    return [
        code.id,
        label(family) if family is not code else "",
        code.name,
        code.definition,
        code.include,
        code.exclude,
        " ; ".join(code.indicators),
        label(code),
    ]


def write_help(book: Workbook) -> None:
    """Add the sheet that says how to use the workbook, in a few lines."""
    set_print(add_help(book, _help()), rows=1)


def _help() -> tuple[str, ...]:
    return (
        _("Each row of the sheet “Codage” is a paragraph or a turn; read it whole before coding."),
        _("Choose a code in the list of “code 1”, or type its id (S11); definitions: “Grille”."),
        _("If the code holds for the whole row, leave “mots exacts” empty."),
        _("If it holds for some words only, copy them from the text into “mots exacts”."),
        _("If these words stand twice in the row, copy a few more words around them."),
        _("A second and a third code go in “code 2” and “code 3”; the order does not matter."),
        _("For more codes, copy the whole row, insert the copy below and change its codes."),
        _(
            "Rows of one document that tell one event bear the same short label in “épisode”; "
            "“effectivité” is told once for all of them."
        ),
        _("Leave the text as it is: a row whose text has changed is refused. You may sort."),
        _("When you hesitate, write why in “remarque”; it stays within the team."),
        _("Save as .xlsx under the same name and send it back; it must not leave the team."),
    )


def write_origin(book: Workbook, sheet: CodingSheet) -> None:
    """Add the hidden sheet that says which study, coder and grid the workbook is for."""
    target = book.create_sheet(ORIGIN)
    target.sheet_state = "veryHidden"
    banner(target, 1)
    stated = {
        "format": str(SHEET_FORMAT),
        "study": sheet.study,
        "coder": sheet.coder,
        "grid": sheet.grid,
    }
    for number, (key, value) in enumerate(stated.items(), start=2):
        put(target, number, 1, key, "plain")
        put(target, number, 2, value, "plain")
