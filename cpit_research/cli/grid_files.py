"""Commands that give a version of the grid out, and read it back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape
from rich.table import Table as RichTable

from cpit_research.cli.opening import opened
from cpit_research.cli.show import console, print_json, say
from cpit_research.formats.working.codebook_qdc import qdc_losses
from cpit_research.formats.working.grid_workbook_columns import header_of
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext, pgettext
from cpit_research.wording.figures import number

if TYPE_CHECKING:
    from cpit_research.model.grid_edit import GridEdit
    from cpit_research.study.grids.grid_import import GridImport

_LONGEST: Final = 240
#: Characters shown before what differs, in long texts.
_KEPT: Final = 60
_STYLES: Final = {"added": "green", "removed": "red", "changed": "cyan"}


def grid_export(
    to: Annotated[Path, typer.Option(help=_("File to write: .xlsx, .yaml, .docx, .html or .qdc."))],
    version: Annotated[
        str | None, typer.Argument(help=_("Version of the grid; the newest by default."))
    ] = None,
) -> None:
    """Write a version of the grid."""
    study = opened()
    written = study.grid_export(version, to=to)
    say(_("Grid written: {path}").format(path=written))
    if to.suffix.lower() == ".qdc":
        for sentence in qdc_losses(study.grid(version)):
            say(sentence)


def grid_import(
    path: Annotated[Path, typer.Argument(help=_("Edited grid: .xlsx, .qdc, or one axis as .csv."))],
    version: Annotated[
        str | None, typer.Option(help=_("Version to change or to make; the file's by default."))
    ] = None,
    write: Annotated[bool, typer.Option("--write", help=_("Keep what is shown."))] = False,
    json: Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))] = False,
) -> None:
    """Show what a spreadsheet changes in the grid; write it if asked."""
    report = opened().grid_import(path, version=version, write=write)
    if json:
        print_json(_as_json(report))
    else:
        print_grid_import(report)


def _as_json(report: GridImport) -> dict[str, Any]:
    return {
        "version": report.grid.version,
        "against": report.against,
        "path": str(report.path),
        "written": report.written,
        "edits": [asdict(edit) for edit in report.edits],
        "notices": list(report.notices),
    }


def print_grid_import(report: GridImport) -> None:
    """Print what a spreadsheet changes, and whether it was kept."""
    out = console()
    if report.edits:
        table = RichTable(
            title=_("Grid {version}, against {against}").format(
                version=report.grid.version, against=report.against
            ),
            title_justify="left",
            title_style="bold",
            show_lines=True,
        )
        table.add_column(_("Cell"), overflow="fold")
        table.add_column(_("What"), overflow="fold")
        table.add_column(_("Before"), overflow="fold", ratio=1)
        table.add_column(_("After"), overflow="fold", ratio=1)
        for edit in report.edits:
            what = f"[{_STYLES[edit.kind]}]{escape(_what(edit))}[/]"
            words = map(escape, _apart(edit.before, edit.after))
            table.add_row(escape(edit.cell), what, *words)
        out.print(table)
    for notice in report.notices:
        out.print(notice, style="dim", markup=False, soft_wrap=True)
    say(_conclusion(report))


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return two texts shortened around the first place where they differ."""
    pairs = enumerate(zip(before, after, strict=False))
    alike = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = (
        before.rfind(" ", 0, alike - _KEPT) + 1 if min(len(before), len(after)) > _LONGEST else 0
    )
    mark = "…" if start > 0 else ""
    first, second = (
        shortened(mark + words[max(0, start) :], _LONGEST) for words in (before, after)
    )
    return first, second


def _what(edit: GridEdit) -> str:
    parts = {
        "code": pgettext("part of a grid", "code"),
        "axis": pgettext("part of a grid", "axis"),
        "facet": pgettext("part of a grid", "facet"),
        "reference": pgettext("part of a grid", "reference"),
        "rule": pgettext("part of a grid", "rule"),
        "grid": pgettext("part of a grid", "grid"),
    }
    kinds = {
        "added": pgettext("part of a grid", "addition"),
        "removed": pgettext("part of a grid", "removal"),
    }
    said = f"{parts[edit.part]} {edit.id}".strip()
    return f"{said} – {kinds.get(edit.kind) or header_of(edit.part, edit.field)}"


def _conclusion(report: GridImport) -> str:
    n = len(report.edits)
    if not n:
        return _("Nothing changes: the grid {version} says this already.").format(
            version=report.against
        )
    changes = ngettext("{n} change", "{n} changes", n).format(n=number(n))
    if report.written:
        return _("{changes}, written: {path}").format(changes=changes, path=report.path)
    return _("{changes}; nothing is written. To keep them, add --write.").format(changes=changes)
