"""A grid edited in a spreadsheet, shown against the study's and kept when asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.errors import InvalidInput
from cpit_research.formats.working.codebook_reading import read_qdc
from cpit_research.formats.working.grid_csv import read_axis_csv
from cpit_research.formats.working.grid_file import GRID_VERSION
from cpit_research.formats.working.grid_workbook import GridWorkbook, read_grid_workbook
from cpit_research.formats.working.grid_writing import rewrite_grid
from cpit_research.model.grid import Grid
from cpit_research.model.grid_edit import GridEdit, grid_edits
from cpit_research.study.holder import refuse_in_lot
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["GridImport", "grid_import"]

_SUFFIXES: Final = (".csv", ".qdc", ".xlsx")


@dataclass(frozen=True, slots=True)
class GridImport:
    """What a spreadsheet would change, or changed.

    Parameters
    ----------
    grid : Grid
        The version as it would be, or is.
    against : str
        The version that it is compared with.
    edits : tuple of GridEdit
        Everything that makes it other.
    path : Path
        The file of the version.
    notices : tuple of str
        What was set aside.
    written : bool
        Whether the file was written.
    """

    grid: Grid
    against: str
    edits: tuple[GridEdit, ...]
    path: Path
    notices: tuple[str, ...] = ()
    written: bool = False


def grid_import(
    study: Study, path: str | Path, *, version: str | None = None, write: bool = False
) -> GridImport:
    """Read a grid back from a spreadsheet (see :meth:`Study.grid_import`)."""
    if write:
        refuse_in_lot(study)
    path = Path(path)
    if path.suffix.lower() not in _SUFFIXES:
        raise InvalidInput(
            _("A grid is not read from “{suffix}” files.").format(suffix=path.suffix or path.name),
            exists=_("It can be: {values}.").format(values=", ".join(_SUFFIXES)),
        )
    if version is not None and not GRID_VERSION.fullmatch(version):
        raise InvalidInput(
            _("“{version}” cannot be a version.").format(version=version),
            remedy=_("Write it as v2, or v2.1."),
        )
    known = study.shelf.grid_versions()
    read = _read(study, path, version)
    wanted = version or read.grid.version
    against = study.grid(_base(wanted, read.grid.version, list(known)))
    grid = _draft(read.grid, wanted, against)
    if wanted in known and against.status == "released":
        raise InvalidInput(
            _("The grid {version} is released, and never changes.").format(version=wanted),
            remedy=_("Say which version comes next: “--version {next}”.").format(
                next=_next(list(known))
            ),
        )
    target = known.get(wanted) or study.folder / "grids" / f"{wanted}.yaml"
    edits = tuple(_placed(grid_edits(against, grid), read))
    if write and edits:
        rewrite_grid(known[against.version], grid, to=None if wanted in known else target)
    return GridImport(grid, against.version, edits, target, read.notices, write and bool(edits))


def _read(study: Study, path: Path, version: str | None) -> GridWorkbook:
    if path.suffix.lower() == ".xlsx":
        return read_grid_workbook(path)
    if path.suffix.lower() == ".qdc":
        grid, notices = read_qdc(path)
        return GridWorkbook(grid, {}, notices)
    known = study.shelf.grid_versions()
    return read_axis_csv(path, study.grid(version if version in known else None))


def _base(wanted: str, stated: str, known: list[str]) -> str | None:
    """Return the version to compare with: the one wanted, else the one that was exported."""
    return next((one for one in (wanted, stated) if one in known), None)


def _draft(read: Grid, wanted: str, against: Grid) -> Grid:
    """Return what was read as a draft; a new version comes from the one before, unchanged yet."""
    draft = replace(read, version=wanted, status="draft", released_as="")
    if wanted == against.version:
        return draft
    if read.version == against.version:
        return replace(draft, previous=against.version, changes=())
    return draft if draft.previous else replace(draft, previous=against.version)


def _placed(edits: Iterator[GridEdit], read: GridWorkbook) -> Iterator[GridEdit]:
    for edit in edits:
        field = edit.field or "id"
        cell = read.cells.get((edit.id, field), "") if edit.part == "code" else ""
        yield replace(edit, cell=cell)


def _next(known: list[str]) -> str:
    number = known[-1].removeprefix("v").partition(".")[0]
    return f"v{int(number) + 1}" if number.isdecimal() else "v2"
