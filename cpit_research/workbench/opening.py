"""Opening the workbench: in the browser from a terminal, in a cell from a notebook."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import finalize

from cpit_research.errors import CpitError, NotFound
from cpit_research.study.opening import open_study
from cpit_research.study.study import Study
from cpit_research.wording import gettext as _
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.passing import passing_folder, remove_abandoned
from cpit_research.workbench.recent import remember
from cpit_research.workbench.stopping import Stop, heard

if TYPE_CHECKING:
    from cpit_research.workbench.server.doors import Door
    from cpit_research.workbench.widget import Workbench

__all__ = ["open_first_page", "open_workbench"]

#: What the page of a browser can do, and a cell cannot.
_ABILITIES: Final = ("audio", "home", "lots", "quit")


def open_workbench(
    study: Study | None = None,
    *,
    coder: str | None = None,
    port: int = 0,
    browser: bool = True,
    demo: bool = False,
    home: bool = False,
    idle: float = 0,
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
    home : bool
        Open the first page, where a study is chosen or a lot received; so does a folder that holds
        no study.
    idle : float
        Minutes after which it closes by itself once every page was closed; 0 for never.

    Returns
    -------
    Workbench or None
        The cell, in a notebook.

    Raises
    ------
    NotFound
        If the study knows no such coder.
    Conflict
        If another program has the port.
    """
    if _in_notebook():
        return _cell(study, coder, demo=demo)
    with heard() as stop, _opened(study, demo=demo, home=home) as used:
        place = None if used is None else used.folder
        asked = coder is not None or port != 0
        if not asked and _already(place, browser=browser):
            return None
        with closing(_desk(used, coder)) as desk:
            desk.passing = place if demo else None
            _serve(desk, stop, port, browser=browser, idle=idle)
    return None


def open_first_page(
    folder: Path, error: CpitError, *, port: int = 0, browser: bool = True, idle: float = 0
) -> None:
    """Open the first page, which says why a study was not opened and what to do.

    Parameters
    ----------
    folder : Path
        Where the study was looked for.
    error : CpitError
        Why it was not opened.
    port, browser, idle
        As for :func:`open_workbench`.
    """
    with heard() as stop, closing(Desk(abilities=_ABILITIES)) as desk:
        desk.said = _not_opened(folder, error)
        _serve(desk, stop, port, browser=browser, idle=idle)


def _desk(study: Study | None, coder: str | None) -> Desk:
    """Return the desk of a study; without it if it cannot be read, to say so on the first page."""
    try:
        return Desk(study, coder=coder, abilities=_ABILITIES)
    except CpitError as error:
        if study is None or coder is not None:  # somebody asked for her at a terminal
            raise
        study.close()
        desk = Desk(abilities=_ABILITIES)
        desk.said = _not_opened(study.folder, error)
        _tell(desk.said)
        return desk


def _not_opened(folder: Path, error: CpitError) -> str:
    if isinstance(error, NotFound):
        return _(
            "The study of this icon is no longer in {folder}: its folder was moved, renamed or "
            "deleted, or its disk is not there. Open it below, where it is now; then make its icon "
            "again."
        ).format(folder=folder)
    return _("The study in {folder} cannot be opened. {reason}").format(folder=folder, reason=error)


def _already(folder: Path | None, *, browser: bool) -> bool:
    """Go to the door that is open on a study already, if there is one."""
    from cpit_research.workbench.server.doors import link_of

    link = link_of(folder)
    if link is None:
        return False
    _tell(_("It is open already: {link}").format(link=link))
    if browser:
        webbrowser.open(link)
    return True


def _in_notebook() -> bool:
    """Tell whether a notebook runs this."""
    shell = sys.modules.get("IPython")
    current = shell.get_ipython() if shell is not None else None
    return current is not None and getattr(current, "kernel", None) is not None


def _cell(study: Study | None, coder: str | None, *, demo: bool) -> Workbench:
    """Return the cell of a notebook; the copy of the demonstration is deleted with it."""
    from cpit_research.workbench.widget import Workbench

    opened = ExitStack()
    used = opened.enter_context(_opened(study or (None if demo else open_study()), demo=demo))
    cell = Workbench(used or open_study(), coder=coder)
    finalize(cell, opened.close)
    return cell


@contextmanager
def _opened(study: Study | None, *, demo: bool, home: bool = False) -> Iterator[Study | None]:
    """Give the study to work on, None for the first page.

    The copy of the demonstration is deleted at the end.
    """
    if not demo:
        yield None if home else study or _around()
        return
    from cpit_research.study.demo import demonstration

    with passing_folder() as folder, demonstration(folder / "demonstration") as copy:
        yield copy


def _around() -> Study | None:
    """Return the study of the current folder, None if there is none."""
    with suppress(NotFound):
        return open_study()
    return None


def _serve(desk: Desk, stop: Stop, port: int, *, browser: bool, idle: float) -> None:
    """Run the server until it is stopped, « Quitter », or as long as a page is open."""
    from cpit_research.workbench.server.running import Running

    remove_abandoned()
    running = Running(
        desk,
        port=port,
        entered=lambda link: _tell(_("For another browser: {link}").format(link=link)),
        idle=idle * 60,
    )
    stop.how = running.stop
    desk.moved = lambda: _remember(desk, running.door)
    desk.moved()
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
        pass
    finally:
        running.door.forget()
    _tell(_("The workbench is closed."))


def _remember(desk: Desk, door: Door) -> None:
    """Say where a study is open, to whoever launches it again, and on the first page."""
    folder = desk.study.folder if desk.has_study else None
    door.keep(folder)
    if folder is not None and folder != desk.passing:
        remember(folder)


def _tell(sentence: str) -> None:
    if sys.stdout is not None:  # double-clicked, there is no terminal
        with suppress(OSError):  # it was closed
            sys.stdout.write(f"{sentence}\n")
            sys.stdout.flush()
