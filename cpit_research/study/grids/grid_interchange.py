"""The grid for those who have no study open: other programs, and coders at their desks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.formats.working.codebook_qdc import write_qdc
from cpit_research.model.grid import Grid
from cpit_research.results.grid_document import grid_document
from cpit_research.study.export import export
from cpit_research.study.gate import leave
from cpit_research.study.summary import banner

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["codebook", "printed"]


def codebook(study: Study, grid: Grid, path: Path) -> Path:
    """Write a version of the grid as a REFI-QDA codebook, through the privacy gate."""
    return leave(study, path, lambda waiting, _names: write_qdc(grid, waiting))


def printed(study: Study, grid: Grid, path: Path) -> Path:
    """Write a version of the grid as the document that coders keep at hand (docx, html, xlsx)."""
    document = grid_document(
        grid, made=study.occasion.now(), author=study.identity.author, banner=banner(study)
    )
    return export(study, path, document)
