"""Making a draft of the grid a released version: two lines of its file change, no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.atomic import replace_file
from cpit_research.formats.working.grid_file import read_grid
from cpit_research.model.grid import Grid
from cpit_research.wording import gettext as _

__all__ = ["release_file"]

_DRAFT: Final = r"(?:draft|\"draft\"|'draft')"
_STATUS: Final = re.compile(
    rf"(?m)^(?P<key>status[ \t]*:[ \t]*){_DRAFT}(?P<rest>[ \t]*(?:#[^\r\n]*)?\r?)$"
)
_FINGERPRINT: Final = re.compile(r"(?m)^fingerprint[ \t]*:.*\n?")


def release_file(path: Path, notes: Iterable[str] = ()) -> Grid:
    """Release the draft of a file: its status, and the fingerprint of its content.

    Comments and layout stay as they are.

    Parameters
    ----------
    path : Path
        The file.
    notes : iterable of str
        What the release cites, written as comments under the fingerprint.

    Raises
    ------
    FormatError
        If the file cannot be read, is released already, has empty fields that coders need, or
        states its status in a way that is not found: nothing is changed.
    """
    grid = read_grid(path, for_release=True)
    if grid.status == "released":
        raise FormatError(
            _("{name} is released already.").format(name=path.name),
            path=str(path),
            remedy=_("Write what is new in the next version."),
        )
    released = replace(grid, status="released")
    written = _FINGERPRINT.sub("", path.read_bytes().decode("utf-8-sig"))
    cited = "".join(f"\n# {' '.join(note.split())}" for note in notes)

    def marked(match: re.Match[str]) -> str:
        line = f"{match['key']}released{match['rest']}"
        return f"{line}\nfingerprint: {released.fingerprint}{cited}"

    lines, times = _STATUS.subn(marked, written)
    if times != 1:
        raise FormatError(
            _("The line “status: draft” of {name} is not found.").format(name=path.name),
            path=str(path),
            remedy=_("Write it on a line of its own, at the left edge."),
        )
    replace_file(path, lines.encode())
    return replace(released, released_as=released.fingerprint)
