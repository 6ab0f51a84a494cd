"""Reading a grid back from a workbook that people edited, every fault with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, cast

from cpit_research.formats.working.grid_changes import change_faults
from cpit_research.formats.working.grid_file import GRID_RULES
from cpit_research.formats.working.grid_rules import code_faults, is_ascii_id, parents_first
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
    items_of,
)
from cpit_research.formats.working.grid_workbook_help import HELP
from cpit_research.formats.working.table import (
    Column,
    Faults,
    Row,
    Vocabulary,
    find_header,
    find_sheet,
    read_table,
)
from cpit_research.formats.working.workbook import (
    Sheet,
    header_key,
    read_workbook,
    unescaped,
)
from cpit_research.formats.working.workbook_marks import Marks, position, read_marks
from cpit_research.model.evolution import Change, ChangeKind
from cpit_research.model.grid import Axis, Code, CodeStatus, Facet, Grid, Reference
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["GridWorkbook", "read_codes", "read_grid_workbook"]

_KNOWN: Final = (AXES, IDENTITY, RULES, FACETS, REFERENCES, CHANGES, HELP)
#: Fields whose words are separated by more than lines, since ids hold no comma.
_IDS: Final = frozenset({"redirects", "from", "into"})


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
    reading = _Reading(Faults(path), read_marks(path.read_bytes()))
    properties = reading.properties(sheets)
    axes, tabs = reading.axes(sheets)
    codes: list[Code] = []
    rows: list[Row] = []
    for axis, tab in zip(axes, tabs, strict=True):
        if tab is not None:
            for code, row in reading.codes(tab, axis.id):
                codes.append(code)
                rows.append(row)
    reading.refuse_codes(codes, rows)
    grid = Grid(
        **properties,
        rules=reading.rules(sheets),
        references=tuple(reading.references(sheets)),
        axes=axes,
        facets=tuple(reading.facets(sheets)),
        codes=tuple(parents_first(codes)),
        changes=tuple(reading.changes(sheets, codes)),
    )
    titles = {tab.title for tab in tabs if tab} | {s.title for s in sheets.values() if _is_ours(s)}
    reading.refuse_strays(sheet for sheet in sheets.values() if sheet.title not in titles)
    reading.faults.refuse()
    return GridWorkbook(grid, _cells(codes, rows), tuple(reading.notices))


def read_codes(sheet: Sheet, axis: str, others: Sequence[Code], faults: Faults) -> GridWorkbook:
    """Return the codes of one axis, held by a sheet alone, in an otherwise empty grid.

    `others` are the codes of the other axes, to which redirects may lead. Faults are noted.
    """
    reading = _Reading(faults, {})
    read = list(reading.codes(sheet, axis))
    codes, rows = [code for code, _row in read], [row for _code, row in read]
    reading.refuse_codes([*codes, *others], rows)
    grid = Grid("", "", codes=tuple(parents_first(codes)))
    return GridWorkbook(grid, _cells(codes, rows), tuple(reading.notices))


def _is_ours(sheet: Sheet) -> bool:
    return header_key(sheet.title) in {header_key(title) for title in _KNOWN}


def _cells(codes: Sequence[Code], rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    return {
        (code.id, column.field): row.cell(column.field)
        for code, row in zip(codes, rows, strict=True)
        for column in CODE
    }


class _Reading:
    """A workbook being read: its faults and what else is to be said of it."""

    def __init__(self, faults: Faults, marks: Mapping[str, Marks]) -> None:
        self.faults = faults
        self.notices: list[str] = []
        self._marks = marks

    # ── Sheets and rows ──────────────────────────────────────────────────────────────────────

    def table(
        self, sheets: Mapping[str, Sheet], title: str, columns: Sequence[Column]
    ) -> Iterator[Row]:
        """Yield the rows of the sheet of that title, which must be there."""
        sheet = find_sheet(sheets, title, self.faults)
        if sheet is not None:
            yield from self.rows(sheet, columns)

    def rows(self, sheet: Sheet, columns: Sequence[Column]) -> Iterator[Row]:
        """Yield the rows of a sheet, once what its cells cannot be is noted."""
        header, found = find_header(sheet, columns)
        marks = self._marks.get(header_key(sheet.title), Marks())
        for merged in marks.merged:
            if position(merged.partition(":")[2])[1] >= header:
                sentence = _("the cells {cells} are merged; unmerge them and fill each one.")
                place = f"{sheet.title}!{merged.partition(':')[0]}"
                self.faults.add(place, sentence.format(cells=merged))
        known = {at + 1 for at in found.values()}
        for cell in marks.formulas:
            column, number = position(cell)
            if number > header and column in known:
                sentence = _("a formula stands here; put the words themselves in its place.")
                self.faults.add(f"{sheet.title}!{cell}", sentence)
        hidden = 0
        for row in read_table(sheet, columns, self.faults):
            hidden += row.number in marks.hidden
            yield row
        if hidden:
            sentence = ngettext(
                "{sheet}: {n} hidden row was read like the others.",
                "{sheet}: {n} hidden rows were read like the others.",
                hidden,
            )
            self.notices.append(sentence.format(sheet=sheet.title, n=hidden))

    def refuse_strays(self, sheets: Iterable[Sheet]) -> None:
        """Note the sheets of codes that no axis has, and say which others were set aside."""
        for sheet in sheets:
            _header, found = find_header(sheet, CODE)
            if {"id", "name"} <= found.keys():
                sentence = _("no axis of the sheet “{axes}” has this sheet; add its row there.")
                self.faults.add(sheet.title, sentence.format(axes=AXES))
            elif sheet.rows:
                sentence = _("The sheet “{title}” is not part of the grid: set aside.")
                self.notices.append(sentence.format(title=sheet.title))

    # ── Cells ────────────────────────────────────────────────────────────────────────────────

    def words(self, row: Row, field: str, *, required: bool = False, code: str = "") -> str:
        """Return the words of a cell; what the spreadsheet made of them is a fault."""
        value = row.value(field)
        if value is None or isinstance(value, str):
            words = unescaped(value or "").strip()
            if required and not words:
                self.note(row, field, _("this cell must be filled."), code)
            return words
        made = {bool: _("a truth value"), date: _("a date"), datetime: _("a date")}
        kind = made.get(type(value), _("a number"))
        self.note(
            row,
            field,
            _(
                "the spreadsheet made {kind} of it ({value}); give the cell the format “Text” and "
                "type the words again."
            ).format(kind=kind, value=row.text(field)),
            code,
        )
        return row.text(field)

    def note(self, row: Row, field: str, sentence: str, code: str = "") -> None:
        """Note a fault of a cell, with the code that it is about."""
        said = _("code {code}: {sentence}").format(code=code, sentence=sentence)
        row.fault(field, said if code else sentence)

    def items(self, row: Row, field: str, code: str = "") -> tuple[str, ...]:
        """Return the words of a cell that holds a list."""
        words = self.words(row, field, code=code)
        if field in _IDS:
            words = words.replace(";", "\n").replace(",", "\n")
        return items_of(words)

    def choice(
        self, row: Row, field: str, vocabulary: Vocabulary, *, default: str = "", code: str = ""
    ) -> str:
        """Return the value that a word stands for."""
        words = self.words(row, field, required=not default, code=code)
        value = vocabulary.value(words) if words else default
        if value is None:
            close = nearest(words, list(vocabulary.words.values()))
            hint = _("Did you mean “{name}”?").format(name=close) + " " if close else ""
            known = _("Known: {names}.").format(names=", ".join(vocabulary.words.values()))
            sentence = _("unknown word “{words}”.").format(words=words)
            self.note(row, field, f"{sentence} {hint}{known}", code)
        return value or default or next(iter(vocabulary.words))

    def identifier(self, row: Row, field: str) -> str:
        """Return a required id."""
        word = self.words(row, field, required=True)
        if word and not is_ascii_id(word):
            sentence = _("“{id}” cannot be an id: use unaccented letters, digits, “-” and “_”.")
            self.note(row, field, sentence.format(id=word))
        return word

    def day(self, row: Row, field: str) -> date | None:
        """Return a date, typed as one or in words."""
        return row.day(field)

    # ── What the sheets hold ─────────────────────────────────────────────────────────────────

    def properties(self, sheets: Mapping[str, Sheet]) -> dict[str, Any]:
        """Return what the grid says of itself."""
        stated: dict[str, Row] = {}
        for row in self.table(sheets, IDENTITY, PROPERTY):
            name = self.choice(row, "property", PROPERTIES)
            if name in stated:
                self.note(row, "property", _("this field is there twice; keep one."))
            stated.setdefault(name, row)
        if header_key(IDENTITY) in sheets:
            for field, name in PROPERTIES.words.items():
                if field not in stated:
                    sentence = _("the row “{name}” is missing; add it, empty if need be.")
                    self.faults.add(sheets[header_key(IDENTITY)].title, sentence.format(name=name))
        said: dict[str, Any] = {}
        for field, row in stated.items():
            if field in {"nature", "status"}:
                said[field] = self.choice(row, "value", NATURES if field == "nature" else STATES)
            elif field == "day":
                said[field] = self.day(row, "value")
            elif field in {"id", "version"}:
                said[field] = self.identifier(row, "value")
            else:
                said[field] = self.words(row, "value", required=field == "title")
        said["language"] = said.get("language") or "fr"
        return {"id": "", "version": ""} | said

    def axes(self, sheets: Mapping[str, Sheet]) -> tuple[tuple[Axis, ...], list[Sheet | None]]:
        """Return the axes, each with its sheet of codes if it is there."""
        axes: list[Axis] = []
        tabs: list[Sheet | None] = []
        for row in self.table(sheets, AXES, AXIS):
            axis = Axis(self.identifier(row, "id"), self.words(row, "name", required=True))
            if axis.id in {known.id for known in axes}:
                self.note(row, "id", _("Two axes have the id “{id}”.").format(id=axis.id))
            title = self.words(row, "sheet") or axis.name
            tab = sheets.get(header_key(title)) or sheets.get(header_key(axis.name))
            if tab is None and title:
                close = nearest(title, [s.title for s in sheets.values() if not _is_ours(s)])
                hint = _("Is it “{title}”?").format(title=close) if close else ""
                sentence = _("there is no sheet “{title}”; give the axis its sheet back.")
                self.note(row, "sheet", f"{sentence.format(title=title)} {hint}".strip())
            axes.append(axis)
            tabs.append(tab)
        if header_key(AXES) in sheets and not axes:
            self.faults.add(sheets[header_key(AXES)].title, _("no axis is left; add one."))
        return tuple(axes), tabs

    def codes(self, sheet: Sheet, axis: str) -> Iterator[tuple[Code, Row]]:
        """Yield the codes of a sheet, each with its row."""
        for row in self.rows(sheet, CODE):
            named = self.words(row, "id")
            said: dict[str, Any] = {}
            for column in CODE:
                field = column.field
                if field == "status":
                    said[field] = self.choice(row, field, STATUSES, default="proposed", code=named)
                elif field in LISTS:
                    said[field] = self.items(row, field, named)
                elif field != "id":
                    said[field] = self.words(row, field, code=named)
            said["status"] = cast("CodeStatus", said["status"])
            yield Code(id=named, axis=axis, **said), row

    def refuse_codes(self, codes: Sequence[Code], rows: Sequence[Row]) -> None:
        """Note what the codes of the grid must hold to; those beyond `rows` are known sound."""
        for fault in code_faults(codes):
            if fault.position < len(rows):
                row = rows[fault.position]
                self.note(row, fault.field, fault.sentence, codes[fault.position].id)

    def rules(self, sheets: Mapping[str, Sheet]) -> dict[str, str]:
        """Return the coding rules."""
        rules: dict[str, str] = {}
        for row in self.table(sheets, RULES, RULE):
            rule = self.choice(row, "rule", RULE_NAMES)
            if rule in rules:
                self.note(row, "rule", _("this rule is there twice; keep one."))
            rules[rule] = self.words(row, "text")
        return {rule: rules[rule] for rule in GRID_RULES if rules.get(rule)}

    def references(self, sheets: Mapping[str, Sheet]) -> Iterator[Reference]:
        """Yield the references."""
        for row in self.table(sheets, REFERENCES, REFERENCE):
            text = self.words(row, "text", required=True)
            yield Reference(self.identifier(row, "id"), text, self.words(row, "url"))

    def facets(self, sheets: Mapping[str, Sheet]) -> Iterator[Facet]:
        """Yield the facets, one value a row."""
        names: dict[str, str] = {}
        values: dict[str, dict[str, str]] = {}
        for row in self.table(sheets, FACETS, FACET):
            facet = self.identifier(row, "facet")
            name = self.words(row, "facet_name", required=True)
            if names.setdefault(facet, name) != name:
                sentence = _("this facet is named “{name}” above; name it alike on every row.")
                self.note(row, "facet_name", sentence.format(name=names[facet]))
            value = self.identifier(row, "value")
            if value in values.setdefault(facet, {}):
                self.note(row, "value", _("this value is there twice; keep one."))
            values[facet][value] = self.words(row, "value_name", required=True)
        for facet, name in names.items():
            yield Facet(facet, name, tuple(values[facet].items()))

    def changes(self, sheets: Mapping[str, Sheet], codes: Sequence[Code]) -> Iterator[Change]:
        """Yield the changes since the version before."""
        for row in self.table(sheets, CHANGES, CHANGE):
            change = Change(
                cast("ChangeKind", self.choice(row, "kind", KINDS)),
                before=self.items(row, "from"),
                after=self.items(row, "into"),
                reason=self.words(row, "reason", required=True),
                author=self.words(row, "author"),
                day=self.day(row, "date"),
                follows=self.choice(row, "follows", YES_NO, default="false") == "true",
                remarks=self.items(row, "remarks"),
            )
            for field, sentence in change_faults(change, codes):
                self.note(row, field, sentence)
            yield change
