"""Find every text of a written file, so that the privacy gate can read it before anybody does.

What a person sees is the least of it: a name may hide in the author of a comment, in the title of
a bitmap, in a bookmark, in an alternative text, in the name of a part, over three runs, behind
``_x0041_`` or in base64. Parts of known structure are read by it (runs joined, so that a split
name is seen), the others as raw characters in the usual encodings. Texts may come twice; what is
left out: compressed pixels (a bitmap of ours says in its description what is drawn in it) and
coordinates of cells.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from cpit_research.errors import FormatError
from cpit_research.formats import limits
from cpit_research.formats.written.inspection_image import PNG, texts_of_image
from cpit_research.formats.written.inspection_xml import texts_of_html, texts_of_xml
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

__all__ = ["Text", "texts_of"]

#: Where a text was found, for a person, and the text.
Text = tuple[str, str]

_XML: Final = (b"<?xml", b"<svg", b"\xef\xbb\xbf<?xml", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
_DATA: Final = re.compile(r"data:[\w.+/-]*(?:;[\w=.-]+)*?(;base64)?,([^\s\"')<>]*)", re.IGNORECASE)
_DEPTH: Final = 4  # archives within archives
_RAW: Final = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


def texts_of(path: str | Path) -> Iterator[Text]:
    """Yield every text that a person or a machine could find in a file.

    Parameters
    ----------
    path : str or Path
        A docx, xlsx, html, svg, csv, json, png… file; what it is comes from its bytes, the
        suffix only tells csv and json from other plain texts.

    Yields
    ------
    place : str
        Where in the file: part, paragraph, cell, attribute.
    text : str
        The text, entities and escapes resolved. Its name comes first.

    Raises
    ------
    FormatError
        If a part is broken, holds a DTD, is encrypted or inflates beyond the limits: what cannot
        be read whole cannot be released.
    """
    path = Path(path)
    yield _("file name"), path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FormatError(
            _("{name} cannot be read: {reason}.").format(name=path.name, reason=reason_of(error)),
            path=str(path),
        ) from error
    try:
        yield from _texts(path.name, content, depth=0)
    except (ValueError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(
            _("{name} cannot be inspected: {reason}.").format(name=path.name, reason=error),
            path=str(path),
        ) from error


def _texts(name: str, content: bytes, *, depth: int) -> Iterator[Text]:
    """Yield the texts of one content, by what its first bytes say it is."""
    start = content[:512].lstrip()
    suffix = PurePosixPath(name).suffix.lower()
    if content[:2] == b"PK":
        yield from _archive(name, content, depth=depth)
    elif content.startswith(PNG):
        yield from texts_of_image(name, content)
    elif suffix in (".html", ".htm") or start[:15].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        yield from _with_data(texts_of_html(name, content), depth=depth)
    elif start.startswith(_XML) or suffix in (".xml", ".rels", ".svg", ".vml"):
        yield from _with_data(texts_of_xml(name, content), depth=depth)
    elif suffix == ".json":
        yield from _with_data(_json(name, content), depth=depth)
    elif suffix == ".csv":
        yield from _csv(name, content)
    else:
        yield from _raw(name, content)


def _archive(name: str, content: bytes, *, depth: int) -> Iterator[Text]:
    """Yield the texts of every entry, and those that archives keep beside entries."""
    if depth >= _DEPTH:
        raise FormatError(_("{name}: archives nested too deep.").format(name=name))
    left = limits.ARCHIVE_BYTES
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from _raw(f"{name}, {_('archive comment')}", archive.comment)
        if len(archive.infolist()) > limits.ARCHIVE_ENTRIES:
            raise FormatError(_("{name}: too many entries.").format(name=name))
        for entry in archive.infolist():
            yield f"{name}, {_('entry name')}", entry.filename
            yield from _raw(f"{entry.filename}, {_('entry comment')}", entry.comment)
            yield from _raw(f"{entry.filename}, {_('extra field')}", entry.extra)
            with archive.open(entry) as stream:
                inflated = stream.read(left + 1)
            left -= len(inflated)
            if left < 0:
                raise FormatError(_("{name}: inflates beyond the limit.").format(name=name))
            yield from _texts(entry.filename, inflated, depth=depth + 1)


def _with_data(texts: Iterator[Text], *, depth: int) -> Iterator[Text]:
    """Open the ``data:`` addresses met on the way: a picture may hide there."""
    for place, text in texts:
        yield place, text
        if "data:" not in text.lower():
            continue
        for found in _DATA.finditer(text):
            held = unquote_to_bytes(found[2])
            if found[1]:
                held = base64.b64decode(held + b"=" * (-len(held) % 4))
            if depth < _DEPTH:
                yield from _texts(f"{place}, data:", held, depth=depth + 1)


def _json(name: str, content: bytes) -> Iterator[Text]:
    yield from _walk(name, json.loads(content.decode("utf-8-sig")))


def _walk(place: str, value: Any) -> Iterator[Text]:
    match value:
        case dict():
            for key, held in value.items():
                yield f"{place}, {_('key')}", key
                yield from _walk(f"{place}.{key}", held)
        case list():
            for rank, held in enumerate(value):
                yield from _walk(f"{place}[{rank}]", held)
        case None | bool():
            return
        case _:
            yield place, str(value)


def _csv(name: str, content: bytes) -> Iterator[Text]:
    """Yield each row, one cell a line."""
    # Decoded as it is read: a whole copy in characters would weigh four times the file.
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", errors="replace", newline="")
    first = text.readline()
    text.seek(0)
    separator = max(";,\t", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(content) + 1))
    rows = csv.reader(text, delimiter=separator)
    place = f"{name}, {_('row')}"
    for rank, cells in enumerate(rows, 1):
        yield f"{place} {rank}", "\n".join(cells)


def _raw(place: str, content: bytes) -> Iterator[Text]:
    """Yield bytes of unknown structure as the texts that they may be."""
    if not content:
        return
    for encoding in _RAW:
        yield f"{place} ({encoding})", content.decode(encoding, errors="replace")
