"""Workbooks that people fill in: opened safely, read by header, every value with its cell."""

from __future__ import annotations

import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from cpit_research.errors import FormatError
from cpit_research.formats.archive import OLE_MAGIC, Archive
from cpit_research.formats.limits import FILE_BYTES, SHEET_CELLS
from cpit_research.formats.xml import parse
from cpit_research.text.folding import fold
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

__all__ = [
    "Sheet",
    "cell_name",
    "column_letter",
    "header_key",
    "plain",
    "read_workbook",
    "unescaped",
    "written",
]

_ROWS: Final = 1_048_576
_COLUMNS: Final = 256
_PARTS: Final = (".xml", ".rels")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
#: What openpyxl raises on a damaged workbook.
_DAMAGED: Final = (
    AttributeError,
    LookupError,
    ParseError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, and its rows that hold something, by number."""

    title: str
    rows: Mapping[int, tuple[Any, ...]]


def read_workbook(path: Path) -> Mapping[str, Sheet]:
    """Read the values of every sheet of an ``.xlsx``, by :func:`header_key` of the title.

    Formulas give the value last computed. Pictures, comments, links and macros are left aside.

    Raises
    ------
    FormatError
        If the file is missing, too heavy, damaged, protected, or not a workbook.
    """
    data = _bytes(path)
    try:
        vetted = _vetted(data)
    except FormatError as error:
        raise FormatError(
            _("{name} cannot be read: {reason}").format(name=path.name, reason=error),
            path=str(path),
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return MappingProxyType(
                {header_key(sheet.title): sheet for sheet in _sheets(vetted, path)}
            )
    except FormatError:
        raise
    except _DAMAGED as error:
        raise FormatError(
            _("{name} is not a workbook, or a damaged one.").format(name=path.name),
            path=str(path),
            remedy=_("Open it in Excel or LibreOffice and save it again as .xlsx."),
        ) from error


def cell_name(sheet: str, column: int, row: int) -> str:
    """Return the address of a cell, as a spreadsheet shows it.

    Examples
    --------
    >>> cell_name("Visites", 4, 7), cell_name("Visites", 28, 1)
    ('Visites!D7', 'Visites!AB1')
    """
    return f"{sheet}!{column_letter(column)}{row}"


def column_letter(column: int) -> str:
    """Return the letters of a column, from 1.

    Examples
    --------
    >>> column_letter(1), column_letter(26), column_letter(703)
    ('A', 'Z', 'AAA')
    """
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """Return a header or a title without accents, capitals, spaces and punctuation.

    Examples
    --------
    >>> header_key("Droit de citer :"), header_key(" N° "), header_key("Dates-clés")
    ('droit de citer', 'n', 'dates cles')
    """
    return " ".join(re.findall(r"[a-z0-9]+", fold(header).replace("°", " ")))


def plain(value: Any) -> str:
    """Return the words of a cell: no spaces around, whole numbers without decimals, ISO dates.

    Examples
    --------
    >>> plain(3.0), plain("  le maire "), plain(None), plain(date(2022, 10, 12))
    ('3', 'le maire', '', '2022-10-12')
    """
    return written(value).strip()


def written(value: Any) -> str:
    r"""Return the words of a cell as :func:`plain` does, with the spaces around them.

    Examples
    --------
    >>> written(" une ligne_x000D_\nune autre ")
    ' une ligne\nune autre '
    """
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case str():
            return unicodedata.normalize("NFC", unescaped(value))
        case _:
            return str(value)


def unescaped(value: str) -> str:
    r"""Return the words of a cell of text, code point by code point, lines ended by a line feed.

    Examples
    --------
    >>> unescaped("une ligne_x000D_\nune _x005F_x0041_")
    'une ligne\nune _x0041_'
    """
    words = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES:
            raise FormatError(_("{name} is too heavy.").format(name=path.name), path=str(path))
        return path.read_bytes()
    except OSError as error:
        raise FormatError(
            _("{name} cannot be opened: {reason}.").format(name=path.name, reason=reason_of(error)),
            path=str(path),
        ) from error


def _vetted(data: bytes) -> BytesIO:
    """Return the XML parts alone, inflated under limits and free of DTD, as a fresh archive."""
    if data.startswith(OLE_MAGIC) and "EncryptedPackage".encode("utf-16-le") not in data:
        raise FormatError(
            _("this is a workbook of an old Excel (.xls)."),
            remedy=_("Open it in Excel or LibreOffice and save it as .xlsx."),
        )
    archive = Archive(data)
    with zipfile.ZipFile(BytesIO(data)) as listing:
        names = [name for name in listing.namelist() if name.lower().endswith(_PARTS)]
    vetted = BytesIO()
    with zipfile.ZipFile(vetted, "w", zipfile.ZIP_STORED) as fresh:
        for name in names:
            part = archive.read(name)
            parse(part, name)
            fresh.writestr(name, part)
    return vetted


def _sheets(vetted: BytesIO, path: Path) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(vetted, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # those stated may be wrong, or a trap
            yield Sheet(sheet.title, MappingProxyType(dict(_rows(sheet, path))))
    finally:
        book.close()


def _rows(sheet: Any, path: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    cells = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS, values_only=True), start=1):
        held = row[: _width(row)]
        cells += len(held)
        if cells > SHEET_CELLS or number > _ROWS:
            raise FormatError(
                _("{name}: the sheet “{sheet}” is too large.").format(
                    name=path.name, sheet=sheet.title
                ),
                path=str(path),
                remedy=_("Delete its empty rows and columns, and save it again."),
            )
        if held:
            yield number, held


def _width(row: tuple[Any, ...]) -> int:
    """Return how many cells of a row come before its empty end."""
    if row.count(None) == len(row):  # a million empty rows are told apart in a second
        return 0
    return next((at for at in range(len(row), 0, -1) if row[at - 1] not in {None, ""}), 0)
