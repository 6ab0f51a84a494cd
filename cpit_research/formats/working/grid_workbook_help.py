"""How to edit the workbook of a grid, in its last sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpit_research.formats.working.help_sheet import HELP, add_help
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["write_help"]


def write_help(book: Workbook) -> None:
    """Add the sheet that says how to edit the workbook."""
    target = add_help(book, _lines(), words=HELP)
    target.page_setup.orientation = "landscape"


def _lines() -> tuple[str, ...]:
    return (
        _("Each axis has its sheet, each code its row; shaded rows have codes under them."),
        _("An id is never changed nor used again: give a new code a new id, at any row."),
        _("“parent” holds the id of the code above; the order of the rows is that of the grid."),
        _("Where a header says “un par ligne”, put each item on a line (Alt + Enter)."),
        _("A line that begins with “↳” goes on with the item above it."),
        _("Columns that an axis leaves empty are folded under the “+” above them."),
        _("Do not remove a code that was used: choose “retiré”, “scindé” or “fusionné”."),
        _("Columns may be moved and sheets sorted, but neither removed nor merged."),
        _("Write words, never formulas; what looks like a number or a date stays text."),
        _("Say in “Changements” what changed since the version before, and why."),
        _("Save as .xlsx, then “cpit grid import” shows what would change, and writes nothing."),
    )
