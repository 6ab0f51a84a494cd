"""Coding sheets: workbooks in which analysts put codes beside passages, in Excel or LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.working.coding_sheet_columns import (
    CODING,
    EFFECTIVITY,
    EPISODE,
    ORIGIN,
    PLACE,
    READ,
    REMARK,
    SHEET_FORMAT,
    code_column,
    pairs,
    words_column,
)
from cpit_research.formats.working.coding_sheet_writing import write_sheet
from cpit_research.formats.working.table import Faults, Row, find_header, find_sheet, read_table
from cpit_research.formats.working.workbook import Sheet, header_key, plain, read_workbook, written
from cpit_research.model.coding_sheet import CodingSheet, Mark, SheetRow
from cpit_research.model.structure import PART_KINDS
from cpit_research.wording import gettext as _

__all__ = ["read_sheet", "write_sheet"]

_LABELLED: Final = re.compile(r"(\S+)\s+[–—-]\s")
_CODE: Final = re.compile(r"code ([1-9]\d?)")


def read_sheet(path: str | Path) -> CodingSheet:
    """Read a coding sheet back, whatever the order of its rows.

    A code is read from « S11 » or « S11 – Faire clarifier son mandat ». What the rows say is not
    judged here: see :func:`~cpit_research.corpus.placing.resolve_sheet`.

    Raises
    ------
    FormatError
        If the file is not a coding sheet, was written for a newer program, or has lost columns.
    """
    path = Path(path)
    sheets = read_workbook(path)
    origin = _origin(sheets, path)
    faults = Faults(path)
    sheet = find_sheet(sheets, CODING, faults)
    rows: tuple[SheetRow, ...] = ()
    if sheet is not None:
        ranks = _ranks(sheet)
        columns = (*READ, *pairs(max(ranks, default=1)), EPISODE, EFFECTIVITY, REMARK, *PLACE)
        rows = tuple(_row(row, ranks) for row in read_table(sheet, columns, faults))
    faults.refuse()
    return CodingSheet(origin["study"], origin["coder"], origin["grid"], rows)


def _origin(sheets: Mapping[str, Sheet], path: Path) -> dict[str, str]:
    """Return what the hidden sheet says: study, coder, grid."""
    hidden = sheets.get(header_key(ORIGIN))
    rows = hidden.rows.values() if hidden else ()
    stated = {plain(row[0]): plain(row[1]) for row in rows if len(row) > 1}
    if not {"format", "study", "coder", "grid"} <= stated.keys():
        raise FormatError(
            _("{name} is not a coding sheet of this program.").format(name=path.name),
            path=str(path),
            remedy=_("Fill in the file that “cpit sheet export” wrote, saved as .xlsx."),
        )
    if stated["format"] != str(SHEET_FORMAT):
        raise FormatError(
            _("{name} was written by another version of the program (sheet format {n}).").format(
                name=path.name, n=stated["format"]
            ),
            path=str(path),
            exists=_("This one reads format {n}.").format(n=SHEET_FORMAT),
            remedy=_("Update cpit_research, or write the sheet anew."),
        )
    return stated


def _ranks(sheet: Sheet) -> tuple[int, ...]:
    """Return the ranks of the columns « code N », in order."""
    number, _found = find_header(sheet, (*READ, *PLACE))
    headers = [header_key(plain(value)) for value in sheet.rows.get(number, ())]
    return tuple(sorted({int(m[1]) for header in headers if (m := _CODE.fullmatch(header))}))


def _row(row: Row, ranks: tuple[int, ...]) -> SheetRow:
    start, end = _offset(row, "start"), _offset(row, "end")
    unit = row.text("unit")
    return SheetRow(
        source=row.text("source") if start is not None and end is not None else "",
        version=row.text("version"),
        start=start or 0,
        end=end or 0,
        path=row.text("path"),
        text=written(row.value("text")),
        visit=row.text("visit"),
        unit=next((kind for kind in PART_KINDS if kind == unit), "paragraph"),
        speaker=row.text("speaker"),
        marks=tuple(_marks(row, ranks)),
        remark=row.text("remark"),
        episode=row.text("episode"),
        effectivity=row.text("effectivity"),
        cell=row.cell("text"),
        episode_cell=_cell(row, "episode"),
        effectivity_cell=_cell(row, "effectivity"),
    )


def _cell(row: Row, field: str) -> str:
    return row.cell(field) if field in row.columns else ""


def _offset(row: Row, field: str) -> int | None:
    stated = row.text(field)
    return int(stated) if stated.isdecimal() else None


def _marks(row: Row, ranks: tuple[int, ...]) -> Iterator[Mark]:
    for rank in ranks:
        code, words = code_column(rank).field, words_column(rank).field
        stated = row.text(code)
        labelled = _LABELLED.match(stated)
        if stated or row.text(words):
            yield Mark(
                labelled[1] if labelled else stated,
                row.text(words),
                row.cell(code),
                _cell(row, words),
            )
