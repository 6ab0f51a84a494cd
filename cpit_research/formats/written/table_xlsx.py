"""Write a large table as a workbook, fast: the sheet goes to the disk as its rows are spelt.

openpyxl spends most of its time making objects; a sheet of texts, numbers and dates is plain
enough XML to be written as it is. What a reader sees is the same: a native table with filters, a
frozen header, texts that are never formulas.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from cpit_research.errors import InvalidInput
from cpit_research.formats.atomic import replacing
from cpit_research.formats.seal import CORE, core_properties, stored
from cpit_research.formats.written.columns import columns_of
from cpit_research.formats.written.excel_cells import ROWS, LongTexts, SheetNames, column_names
from cpit_research.formats.written.excel_package import (
    DATE,
    HEADER,
    PLAIN,
    QUOTED,
    fixed_parts,
    sheet_end,
    sheet_start,
    table_part,
    workbook_parts,
)
from cpit_research.results.document import Table
from cpit_research.wording import gettext as _
from cpit_research.wording import language

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write_table_xlsx"]

_AT_ONCE: Final = 2_000
_WIDEST: Final = 60.0
_EXACT: Final = 10**15  # beyond, Excel rounds: an identifier is then a text
_SPECIAL: Final = re.compile("[&<>\x00-\x08\x0b\x0c\x0d-\x1f_\ud800-\udfff\ufffe\uffff]")


def write_table_xlsx(
    table: Table | pd.DataFrame,
    path: str | Path,
    *,
    title: str = "",
    author: str = "",
    made: datetime | None = None,
) -> None:
    """Write a table as a workbook of one sheet, whole or not at all.

    A text that no cell can hold is cut, and found whole, in pieces, on a second sheet.

    Parameters
    ----------
    table : Table or pandas.DataFrame
        What to write; the index of a data frame is written if it has a name.
    path : str or Path
        File to write or replace.
    title : str
        Name of the sheet and title of the file; the table's own when empty.
    author : str
        Who signs.
    made : datetime, optional
        When, in UTC; 1 January 1980 when unsaid, so that the bytes depend on the table alone.

    Raises
    ------
    InvalidInput
        If there are more rows than a sheet holds.
    FormatError
        If the file cannot be written.
    """
    names, columns = columns_of(table)
    _fits(max(map(len, columns), default=0))
    # A data frame answers with its columns: one of them may be called « name » or « caption ».
    caption, name = (table.caption, table.name) if isinstance(table, Table) else ("", "")
    title = title or caption or _("Table")
    sheets = SheetNames()
    first, second = sheets.take(name or title), sheets.take(_("Long texts"))
    moment = made or datetime(1980, 1, 1, tzinfo=UTC)
    longs = LongTexts(second)
    with replacing(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _sheet(archive, 1, names or [""], columns, longs)
        kept = [list(column) for column in zip(*longs.rows, strict=True)]
        if kept:
            _sheet(archive, 2, [_("Cell"), _("Piece"), _("Text")], kept, None)
        area = f"A1:{get_column_letter(len(names) or 1)}{max(2, _rows(columns) + 1)}"
        core = core_properties(title=title, author=author, made=moment, language=language())
        parts = {
            **fixed_parts(2 if kept else 1),
            **workbook_parts([first, second] if kept else [first], "$1:$1"),
            "xl/tables/table1.xml": table_part(column_names(names or [""]), area),
            CORE: core.decode(),
        }
        for name, part in parts.items():
            archive.writestr(stored(name), part)


def _fits(rows: int) -> None:
    if rows >= ROWS:
        raise InvalidInput(
            _("A sheet holds {limit} rows, and the table has {rows}.").format(
                limit=ROWS - 1, rows=rows
            ),
            remedy=_("Write it as csv."),
        )


def _rows(columns: list[list[Any]]) -> int:
    return max(map(len, columns), default=0)


def _sheet(
    archive: zipfile.ZipFile,
    rank: int,
    names: list[str],
    columns: list[list[Any]],
    longs: LongTexts | None,
) -> None:
    """Write one sheet, some thousand rows at a time."""
    letters = [get_column_letter(place) for place in range(1, len(names) + 1)]
    texts = column_names(names)
    widths = [_width(name, column) for name, column in zip(texts, columns, strict=False)]
    header = "".join(
        f'<c r="{letter}1" s="{HEADER}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for letter, text in zip(letters, texts, strict=True)
    )
    with archive.open(stored(f"xl/worksheets/sheet{rank}.xml"), "w") as part:
        part.write(sheet_start(widths or [12.0]).encode())
        part.write(f'<row r="1">{header}</row>'.encode())
        for start in range(0, _rows(columns), _AT_ONCE):
            cells = [
                _spelt(column[start : start + _AT_ONCE], letter, start + 2, longs)
                for letter, column in zip(letters, columns, strict=True)
            ]
            lines = (
                f'<row r="{row}">{"".join(line)}</row>'
                for row, line in enumerate(zip(*cells, strict=True), start + 2)
            )
            part.write("".join(lines).encode())
        part.write(sheet_end(table=rank == 1).encode())


def _width(name: str, column: list[Any]) -> float:
    """Return the width that shows most cells, filter button included."""
    lengths = sorted(len(str(cell)) for cell in column[:500] if cell is not None)
    usual = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    return max(8.0, min(_WIDEST, max(len(name) + 4, usual + 2)))


def _spelt(column: list[Any], letter: str, first: int, longs: LongTexts | None) -> Iterator[str]:
    """Yield the cells of a stretch of a column as XML."""
    for row, cell in enumerate(column, first):
        kind = type(cell)
        if kind is str:
            yield _text(cell, f"{letter}{row}", longs)
        elif cell is None:
            yield ""
        elif kind is int and -_EXACT < cell < _EXACT:
            yield f'<c r="{letter}{row}"><v>{cell}</v></c>'
        elif kind is float and math.isfinite(cell):
            yield f'<c r="{letter}{row}"><v>{cell!r}</v></c>'
        elif isinstance(cell, date) and cell.year >= 1900:
            yield f'<c r="{letter}{row}" s="{DATE}"><v>{_serial(cell)!r}</v></c>'
        elif kind is bool:
            yield f'<c r="{letter}{row}" t="b"><v>{int(cell)}</v></c>'
        else:
            yield _text(str(cell), f"{letter}{row}", longs)


def _serial(day: date) -> float:
    """Return a date as Excel counts it, in days; a time with its zone is told in UTC."""
    if isinstance(day, datetime) and day.tzinfo is not None:
        day = day.astimezone(UTC).replace(tzinfo=None)
    return float(to_excel(day))  # type: ignore[no-untyped-call]  # untyped in its stubs


def _text(text: str, place: str, longs: LongTexts | None) -> str:
    if longs is not None and (len(text) > 16_000 or _SPECIAL.search(text)):
        text = longs.fit(text, place)
    style = QUOTED if text[:1] in ("=", "+", "-", "@") else PLAIN
    style_said = f' s="{style}"' if style else ""
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    return f'<c r="{place}"{style_said} t="inlineStr"><is><t{kept}>{text}</t></is></c>'
