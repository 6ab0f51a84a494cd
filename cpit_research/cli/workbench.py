"""The command that opens the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cpit_research.cli.opening import named, opened
from cpit_research.cli.show import say
from cpit_research.errors import CpitError, NotFound
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study


def workbench(
    *,
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
    home: Annotated[
        bool, typer.Option("--home", help=_("Open the first page, where a study is chosen."))
    ] = False,
    idle: Annotated[
        float,
        typer.Option(help=_("Minutes after which it closes, once no page is open; 0 for never.")),
    ] = 0,
) -> None:
    """Open the workbench in the browser."""
    from cpit_research.workbench.opening import open_first_page, open_workbench

    try:
        study = None if demo or home else _around()
    except CpitError as error:
        folder = named()
        if folder is None:
            raise
        say(str(error))
        open_first_page(folder, error, port=port, browser=browser, idle=idle)
        return
    open_workbench(
        study,
        coder=coder,
        port=port,
        browser=browser,
        demo=demo,
        home=home or not (study or demo),
        idle=idle,
    )


def _around() -> Study | None:
    try:
        return opened()
    except NotFound as error:
        if named() is not None:
            raise
        say(str(error))
        return None
