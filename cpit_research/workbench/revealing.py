"""Showing a file where it lies, in the windows of this system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["reveal", "revealing"]


def revealing(path: Path, system: str) -> list[str]:
    """Return the command that shows a file in its folder.

    Examples
    --------
    >>> revealing(Path("/etudes/envoi.zip"), "darwin")
    ['open', '-R', '/etudes/envoi.zip']
    """
    if system == "win32":
        return ["explorer", f"/select,{path}"]
    return ["open", "-R", str(path)] if system == "darwin" else ["xdg-open", str(path.parent)]


def reveal(path: Path) -> None:
    """Show a file in its folder.

    Raises
    ------
    OSError
        If this system has no windows to show it in.
    """
    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603  a file that this program wrote
        revealing(path, sys.platform), stdin=quiet, stdout=quiet, stderr=quiet
    )
