"""Write a file whole or not at all, and the folder that it goes in."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from cpit_research.errors import FormatError
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

__all__ = [
    "discard",
    "is_unfinished",
    "make_folder",
    "making_folder",
    "replace_file",
    "replacing",
    "sweep",
    "take_place",
    "unfinished",
]

_UNFINISHED: Final = re.compile(r"\..*\.[0-9a-f]{12}\.tmp(\.[a-z]+|-journal)?", re.DOTALL)
#: Seconds after which nobody is writing any more.
_ABANDONED: Final = 3600


@contextmanager
def replacing(path: str | Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` that takes its place when the block ends well.

    The content is on the disk (``fsync``) before the name changes, so that a crash or a full disk
    leaves the former file, or none; if the block raises, nothing remains.

    Parameters
    ----------
    path : str or Path
        File to write or replace; its folder must exist.
    mode : int
        Who may read it, from its first byte on; the system takes from that what it takes.

    Yields
    ------
    BinaryIO
        Seekable binary stream.

    Raises
    ------
    FormatError
        If the folder is missing or refuses, or the file is held by another program.
    """
    path = Path(path)
    temporary = unfinished(path, path.name[:80])
    try:
        with open(temporary, "xb", opener=lambda name, how: os.open(name, how, mode)) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        discard(temporary)
    _settle(path.parent)


def replace_file(path: str | Path, content: bytes, *, mode: int = 0o666) -> None:
    """Write `content` at `path`, whole or not at all (`mode`: see :func:`replacing`).

    Raises
    ------
    FormatError
        If the folder is missing or refuses, or the file is held by another program.
    """
    with replacing(path, mode=mode) as stream:
        stream.write(content)


def take_place(temporary: Path, path: Path) -> None:
    """Give a file that is finished its name.

    Raises
    ------
    FormatError
        If the file there is held by another program, or is a folder.
    """
    try:
        temporary.replace(path)
    except OSError as error:
        raise _refusal(path, error) from error
    _settle(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are not there.

    Raises
    ------
    FormatError
        If the system refuses.
    """
    with making_folder(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def making_folder(folder: Path) -> Iterator[None]:
    """Say of what the system refuses in the block that this folder cannot be made.

    Raises
    ------
    FormatError
        If the system refuses.
    """
    try:
        yield
    except OSError as error:
        raise FormatError(
            _("The folder {name} cannot be made: {reason}.").format(
                name=folder, reason=reason_of(error)
            ),
            path=str(folder),
            remedy=_("Check its name, your rights on the folder above and the free space."),
        ) from error


def unfinished(path: Path, name: str = "cpit", suffix: str = "") -> Path:
    """Return a hidden place beside `path` for what is not finished, which :func:`sweep` knows."""
    return path.with_name(f".{name}.{secrets.token_hex(6)}.tmp{suffix}")


def discard(path: Path) -> None:
    """Remove what is not finished, if it is there; a folder that refuses had taken nothing."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def is_unfinished(path: Path) -> bool:
    """Tell whether a file bears the name of what was not finished."""
    return _UNFINISHED.fullmatch(path.name) is not None


def sweep(paths: Iterable[Path]) -> None:
    """Remove what programs that were killed left unfinished among `paths`, over an hour ago."""
    before = time.time() - _ABANDONED
    with suppress(OSError):  # a folder that refuses keeps it: it is hidden, and harms nobody
        for path in paths:
            if is_unfinished(path) and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def _refusal(path: Path, error: OSError) -> FormatError:
    return FormatError(
        _("{name} cannot be written: {reason}.").format(name=path.name, reason=reason_of(error)),
        path=str(path),
        remedy=_("Close it if it is open elsewhere, and check the folder and its free space."),
    )


def _settle(folder: Path) -> None:
    """Put the new name itself on the disk, where folders can be opened (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
