"""Commands on the copies of the study database."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table as RichTable

from cpit_research.cli.opening import opened
from cpit_research.cli.reports import print_check
from cpit_research.cli.show import console, print_json, say
from cpit_research.wording import gettext as _
from cpit_research.wording.figures import long_date, number

if TYPE_CHECKING:
    from cpit_research.study.backups import Backup

_MEGABYTE: Final = 2**20


def backup() -> None:
    """Keep a copy now."""
    say(_("Backup made: {path}").format(path=opened().backup().path))


def backups(
    json: Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))] = False,
) -> None:
    """List the copies, newest first."""
    known = opened().backups()
    if json:
        print_json(
            [{**asdict(one), "path": str(one.path), "at": one.at.isoformat()} for one in known]
        )
    elif known:
        console().print(_table(known))
    else:
        say(_("This study has no backup."))


def restore(
    backup: Annotated[
        str | None,
        typer.Argument(
            help=_("Its name, its file or its day (2024-05-17); the newest by default.")
        ),
    ] = None,
) -> None:
    """Put a copy back, then verify the study; the exit code is 1 if anything is wrong."""
    study = opened()
    done = study.restore(backup)
    say(_("Restored: {name}").format(name=done.backup.path.name))
    if done.kept is not None:
        say(_("The database that it takes the place of is kept: {path}").format(path=done.kept))
    report = study.check()
    print_check(report)
    if not report.sound:
        raise typer.Exit(1)


def _table(known: tuple[Backup, ...]) -> RichTable:
    why = {
        "daily": _("before the first change of the day"),
        "migration": _("before a new format"),
        "restore": _("before a restoration"),
        "merge": _("before a merge"),
        "asked": _("asked for"),
    }
    table = RichTable(box=None)
    for title in (_("Backup"), _("Made on"), _("Why"), _("MB")):
        table.add_column(title, justify="right" if title == _("MB") else "left")
    for one in known:
        size = number(one.size / _MEGABYTE, 1)
        table.add_row(one.path.name, long_date(one.at.date()), why[one.why], size)
    return table
