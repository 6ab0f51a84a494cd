"""The command that opens the workbench."""

from __future__ import annotations

from typing import Annotated

import typer

from cpit_research.cli.study import opened
from cpit_research.wording import gettext as _


def workbench(
    coder: Annotated[
        str | None, typer.Option(help=_("Whose work it is; else said on the page."))
    ] = None,
    port: Annotated[
        int, typer.Option(help=_("Port of this machine; 0 for the usual one, or a free one."))
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help=_("Open the browser."))
    ] = True,
    demo: Annotated[
        bool, typer.Option(help=_("Open a copy of the demonstration, deleted at the end."))
    ] = False,
) -> None:
    """Open the workbench in the browser."""
    from cpit_research.workbench.opening import open_workbench

    study = None if demo else opened()
    open_workbench(study, coder=coder, port=port, browser=browser, demo=demo)
