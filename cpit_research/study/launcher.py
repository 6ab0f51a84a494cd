"""A file to double-click that starts the workbench, without a word of command."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from cpit_research.errors import Conflict, FormatError, InvalidInput
from cpit_research.formats.atomic import make_folder, replace_file, unfinished
from cpit_research.formats.written import launcher_file as written
from cpit_research.model.system import System
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["desktop", "launcher"]

_EXECUTABLE: Final = 0o755
_PROGRAM: Final = "workbench"
#: Minutes after which a workbench without a terminal closes, once its last page was closed.
_IDLE: Final = "10"
#: How the desktop is called where systems translate their folders.
_DESKTOPS: Final = ("Desktop", "Bureau")
#: Where Windows says that the desktop is, when an organisation or a person has it synchronised.
_SYNCHRONISED: Final = ("OneDriveCommercial", "OneDrive")


def launcher(
    study: Study | None,
    *,
    to: str | Path | None = None,
    system: System | None = None,
    home: bool = False,
) -> Path:
    """Write a launcher (see :meth:`Study.launcher`); without a study, it opens the first page."""
    chosen = system or _own()
    if chosen not in get_args(System):
        raise InvalidInput(
            _("“{system}” is no system that launchers are written for.").format(system=system),
            exists=_("There are: {names}.").format(names=", ".join(get_args(System))),
        )
    opened = None if home else study
    folder = Path(to) if to is not None else desktop()
    name = _name(opened)
    make_folder(folder)
    write = {"windows": _for_windows, "macos": _for_macos, "linux": _for_linux}[chosen]
    return write(folder / written.file_name(name), name, _command(opened, chosen))


def desktop() -> Path:
    """Return the desktop of the person at work, or her own folder where there is none."""
    own = Path.home()
    told = os.environ.get("XDG_DESKTOP_DIR", "")
    around = [Path(os.environ[name]) for name in _SYNCHRONISED if os.environ.get(name)]
    places = [Path(told)] if told else []
    places += [folder / name for folder in (*around, own) for name in _DESKTOPS]
    return next((place for place in places if place.is_dir()), own)


def _own() -> System:
    if sys.platform == "win32":
        return "windows"
    return "macos" if sys.platform == "darwin" else "linux"


def _name(study: Study | None) -> str:
    """Return what is read under the icon."""
    if study is None:
        return _("Coding workbench")
    title = study.identity.title or study.folder.resolve().name
    return _("Coding workbench – {title}").format(title=title)


def _command(study: Study | None, system: System) -> tuple[str, ...]:
    """Return the command: the Python at work now, which takes no module of the folder around."""
    program = Path(sys.executable)
    windowless = program.with_name("pythonw.exe")
    if system == "windows" and windowless.is_file():
        program = windowless
    start = (str(program), "-P", "-m", "cpit_research")
    if study is None:
        return (*start, "workbench", "--home", "--idle", _IDLE)
    return (*start, "--study", str(study.folder.resolve()), "workbench", "--idle", _IDLE)


def _missing(program: str) -> str:
    return _(
        "Python is no longer at {program}: the workbench was moved or removed. Make this launcher "
        "again."
    ).format(program=program)


def _for_windows(stem: Path, _name: str, command: tuple[str, ...]) -> Path:
    path = stem.with_name(f"{stem.name}.cmd")
    replace_file(path, written.windows_script(command, _missing(command[0])))
    return path


def _for_linux(stem: Path, name: str, command: tuple[str, ...]) -> Path:
    path = stem.with_name(f"{stem.name}.desktop")
    comment = _("Code field notes and transcripts")
    replace_file(path, written.desktop_entry(name, comment, command, written.icon()))
    path.chmod(_EXECUTABLE)
    return path


def _for_macos(stem: Path, name: str, command: tuple[str, ...]) -> Path:
    path = stem.with_name(f"{stem.name}.app")
    if path.exists() and not (path / "Contents" / "MacOS" / _PROGRAM).is_file():
        raise Conflict(
            _("{name} is there already, and is no launcher.").format(name=path),
            remedy=_("Choose another folder."),
        )
    making = unfinished(path)
    try:
        _fill(making / "Contents", name, command)
        if path.exists():
            shutil.rmtree(path)
        making.rename(path)
    except OSError as error:
        raise FormatError(
            _("{name} cannot be written: {reason}.").format(
                name=path.name, reason=reason_of(error)
            ),
            path=str(path),
        ) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return path


def _fill(contents: Path, name: str, command: tuple[str, ...]) -> None:
    """Write what an application of macOS holds."""
    for part in ("MacOS", "Resources"):
        make_folder(contents / part)
    program = contents / "MacOS" / _PROGRAM
    replace_file(program, written.shell_script(command, _missing(command[0])))
    program.chmod(_EXECUTABLE)
    replace_file(contents / "Resources" / "icon.icns", written.icns())
    identifier = "org.cpit-research.workbench"
    replace_file(contents / "Info.plist", written.property_list(name, identifier, _PROGRAM))
