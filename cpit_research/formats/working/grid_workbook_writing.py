"""Writing a grid as a workbook that a researcher edits: a sheet an axis, a row a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cpit_research.errors import InvalidInput
from cpit_research.formats.atomic import replace_file
from cpit_research.formats.characters import units
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.working.coding_sheet_cells import fitting_height, put, set_widths
from cpit_research.formats.working.coding_sheet_style import RowPart, add_looks, row_look
from cpit_research.formats.working.grid_workbook_columns import (
    AXES,
    AXIS,
    CHANGE,
    CHANGES,
    CODE,
    FACET,
    FACETS,
    IDENTITY,
    KINDS,
    LISTS,
    NATURES,
    PROPERTIES,
    PROPERTY,
    REFERENCE,
    REFERENCES,
    RULE,
    RULE_NAMES,
    RULES,
    STATES,
    STATUSES,
    YES_NO,
    cell_of,
    tab_titles,
)
from cpit_research.formats.working.grid_workbook_help import write_help
from cpit_research.formats.working.table import Column, Vocabulary
from cpit_research.formats.working.workbook import column_letter
from cpit_research.model.coding_sheet import CELL_UNITS
from cpit_research.model.grid import Code, Grid
from cpit_research.text.controls import blank_controls
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write_grid_workbook"]

_WIDTHS: Final[Mapping[str, int]] = {
    "id": 8, "parent": 8, "name": 32, "definition": 46, "long_definition": 62, "goal": 30,
    "trigger": 34, "include": 42, "exclude": 42, "redirects": 12, "example": 52, "borderline": 46,
    "status": 12, "provenance": 26, "publication": 32, "competences": 36,
}  # fmt: skip
_WIDTH: Final = 36
_HEADER: Final = 2
_SPARE_ROWS: Final = 300
#: Pages in width, on A3.
_PAGES: Final = 3
#: Columns shown even if they are empty.
_ALWAYS: Final = frozenset(
    {"id", "parent", "name", "definition", "include", "exclude", "redirects", "status"}
)
_UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)

Rows = Sequence[Sequence[str]]


def write_grid_workbook(grid: Grid, path: str | Path) -> None:
    """Write a grid as a workbook, ``.xlsx``: the same grid gives the same bytes.

    :func:`~cpit_research.formats.working.grid_workbook.read_grid_workbook` reads it back equal.

    Raises
    ------
    InvalidInput
        If words are longer than a cell can hold, or hold control characters.
    FormatError
        If the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    add_looks(book, ("free", "strong"))
    book.remove(book.worksheets[0])
    titles = tab_titles(grid.axes)
    for axis, title in zip(grid.axes, titles, strict=True):
        _write_codes(book, title, axis.id, grid)
    _add(book, FACETS, FACET, [20, 26, 20, 34], list(_facets(grid)))
    rules = [[RULE_NAMES.words.get(rule, rule), text] for rule, text in grid.rules.items()]
    _offer(_add(book, RULES, RULE, [20, 100], rules), 1, RULE_NAMES)
    _add(
        book, REFERENCES, REFERENCE, [22, 80, 60], [[r.id, r.text, r.url] for r in grid.references]
    )
    changes = _add(book, CHANGES, CHANGE, [12, 14, 14, 80, 14, 14, 14, 20], list(_changes(grid)))
    _offer(changes, 1, KINDS)
    _offer(changes, 7, YES_NO)
    tabs = [[a.id, a.name, t] for a, t in zip(grid.axes, titles, strict=True)]
    _add(book, AXES, AXIS, [20, 44, 34], tabs)
    _offer_states(_add(book, IDENTITY, PROPERTY, [28, 90], list(_properties(grid))))
    write_help(book)
    buffer = BytesIO()
    book.save(buffer)
    moment = datetime(*grid.day.timetuple()[:3], tzinfo=UTC) if grid.day else _UNDATED
    core = core_properties(title=f"Grille {grid.id} {grid.version}", made=max(moment, _UNDATED))
    replace_file(path, seal(buffer.getvalue(), core=core))


def _write_codes(book: Workbook, title: str, axis: str, grid: Grid) -> None:
    codes = [code for code in grid if code.axis == axis]
    above = {code.parent for code in codes}
    widths = [_WIDTHS.get(column.field, _WIDTH) for column in CODE]
    rows = [[_cell(code, column.field) for column in CODE] for code in codes]
    target = _add(
        book, title, CODE, widths, rows, headings=[code.id in above for code in codes], strong=3
    )
    target.freeze_panes = f"D{_HEADER + 1}"
    target.print_title_cols = "A:C"
    target.page_setup.fitToWidth = _PAGES
    _fold_empty(target, rows)
    last = _HEADER + len(codes)
    target.auto_filter.ref = f"A{_HEADER}:{column_letter(len(CODE))}{max(last, _HEADER + 1)}"
    fields = [column.field for column in CODE]
    _offer(target, fields.index("status") + 1, STATUSES)
    _prompt_parent(target, fields.index("parent") + 1, last)
    _prompt(
        target,
        fields.index("redirects") + 1,
        "Renvois",
        "Les id des codes vers lesquels « exclure » renvoie, un par ligne (Alt + Entrée). Le code "
        "visé renvoie à son tour vers celui-ci.",
    )


