"""Writing a grid as a workbook that a researcher edits: a sheet an axis, a row a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.formats.atomic import replace_file
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.working.coding_sheet_style import add_looks
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
from cpit_research.formats.working.grid_workbook_sheets import (
    HEADER,
    SPARE_ROWS,
    Rows,
    add_sheet,
    advise,
    offer_words,
)
from cpit_research.formats.working.workbook import column_letter
from cpit_research.model.grid import Code, Grid

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
#: Pages in width, on A3.
_PAGES: Final = 3
#: Columns shown even if they are empty.
_ALWAYS: Final = frozenset(
    {"id", "parent", "name", "definition", "include", "exclude", "redirects", "status"}
)
_UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)


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
    add_sheet(book, FACETS, FACET, [20, 26, 20, 34], list(_facets(grid)))
    rules = [[RULE_NAMES.words.get(rule, rule), text] for rule, text in grid.rules.items()]
    offer_words(add_sheet(book, RULES, RULE, [20, 100], rules), 1, RULE_NAMES)
    add_sheet(
        book, REFERENCES, REFERENCE, [22, 80, 60], [[r.id, r.text, r.url] for r in grid.references]
    )
    changes = add_sheet(
        book, CHANGES, CHANGE, [12, 14, 14, 80, 14, 14, 14, 20], list(_changes(grid))
    )
    offer_words(changes, 1, KINDS)
    offer_words(changes, 7, YES_NO)
    tabs = [[a.id, a.name, t] for a, t in zip(grid.axes, titles, strict=True)]
    add_sheet(book, AXES, AXIS, [20, 44, 34], tabs)
    _offer_states(add_sheet(book, IDENTITY, PROPERTY, [28, 90], list(_properties(grid))))
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
    target = add_sheet(
        book, title, CODE, widths, rows, headings=[code.id in above for code in codes], strong=3
    )
    target.freeze_panes = f"D{HEADER + 1}"
    target.print_title_cols = "A:C"
    target.page_setup.fitToWidth = _PAGES
    _fold_empty(target, rows)
    last = HEADER + len(codes)
    target.auto_filter.ref = f"A{HEADER}:{column_letter(len(CODE))}{max(last, HEADER + 1)}"
    fields = [column.field for column in CODE]
    offer_words(target, fields.index("status") + 1, STATUSES)
    advise(
        target,
        fields.index("parent") + 1,
        "Code parent",
        "L'id du code au-dessus, sur cette feuille ; vide pour une famille.",
        formula=f"=$A${HEADER + 1}:$A${last + SPARE_ROWS}",
    )
    advise(
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


def _offer_states(target: Worksheet) -> None:
    fields = list(PROPERTIES.words)
    for field, vocabulary in (("nature", NATURES), ("status", STATES)):
        offer_words(target, 2, vocabulary, row=HEADER + 1 + fields.index(field))
