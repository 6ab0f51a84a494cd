"""Write a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cpit_research.errors import FormatError
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

__all__ = ["replace_file", "replacing"]


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` that takes its place when the block ends well.

    The content is on the disk (``fsync``) before the name changes, so that a crash or a full disk
    leaves the former file, or none; if the block raises, nothing remains.

    Parameters
    ----------
    path : str or Path
        File to write or replace; its folder must exist.

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
    temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise FormatError(
            _("{name} cannot be written: {reason}.").format(
                name=path.name, reason=reason_of(error)
            ),
            path=str(path),
            remedy=_("Close it if it is open elsewhere, and check the folder and its free space."),
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    _settle(path.parent)


def replace_file(path: str | Path, content: bytes) -> None:
    """Write `content` at `path`, whole or not at all.

    Raises
    ------
    FormatError
        If the folder is missing or refuses, or the file is held by another program.
    """
    with replacing(path) as stream:
        stream.write(content)


def _settle(folder: Path) -> None:
    """Put the new name itself on the disk, where folders can be opened (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