def _fold_empty(target: Worksheet, rows: Rows) -> None:
    """Fold the columns that an axis leaves empty under a “+” above them."""
    for at, column in enumerate(CODE, start=1):
        if rows and column.field not in _ALWAYS and not any(row[at - 1] for row in rows):
            dimension = target.column_dimensions[column_letter(at)]
            dimension.outlineLevel = 1
            dimension.hidden = True


def _cell(code: Code, field: str) -> str:
    if field == "status":
        return STATUSES.words[code.status]
    value = getattr(code, field)
    return cell_of(value) if field in LISTS else str(value)


def _facets(grid: Grid) -> Iterator[list[str]]:
    for facet in grid.facets:
        for value, name in facet.values:
            yield [facet.id, facet.name, value, name]


def _changes(grid: Grid) -> Iterator[list[str]]:
    for change in grid.changes:
        yield [
            KINDS.words[change.kind],
            cell_of(change.before),
            cell_of(change.after),
            change.reason,
            change.author,
            change.day.isoformat() if change.day else "",
            YES_NO.words["true" if change.follows else "false"],
            cell_of(change.remarks),
        ]


def _properties(grid: Grid) -> Iterator[list[str]]:
    for field, name in PROPERTIES.words.items():
        value = getattr(grid, field)
        if field == "day":
            value = grid.day.isoformat() if grid.day else ""
        words = {"nature": NATURES, "status": STATES}.get(field)
        yield [name, words.words[value] if words else value]


def _add(
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
        put(target, _HEADER, at, column.header, "header")
    for number, row in enumerate(rows):
        heading = bool(headings) and headings[number]
        for at, value in enumerate(row, start=1):
            _check(value, f"{title}!{column_letter(at)}{_HEADER + 1 + number}", row[0])
            part: RowPart = "strong" if at <= strong else "free"
            look = row_look(part, heading=heading, odd=True, first=False)
            put(target, _HEADER + 1 + number, at, value, look)
        height = fitting_height(row, widths, compact=True)
        target.row_dimensions[_HEADER + 1 + number].height = height
    target.row_dimensions[1].height = 20
    target.row_dimensions[_HEADER].height = 32
    target.freeze_panes = f"A{_HEADER + 1}"
    _print_on_paper(target)
    return target


def _print_on_paper(target: Any) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    target.print_title_rows = f"1:{_HEADER}"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = 8
    target.page_setup.fitToWidth = 1
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.oddFooter.center.text = "&A – &P / &N"
    target.sheet_view.zoomScale = 90


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


def _offer(target: Worksheet, column: int, vocabulary: Vocabulary) -> None:
    """Put the drop-down list of a vocabulary in a column, rows to come included."""
    words = ",".join(vocabulary.words.values())
    _validate(target, column, formula=f'"{words}"', refuse=True)


def _offer_states(target: Worksheet) -> None:
    fields = list(PROPERTIES.words)
    for field, vocabulary in (("nature", NATURES), ("status", STATES)):
        words = ",".join(vocabulary.words.values())
        row = _HEADER + 1 + fields.index(field)
        _validate(target, 2, formula=f'"{words}"', refuse=True, rows=(row, row))


def _prompt_parent(target: Worksheet, column: int, last: int) -> None:
    formula = f"=$A${_HEADER + 1}:$A${last + _SPARE_ROWS}"
    said = "L'id du code au-dessus, sur cette feuille ; vide pour une famille."
    _validate(target, column, formula=formula, prompt=("Code parent", said))


def _prompt(target: Worksheet, column: int, title: str, words: str) -> None:
    _validate(target, column, prompt=(title, words))


def _validate(
    target: Worksheet,
    column: int,
    *,
    formula: str = "",
    refuse: bool = False,
    prompt: tuple[str, str] = ("", ""),
    rows: tuple[int, int] | None = None,
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
    first, last = rows or (_HEADER + 1, target.max_row + _SPARE_ROWS)
    rule.add(f"{column_letter(column)}{first}:{column_letter(column)}{last}")
    target.add_data_validation(rule)
