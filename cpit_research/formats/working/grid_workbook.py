"""Reading a grid back from a workbook that people edited, every fault with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from cpit_research.formats.working.grid_changes import change_faults
from cpit_research.formats.working.grid_file import GRID_RULES
from cpit_research.formats.working.grid_rules import code_faults, parents_first
from cpit_research.formats.working.grid_workbook_cells import Cells
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
)
from cpit_research.formats.working.help_sheet import HELP
from cpit_research.formats.working.table import (
    Faults,
    Row,
)
from cpit_research.formats.working.workbook import (
    Sheet,
    header_key,
    read_workbook,
)
from cpit_research.formats.working.workbook_marks import read_marks
from cpit_research.model.evolution import Change, ChangeKind
from cpit_research.model.grid import Axis, Code, CodeStatus, Facet, Grid, Reference
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _

__all__ = ["GridWorkbook", "read_codes", "read_grid_workbook"]

_KNOWN: Final = (AXES, IDENTITY, RULES, FACETS, REFERENCES, CHANGES, HELP)


@dataclass(frozen=True, slots=True)
class GridWorkbook:
    """A grid read from a workbook.

    `cells` gives the address of a field of a code; `notices` say what was set aside.
    """

    grid: Grid
    cells: Mapping[tuple[str, str], str]
    notices: tuple[str, ...] = ()


def read_grid_workbook(path: str | Path) -> GridWorkbook:
    """Read the grid of a workbook.

    Raises
    ------
    FormatError
        If the file cannot be read, or holds faults: all of them together in ``faults``, each with
        its sheet and cell, the code and what to do.
    """
    path = Path(path)
    sheets = read_workbook(path)
    cells = Cells(Faults(path), read_marks(path.read_bytes()))
    properties = _properties(cells, sheets)
    axes, tabs = _axes(cells, sheets)
    codes: list[Code] = []
    rows: list[Row] = []
    for axis, tab in zip(axes, tabs, strict=True):
        if tab is not None:
            for code, row in _codes(cells, tab, axis.id):
                codes.append(code)
                rows.append(row)
    _refuse_codes(cells, codes, rows)
    grid = Grid(
        **properties,
        rules=_rules(cells, sheets),
        references=tuple(_references(cells, sheets)),
        axes=axes,
        facets=tuple(_facets(cells, sheets)),
        codes=tuple(parents_first(codes)),
        changes=tuple(_changes(cells, sheets, codes)),
    )
    titles = {tab.title for tab in tabs if tab} | {s.title for s in sheets.values() if _is_ours(s)}
    cells.refuse_strays(sheet for sheet in sheets.values() if sheet.title not in titles)
    cells.faults.refuse()
    return GridWorkbook(grid, _places(codes, rows), tuple(cells.notices))


def read_codes(sheet: Sheet, axis: str, others: Sequence[Code], faults: Faults) -> GridWorkbook:
    """Return the codes of one axis, held by a sheet alone, in an otherwise empty grid.

    `others` are the codes of the other axes, to which redirects may lead. Faults are noted.
    """
    cells = Cells(faults, {})
    read = list(_codes(cells, sheet, axis))
    codes, rows = [code for code, _row in read], [row for _code, row in read]
    _refuse_codes(cells, [*codes, *others], rows)
    grid = Grid("", "", codes=tuple(parents_first(codes)))
    return GridWorkbook(grid, _places(codes, rows), tuple(cells.notices))


def _is_ours(sheet: Sheet) -> bool:
    return header_key(sheet.title) in {header_key(title) for title in _KNOWN}


def _places(codes: Sequence[Code], rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    return {
        (code.id, column.field): row.cell(column.field)
        for code, row in zip(codes, rows, strict=True)
        for column in CODE
    }


def _properties(cells: Cells, sheets: Mapping[str, Sheet]) -> dict[str, Any]:
    """Return what the grid says of itself."""
    stated: dict[str, Row] = {}
    for row in cells.table(sheets, IDENTITY, PROPERTY):
        name = cells.choice(row, "property", PROPERTIES)
        if name in stated:
            cells.note(row, "property", _("this field is there twice; keep one."))
        stated.setdefault(name, row)
    if header_key(IDENTITY) in sheets:
        for field, name in PROPERTIES.words.items():
            if field not in stated:
                sentence = _("the row “{name}” is missing; add it, empty if need be.")
                cells.faults.add(sheets[header_key(IDENTITY)].title, sentence.format(name=name))
    said = {field: _property(cells, field, row) for field, row in stated.items()}
    said["language"] = said.get("language") or "fr"
    return {"id": "", "version": ""} | said


def _property(cells: Cells, field: str, row: Row) -> Any:
    if field in {"nature", "status"}:
        return cells.choice(row, "value", NATURES if field == "nature" else STATES)
    if field == "day":
        return cells.day(row, "value")
    if field in {"id", "version"}:
        return cells.identifier(row, "value")
    return cells.words(row, "value", required=field == "title")


def _axes(cells: Cells, sheets: Mapping[str, Sheet]) -> tuple[tuple[Axis, ...], list[Sheet | None]]:
    """Return the axes, each with its sheet of codes if it is there."""
    axes: list[Axis] = []
    tabs: list[Sheet | None] = []
    for row in cells.table(sheets, AXES, AXIS):
        axis = Axis(cells.identifier(row, "id"), cells.words(row, "name", required=True))
        if axis.id in {known.id for known in axes}:
            cells.note(row, "id", _("Two axes have the id “{id}”.").format(id=axis.id))
        axes.append(axis)
        tabs.append(_tab(cells, sheets, row, axis))
    if header_key(AXES) in sheets and not axes:
        cells.faults.add(sheets[header_key(AXES)].title, _("no axis is left; add one."))
    return tuple(axes), tabs


def _tab(cells: Cells, sheets: Mapping[str, Sheet], row: Row, axis: Axis) -> Sheet | None:
    """Return the sheet of codes of an axis, which its row or its name tells."""
    title = cells.words(row, "sheet") or axis.name
    tab = sheets.get(header_key(title)) or sheets.get(header_key(axis.name))
    if tab is None and title:
        close = nearest(title, [s.title for s in sheets.values() if not _is_ours(s)])
        hint = _("Is it “{title}”?").format(title=close) if close else ""
        sentence = _("there is no sheet “{title}”; give the axis its sheet back.")
        cells.note(row, "sheet", f"{sentence.format(title=title)} {hint}".strip())
    return tab


def _codes(cells: Cells, sheet: Sheet, axis: str) -> Iterator[tuple[Code, Row]]:
    """Yield the codes of a sheet, each with its row."""
    for row in cells.rows(sheet, CODE):
        named = cells.words(row, "id")
        said: dict[str, Any] = {}
        for column in CODE:
            field = column.field
            if field == "status":
                said[field] = cells.choice(row, field, STATUSES, default="proposed", code=named)
            elif field in LISTS:
                said[field] = cells.items(row, field, named)
            elif field != "id":
                said[field] = cells.words(row, field, code=named)
        said["status"] = cast("CodeStatus", said["status"])
        yield Code(id=named, axis=axis, **said), row


def _refuse_codes(cells: Cells, codes: Sequence[Code], rows: Sequence[Row]) -> None:
    """Note what the codes of the grid must hold to; those beyond `rows` are known sound."""
    for fault in code_faults(codes):
        if fault.position < len(rows):
            row = rows[fault.position]
            cells.note(row, fault.field, fault.sentence, codes[fault.position].id)


def _rules(cells: Cells, sheets: Mapping[str, Sheet]) -> dict[str, str]:
    """Return the coding rules."""
    rules: dict[str, str] = {}
    for row in cells.table(sheets, RULES, RULE):
        rule = cells.choice(row, "rule", RULE_NAMES)
        if rule in rules:
            cells.note(row, "rule", _("this rule is there twice; keep one."))
        rules[rule] = cells.words(row, "text")
    return {rule: rules[rule] for rule in GRID_RULES if rules.get(rule)}


def _references(cells: Cells, sheets: Mapping[str, Sheet]) -> Iterator[Reference]:
    """Yield the references."""
    for row in cells.table(sheets, REFERENCES, REFERENCE):
        text = cells.words(row, "text", required=True)
        yield Reference(cells.identifier(row, "id"), text, cells.words(row, "url"))


def _facets(cells: Cells, sheets: Mapping[str, Sheet]) -> Iterator[Facet]:
    """Yield the facets, one value a row."""
    names: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for row in cells.table(sheets, FACETS, FACET):
        facet = cells.identifier(row, "facet")
        name = cells.words(row, "facet_name", required=True)
        if names.setdefault(facet, name) != name:
            sentence = _("this facet is named “{name}” above; name it alike on every row.")
            cells.note(row, "facet_name", sentence.format(name=names[facet]))
        value = cells.identifier(row, "value")
        if value in values.setdefault(facet, {}):
            cells.note(row, "value", _("this value is there twice; keep one."))
        values[facet][value] = cells.words(row, "value_name", required=True)
    for facet, name in names.items():
        yield Facet(facet, name, tuple(values[facet].items()))


def _changes(cells: Cells, sheets: Mapping[str, Sheet], codes: Sequence[Code]) -> Iterator[Change]:
    """Yield the changes since the version before."""
    for row in cells.table(sheets, CHANGES, CHANGE):
        change = Change(
            cast("ChangeKind", cells.choice(row, "kind", KINDS)),
            before=cells.items(row, "from"),
            after=cells.items(row, "into"),
            reason=cells.words(row, "reason", required=True),
            author=cells.words(row, "author"),
            day=cells.day(row, "date"),
            follows=cells.choice(row, "follows", YES_NO, default="false") == "true",
            remarks=cells.items(row, "remarks"),
        )
        for field, sentence in change_faults(change, codes):
            cells.note(row, field, sentence)
        yield change
