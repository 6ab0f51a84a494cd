"""One axis of a grid as CSV: what a spreadsheet makes of a sheet, in the encodings it has.

Excel writes semicolons and Windows-1252 in France, or UTF-8 with a mark. Windows-1252 lacks
characters (« → », narrow spaces, pictograms), for which it writes “?”: they are looked for, so
that saving a grid does not wear it away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.limits import YAML_BYTES
from cpit_research.formats.working.grid_rules import parents_first
from cpit_research.formats.working.grid_workbook import GridWorkbook, read_codes
from cpit_research.formats.working.grid_workbook_columns import CODE
from cpit_research.formats.working.table import Faults, find_header
from cpit_research.formats.working.workbook import Sheet, header_key
from cpit_research.model.grid import Code, Grid
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

__all__ = ["read_axis_csv"]

_WESTERN: Final = "windows-1252"
_SEPARATORS: Final = (";", ",", "\t")
_REMEDY: Final = "CSV UTF-8"


@dataclass(frozen=True, slots=True)
class _Csv:
    sheet: Sheet
    encoding: str


def read_axis_csv(path: str | Path, grid: Grid) -> GridWorkbook:
    """Read the codes of one axis; every other thing stays as `grid` says.

    The axis is the one of the codes that the file names.

    Raises
    ------
    FormatError
        If the file cannot be read, or holds faults: all of them together in ``faults``, each with
        its cell.
    """
    path = Path(path)
    held = _read(path)
    faults = Faults(path)
    axis = _axis(held.sheet, grid, faults)
    others = [code for code in grid if code.axis != axis]
    read = read_codes(held.sheet, axis, others, faults)
    if held.encoding == _WESTERN:
        _refuse_worn(read, grid, faults)
    faults.refuse()
    codes = [code for one in grid.axes for code in (read.grid if one.id == axis else grid)
             if code.axis == one.id]  # fmt: skip
    return replace(read, grid=replace(grid, codes=tuple(parents_first(codes))))


def _read(path: Path) -> _Csv:
    try:
        if path.stat().st_size > YAML_BYTES:
            raise FormatError(_("{name} is too heavy.").format(name=path.name), path=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(
            _("{name} cannot be opened: {reason}.").format(name=path.name, reason=reason_of(error)),
            path=str(path),
        ) from error
    written, encoding = _decoded(data, path)
    return _Csv(Sheet(path.stem, MappingProxyType(_rows(written, path))), encoding)


def _decoded(data: bytes, path: Path) -> tuple[str, str]:
    encodings = (
        ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", _WESTERN)
    )
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise FormatError(
        _("{name} is in no encoding that spreadsheets write.").format(name=path.name),
        path=str(path),
        remedy=_("Save it again as “{kind}”, or as .xlsx.").format(kind=_REMEDY),
    )


def _rows(written: str, path: Path) -> dict[int, tuple[str, ...]]:
    """Return the rows of the separator under which the header is best known."""
    found: list[tuple[int, dict[int, tuple[str, ...]]]] = []
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(written, newline=""), delimiter=separator)
        try:
            rows = {number: tuple(row) for number, row in enumerate(reader, start=1) if any(row)}
        except csv.Error as error:
            raise FormatError(
                _("{name} is not a CSV file, or a damaged one.").format(name=path.name),
                path=str(path),
                remedy=_("Save it again as “{kind}”, or as .xlsx.").format(kind=_REMEDY),
            ) from error
        found.append((len(find_header(Sheet("", rows), CODE)[1]), rows))
    return max(found, key=lambda one: one[0])[1]


def _axis(sheet: Sheet, grid: Grid, faults: Faults) -> str:
    """Return the axis of the codes named; a fault is noted if they have none, or several."""
    header, found = find_header(sheet, CODE)
    at = found.get("id")
    ids = {
        row[at].strip() for n, row in sheet.rows.items() if n > header and at is not None
        and at < len(row)
    }  # fmt: skip
    axes = [axis.id for axis in grid.axes if any(c.axis == axis.id and c.id in ids for c in grid)]
    named = [
        a.id for a in grid.axes if header_key(sheet.title) in {header_key(a.id), header_key(a.name)}
    ]
    if len(axes) == 1:
        return axes[0]
    if not axes and named:
        return named[0]
    if axes:
        sentence = _("its codes are on several axes ({axes}); a .csv holds one: use an .xlsx.")
        faults.add(sheet.title, sentence.format(axes=", ".join(axes)))
    else:
        sentence = _(
            "none of its codes is in the grid {version}, so that its axis is not known; give the "
            "file the name of an axis ({axes})."
        )
        known = ", ".join(axis.id for axis in grid.axes)
        faults.add(sheet.title, sentence.format(version=grid.version, axes=known))
    return (axes or [axis.id for axis in grid.axes])[0]


def _refuse_worn(read: GridWorkbook, grid: Grid, faults: Faults) -> None:
    """Note the words that Windows-1252 wore away."""
    for code in read.grid:
        before = grid.get(code.id)
        for one in fields(Code) if before else ():
            old, new = _joined(getattr(before, one.name)), _joined(getattr(code, one.name))
            if new != old and new == _worn(old) and (code.id, one.name) in read.cells:
                lost = sorted({c for c in old if c not in _worn(c)})
                faults.add(
                    read.cells[code.id, one.name],
                    _(
                        "code {code}: the encoding Windows-1252 turned {characters} into “?”; save "
                        "the file as “{kind}”, or as .xlsx."
                    ).format(code=code.id, characters=" ".join(map(repr, lost)), kind=_REMEDY),
                )


def _joined(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _worn(words: str) -> str:
    return words.encode(_WESTERN, "replace").decode(_WESTERN)
