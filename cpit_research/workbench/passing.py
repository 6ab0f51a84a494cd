"""Folders of one session, in the system's temporary folder: what lies there leaves with it.

Each is held by a lock on a file inside it, which the system lets go when the process ends, however
it ends. So whoever comes next knows the folders that nobody holds any more without going by the
numbers of processes, which are used again.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

__all__ = ["passing_folder", "remove_abandoned"]

_PREFIX: Final = "cpit-"
#: What somebody else may do in a folder.
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_LOCK: Final = "session.lock"
#: Written once the lock is had: a file without it is that of a session that is just beginning.
_MARK: Final = b"cpit-research: a session, while this file is locked\n"


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Give a new folder of this person alone, removed at the end with all that it holds."""
    made = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with (
            (made / _LOCK).open("x+b") as lock,
            TemporaryDirectory(dir=made, ignore_cleanup_errors=True) as folder,
        ):
            with suppress(OSError):  # a disk without locks: nobody will take it for abandoned
                _wait_for(lock)
                lock.write(_MARK)
                lock.flush()
            yield Path(folder)
    finally:
        _remove(made)


def remove_abandoned() -> None:
    """Remove the folders of this person whose session was killed, or lost its power.

    Only those that are certainly ours: a folder of hers, closed to others, no link, with our mark
    in a file that nobody holds.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # gone meanwhile, held, or nothing of ours
            if _is_hers(folder) and _is_abandoned(folder / _LOCK):
                _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder, its lock last: what could not be removed now will be found again."""
    for one in folder.iterdir():
        if one.name != _LOCK:
            shutil.rmtree(one, ignore_errors=True)
    if {one.name for one in folder.iterdir()} <= {_LOCK}:
        shutil.rmtree(folder, ignore_errors=True)


def _is_hers(folder: Path) -> bool:
    """Tell whether this is a folder, no link, and of this person alone."""
    found = folder.lstat()
    is_closed = True
    if sys.platform != "win32":  # where each person has a temporary folder of her own
        is_closed = found.st_uid == os.geteuid() and not found.st_mode & _OTHERS
    return stat.S_ISDIR(found.st_mode) and is_closed


def _is_abandoned(lock: Path) -> bool:
    """Tell whether a session left this lock; OSError if one holds it."""
    with open(lock, "r+b", opener=_through_no_link) as file:
        _take(file)
        return file.read(len(_MARK) + 1) == _MARK


def _through_no_link(name: str, how: int) -> int:
    return os.open(name, how | getattr(os, "O_NOFOLLOW", 0))


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _wait_for(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _wait_for(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
