"""The command that writes what an analyst double-clicks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpit_research.cli.opening import opened
from cpit_research.cli.show import say
from cpit_research.errors import NotFound
from cpit_research.model.system import System
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def launcher(
    to: Annotated[Path | None, typer.Option(help=_("Folder; the desktop by default."))] = None,
    system: Annotated[
        System | None, typer.Option(help=_("The system that it is for; this one by default."))
    ] = None,
    home: Annotated[
        bool, typer.Option("--home", help=_("Open the first page, where a study is chosen."))
    ] = False,
) -> None:
    """Write a launcher; outside a study, one that opens the first page."""
    from cpit_research.study.launcher import launcher as write

    path = write(None if home else _around(), to=to, system=system, home=home)
    say(_("Written: {path}").format(path=path))
    say(_("Double-click it: the workbench opens."))
    if path.suffix == ".desktop":
        say(_("The first time, some desktops ask: right-click it, then “Allow Launching”."))


def _around() -> Study | None:
    try:
        return opened()
    except NotFound:
        return None
