"""Opening the workbench: in the browser from a terminal, in a cell from a notebook."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from weakref import finalize

from cpit_research.study.opening import open_study
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _
from cpit_research.workbench.desk import Desk

if TYPE_CHECKING:
    from cpit_research.workbench.widget import Workbench

__all__ = ["open_workbench"]


def open_workbench(
    study: Study | None = None,
    *,
    coder: str | None = None,
    port: int = 0,
    browser: bool = True,
    demo: bool = False,
) -> Workbench | None:
    """Open the workbench: a cell in a notebook, else the browser, until it is stopped.

    Parameters
    ----------
    study : Study, optional
        The study; that of the current folder by default.
    coder : str, optional
        Whose work it is. By default she says so on the page; in a lot it is its coder.
    port : int
        Port of this machine, outside notebooks; the usual one of the study, or a free one, by
        default.
    browser : bool
        Whether the browser is opened, outside notebooks.
    demo : bool
        Open the demonstration, in a copy that is deleted at the end, instead of a study.

    Returns
    -------
    Workbench or None
        The cell, in a notebook.

    Raises
    ------
    NotFound
        If there is no study there, or it knows no such coder.
    Conflict
        If another program has the port.
    """
    if _in_notebook():
        return _cell(study, coder, demo=demo)
    with _opened(study, demo=demo) as used:
        _serve(Desk(used, coder=coder, abilities=("audio",)), port, browser=browser)
    return None


def _in_notebook() -> bool:
    """Tell whether a notebook runs this."""
    shell = sys.modules.get("IPython")
    current = shell.get_ipython() if shell is not None else None
    return current is not None and getattr(current, "kernel", None) is not None


def _cell(study: Study | None, coder: str | None, *, demo: bool) -> Workbench:
    """Return the cell of a notebook; the copy of the demonstration is deleted with it."""
    from cpit_research.workbench.widget import Workbench

    opened = ExitStack()
    cell = Workbench(opened.enter_context(_opened(study, demo=demo)), coder=coder)
    finalize(cell, opened.close)
    return cell


@contextmanager
def _opened(study: Study | None, *, demo: bool) -> Iterator[Study]:
    """Give the study to work on; the copy of the demonstration is deleted at the end."""
    if not demo:
        yield study or open_study()
        return
    from cpit_research.study.demo import demonstration

    with (
        TemporaryDirectory(prefix="cpit-") as folder,
        demonstration(Path(folder) / "demonstration") as copy,
    ):
        yield copy


def _serve(desk: Desk, port: int, *, browser: bool) -> None:
    """Run the server until Ctrl+C."""
    from cpit_research.workbench.server.running import Running

    running = Running(
        desk,
        port=port,
        entered=lambda link: _tell(_("For another browser: {link}").format(link=link)),
    )
    _tell(_("The workbench is open: {link}").format(link=running.link))
    if running.moved:
        _tell(
            _(
                "Its usual address is taken, perhaps by another workbench of this study: each sees "
                "what the other saves."
            )
        )
    _tell(_("It stops with Ctrl+C. All that was done is saved as you go."))
    if browser and not webbrowser.open(running.link):
        _tell(_("No browser was found here: open this link yourself."))
    try:
        running.run()
    except KeyboardInterrupt:
        _tell(_("The workbench is closed."))


def _tell(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
