"""``data/raw/``: what was received, under the name it was received with, never edited."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.atomic import make_folder, replace_file, sweep
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

_NUMBERED: Final = re.compile(r"^(?P<stem>.+)\.v(?P<n>\d+)$")


def relative(path: Path, raw: Path) -> str | None:
    """Return the place of a file under `raw`, or None when it is elsewhere."""
    resolved, root = path.resolve(), raw.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else None


def document_path(place: str) -> str:
    """Return the path that names the document: that of its first version.

    Examples
    --------
    >>> document_path("notes/visite V03.v2.docx"), document_path("visite V03.docx")
    ('notes/visite V03.docx', 'visite V03.docx')
    """
    path = Path(place)
    match = _NUMBERED.match(path.stem)
    return path.with_name(match["stem"] + path.suffix).as_posix() if match else place


def version_order(path: Path) -> tuple[str, int]:
    """Return a sorting key that puts the versions of a document one after the other."""
    match = _NUMBERED.match(path.stem)
    return document_path(path.as_posix()), int(match["n"]) if match else 1


def size(path: Path) -> int:
    """Return how many bytes a file received has.

    Raises
    ------
    FormatError
        If the system refuses.
    """
    try:
        return path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def read(path: Path) -> bytes:
    """Read the bytes of a file received.

    Raises
    ------
    FormatError
        If the system refuses.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def kept_place(data: bytes, place: str, raw: Path) -> str | None:
    """Return where these bytes already are: at `place`, at one of its versions, or nowhere."""
    base = Path(document_path(place))
    number, candidate = 1, place
    while (raw / candidate).exists():
        file = raw / candidate
        if file.is_file() and file.stat().st_size == len(data) and read(file) == data:
            return candidate
        number += 1
        candidate = base.with_name(f"{base.stem}.v{number}{base.suffix}").as_posix()
    return None


def free_place(place: str, raw: Path) -> str:
    """Return `place`, or the first of its numbered versions that no file has taken."""
    if not (raw / place).exists():
        return place
    base = Path(document_path(place))
    number = 2
    while (raw / base.with_name(f"{base.stem}.v{number}{base.suffix}")).exists():
        number += 1
    return base.with_name(f"{base.stem}.v{number}{base.suffix}").as_posix()


def keep(data: bytes, place: str, raw: Path) -> None:
    """Write the bytes of a file received at its place."""
    target = raw / place
    make_folder(target.parent)
    replace_file(target, data)


def clear(raw: Path) -> None:
    """Remove the copies that a program was killed in the middle of."""
    sweep(raw.rglob(".*"))


def _unreadable(path: Path, error: OSError) -> FormatError:
    return FormatError(
        _("The file cannot be read: {reason}.").format(reason=reason_of(error)), path=str(path)
    )
