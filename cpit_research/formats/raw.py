"""``data/raw/``: what was received, under the name it was received with, never edited."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from cpit_research.formats.atomic import replace_file

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
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, data)
