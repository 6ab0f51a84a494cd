"""A sheet read as a table: rows by field, and faults gathered with their cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from cpit_research.errors import FormatError
from cpit_research.formats.working.workbook import Sheet, cell_name, header_key, plain
from cpit_research.text.closeness import nearest
from cpit_research.text.dates import find_date
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = [
    "Column",
    "Faults",
    "Row",
    "Vocabulary",
    "find_header",
    "find_sheet",
    "holds",
    "read_table",
]

_HEADER_WITHIN: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, the header we write, others that are understood."""

    field: str
    header: str
    others: tuple[str, ...] = ()
    required: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """Every header understood, as :func:`header_key` gives them."""
        return frozenset(map(header_key, (self.header, *self.others, self.field)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words allowed in a column: what we write, by the value it stands for, and synonyms."""

    words: Mapping[str, str]
    others: Mapping[str, str]

    def value(self, written: str) -> str | None:
        """Return the value that a word stands for, whatever its case and accents, or None."""
        key = header_key(written)
        for value, word in self.words.items():
            if key in {header_key(word), header_key(value)}:
                return value
        return next((v for word, v in self.others.items() if header_key(word) == key), None)


class Faults:
    """The faults of one file, found on the way and reported together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._noted: dict[tuple[str, str], None] = {}

    def add(self, cell: str, sentence: str) -> None:
        """Note a fault of `cell`, once."""
        self._noted[cell, sentence] = None

    @property
    def sentences(self) -> list[str]:
        """Every fault with its cell, sheet by sheet, from top to bottom and left to right."""
        sheets = list(dict.fromkeys(cell.partition("!")[0] for cell, _sentence in self._noted))
        noted = sorted(self._noted, key=lambda fault: _reading_order(fault[0], sheets))
        return [
            _("{place}: {sentence}").format(place=cell, sentence=sentence)
            for cell, sentence in noted
        ]

    def refuse(self) -> None:
        """Raise every fault noted, if there are any."""
        sentences = self.sentences
        if sentences:
            n = len(sentences)
            raise FormatError(
                ngettext("{name} holds {n} fault.", "{name} holds {n} faults.", n).format(
                    name=self.path.name, n=n
                ),
                path=str(self.path),
                faults=sentences,
            )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, by field; every value is asked for with its cell at hand."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    values: tuple[Any, ...]
    faults: Faults

    def cell(self, field: str) -> str:
        """Return the address of a field, ``"Visites!D7"``."""
        return cell_name(self.sheet, self.columns.get(field, 0) + 1, self.number)

    def value(self, field: str) -> Any:
        """Return a field as the spreadsheet holds it."""
        at = self.columns.get(field)
        return self.values[at] if at is not None and at < len(self.values) else None

    def text(self, field: str, *, required: bool = False) -> str:
        """Return the words of a field."""
        words = plain(self.value(field))
        if required and not words:
            self.fault(field, _("this cell must be filled."))
        return words

    def texts(self, field: str) -> tuple[str, ...]:
        """Return the words of a field, which “;” separates."""
        return tuple(part.strip() for part in self.text(field).split(";") if part.strip())

    def day(self, field: str) -> date | None:
        """Return the date of a field, written as a date or in words."""
        value = self.value(field)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        words = plain(value)
        found = find_date(words) if words else None
        if words and found is None:
            self.fault(
                field,
                _("“{words}” is not a date; write it as 12/10/2022.").format(words=words),
            )
        return found

    def number_of(self, field: str) -> int | None:
        """Return the whole number of a field."""
        words = "".join(self.text(field).split())
        if not words:
            return None
        if not words.isdecimal():
            self.fault(field, _("“{words}” is not a whole number.").format(words=words))
            return None
        return int(words)

    def choice(self, field: str, vocabulary: Vocabulary, *, default: str = "") -> str:
        """Return the value that a field's word stands for, `default` when it is empty."""
        words = self.text(field)
        if not words and default:
            return default
        value = vocabulary.value(words)
        if value is not None:
            return value
        if not words:
            sentence = _("this cell must be filled.")
        else:
            sentence = _("unknown word “{words}”.").format(words=words)
            close = nearest(words, [*vocabulary.words.values(), *vocabulary.others])
            if close:
                sentence += " " + _("Did you mean “{name}”?").format(name=close)
        known = ", ".join(vocabulary.words.values())
        self.fault(field, f"{sentence} {_('Known: {names}.').format(names=known)}")
        return ""

    def fault(self, field: str, sentence: str) -> None:
        """Note a fault of a field; a column that is missing was noted once for all its rows."""
        if field in self.columns:
            self.faults.add(self.cell(field), sentence)


def holds(sheet: Sheet | None, columns: Sequence[Column], field: str) -> bool:
    """Tell whether a sheet is there with the column of `field`: what it lists is then known."""
    return sheet is not None and field in find_header(sheet, columns)[1]


def find_sheet(
    sheets: Mapping[str, Sheet], title: str, faults: Faults, *, required: bool = True
) -> Sheet | None:
    """Return the sheet of that title, whatever its case and accents; note a fault if it lacks."""
    found = sheets.get(header_key(title))
    if found is None and required:
        close = nearest(title, [sheet.title for sheet in sheets.values()])
        hint = _("Is it “{title}”? Rename it.").format(title=close) if close else _("Add it.")
        faults.add(title, f"{_('the workbook lacks this sheet.')} {hint}")
    return found


def find_header(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """Return the number of the header row and the position of each field found in it.

    It is the one of the first rows that holds most of the headers: a banner may stand above.
    """
    fields = {key: column.field for column in columns for key in column.keys}
    best: tuple[int, dict[str, int]] = (1, {})
    for number, values in islice(sheet.rows.items(), _HEADER_WITHIN):
        found: dict[str, int] = {}
        for position, value in enumerate(values):
            field = fields.get(header_key(plain(value)))
            if field is not None:
                found.setdefault(field, position)
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def read_table(sheet: Sheet, columns: Sequence[Column], faults: Faults) -> Iterator[Row]:
    """Yield the rows under the header that hold something in a known column.

    Missing columns are noted first; their fields are then empty.
    """
    header, found = find_header(sheet, columns)
    present = [plain(value) for value in sheet.rows.get(header, ())]
    unread = [name for at, name in enumerate(present) if name and at not in found.values()]
    for column in columns:
        if column.required and column.field not in found:
            sentence = _("the column “{name}” is missing.").format(name=column.header)
            close = nearest(column.header, unread)
            if close:
                sentence += " " + _("Is it “{name}”? Rename it.").format(name=close)
            faults.add(f"{sheet.title}!{header}", sentence)
    _refuse_doubles(sheet, columns, header, present, faults)
    for number, values in sheet.rows.items():
        if number > header and any(plain(values[at]) for at in found.values() if at < len(values)):
            yield Row(sheet.title, number, found, values, faults)


def _refuse_doubles(
    sheet: Sheet, columns: Sequence[Column], header: int, present: list[str], faults: Faults
) -> None:
    for column in columns:
        places = [at for at, name in enumerate(present) if header_key(name) in column.keys]
        if len(places) > 1:
            faults.add(
                cell_name(sheet.title, places[1] + 1, header),
                _("the column “{name}” is there twice; keep one.").format(name=column.header),
            )


def _reading_order(cell: str, sheets: list[str]) -> tuple[int, int, int, str]:
    sheet, _mark, place = cell.partition("!")
    letters = place.rstrip("0123456789")
    return sheets.index(sheet), int(place[len(letters) :] or 0), len(letters), letters
