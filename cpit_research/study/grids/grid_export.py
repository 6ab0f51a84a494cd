"""A version of the grid given to those who edit or read it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.formats.atomic import make_folder
from cpit_research.formats.working.grid_workbook_writing import write_grid_workbook
from cpit_research.formats.working.grid_writing import write_grid
from cpit_research.model.grid import Grid
from cpit_research.study.grids.grid_interchange import codebook, printed
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def _workbook(_study: Study, grid: Grid, path: Path) -> None:
    write_grid_workbook(grid, path)


def _file(_study: Study, grid: Grid, path: Path) -> None:
    write_grid(grid, path)


#: What writes a grid, by the end of the file name: the team's own files, and those for others,
#: which pass the privacy gate.
_WRITERS: Final[dict[str, Callable[[Study, Grid, Path], object]]] = {
    ".docx": printed,
    ".html": printed,
    ".qdc": codebook,
    ".xlsx": _workbook,
    ".yaml": _file,
}


def grid_export(study: Study, version: str | None = None, *, to: str | Path) -> Path:
    """Write a version of the grid (see :meth:`Study.grid_export`)."""
    target = Path(to)
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise InvalidInput(
            _("No writer makes “{suffix}” files of a grid.").format(
                suffix=target.suffix or target.name
            ),
            exists=_("It can be: {values}.").format(values=", ".join(sorted(_WRITERS))),
            remedy=_("Change the end of the file name."),
        )
    grid = study.grid(version)
    if target.exists():
        raise Conflict(
            _("{name} is there already, and may hold work that was not read back.").format(
                name=target.name
            ),
            remedy=_("Give another name, or remove the file."),
        )
    make_folder(target.parent)
    writer(study, grid, target)
    return target
