"""The cells of a workbook of the grid, as people left them: each fault told with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from cpit_research.formats.working.grid_rules import is_ascii_id
from cpit_research.formats.working.grid_workbook_columns import AXES, CODE, items_of
from cpit_research.formats.working.table import (
    Column,
    Faults,
    Row,
    Vocabulary,
    find_header,
    find_sheet,
    read_table,
)
from cpit_research.formats.working.workbook import Sheet, header_key, unescaped
from cpit_research.formats.working.workbook_marks import Marks, position
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["Cells"]

#: Fields whose words are separated by more than lines, since ids hold no comma.
_IDS: Final = frozenset({"redirects", "from", "into"})


class Cells:
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
        marks = self._marks.get(header_key(sheet.title), Marks())
        self._refuse_marks(sheet, columns, marks)
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

    def _refuse_marks(self, sheet: Sheet, columns: Sequence[Column], marks: Marks) -> None:
        """Note the merged cells and the formulas of a table."""
        header, found = find_header(sheet, columns)
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
