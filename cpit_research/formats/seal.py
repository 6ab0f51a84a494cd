"""Make a docx or xlsx say the same bytes for the same content, and nothing of this machine.

python-docx and openpyxl stamp the time of writing in the archive and in the properties; the
second also names itself as author. Here the entries are written again in a fixed order, with the
first date a zip can hold, and with core properties that come from the document alone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape

from cpit_research.formats.characters import printable

__all__ = ["CORE", "core_properties", "seal", "stored"]

CORE: Final = "docProps/core.xml"
_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
_APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas'
    b'.openxmlformats.org/officeDocument/2006/extended-properties"><Application>cpit_research'
    b"</Application></Properties>"
)


def core_properties(
    *, title: str, made: datetime, author: str = "", subject: str = "", language: str = "fr"
) -> bytes:
    """Return the part ``docProps/core.xml``.

    Parameters
    ----------
    title, author, subject : str
        As a person reads them in the properties of the file.
    made : datetime
        Both creation and last change; a naive one is in UTC.
    language : str
        ``"fr"`` or ``"en"``.
    """
    moment = (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC)
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    w3c = 'xsi:type="dcterms:W3CDTF"'
    texts = [escape(printable(text)) for text in (title, subject, author)]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{texts[0]}</dc:title><dc:subject>{texts[1]}</dc:subject>"
        f"<dc:creator>{texts[2]}</dc:creator><dc:language>{language}</dc:language>"
        f"<cp:lastModifiedBy>{texts[2]}</cp:lastModifiedBy>"
        f"<dcterms:created {w3c}>{stamp}</dcterms:created>"
        f"<dcterms:modified {w3c}>{stamp}</dcterms:modified></cp:coreProperties>"
    ).encode()


def stored(name: str) -> zipfile.ZipInfo:
    """Return an entry header that depends on its name alone."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # else Windows and Linux would differ
    entry.external_attr = 0
    return entry


def seal(
    archive: bytes,
    *,
    core: bytes,
    alter: Mapping[str, Callable[[bytes], bytes]] | None = None,
) -> bytes:
    """Return the same archive with fixed dates, order and properties.

    Parameters
    ----------
    archive : bytes
        A docx or an xlsx as its library wrote it.
    core : bytes
        The core properties, from :func:`core_properties`.
    alter : mapping of str to function, optional
        Parts to change on the way, by the start of their names.
    """
    sealed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        for name in (*_FIRST, *sorted(set(names) - set(_FIRST))):
            content = source.read(name)
            for start, change in (alter or {}).items():
                content = change(content) if name.startswith(start) else content
            content = {CORE: core, "docProps/app.xml": _APPLICATION}.get(name, content)
            target.writestr(stored(name), content)
    return sealed.getvalue()
