"""What a file really holds, whatever its suffix says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from cpit_research.errors import FormatError
from cpit_research.formats.archive import OLE_MAGIC, ZIP_MAGIC
from cpit_research.formats.received import html, pdf, rtf
from cpit_research.formats.received.recording import MEDIA, no_words
from cpit_research.wording import gettext as _

__all__ = ["held_in", "not_read", "refuse_mislabelled"]

#: The root of an OpenDocument that is one XML file instead of an archive.
_FLAT: Final = b"<office:document "
#: What may stand before the first mark of a text.
_LEADING: Final = b"\xef\xbb\xbf \t\r\n"
_PAGE: Final = re.compile(
    rb"(?:[\s\xef\xbb\xbf]|<\?xml[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


class _Promise(NamedTuple):
    """What a suffix promises: whether bytes keep it, and the sentences when they do not."""

    is_kept: Callable[[bytes], bool]
    broken: str
    remedy: str


def refuse_mislabelled(data: bytes, suffix: str) -> None:
    """Refuse a file that is not what its suffix says.

    Raises
    ------
    FormatError
        With what it is instead, when its beginning tells.
    """
    held = held_in(data)
    promise = _promises().get(suffix)
    if promise is not None and not promise.is_kept(data):
        raise FormatError(
            promise.broken.format(held=held or _("something else")), remedy=promise.remedy
        )
    if promise is None and held and not _is_text(data):
        raise FormatError(
            _("The suffix promises a text, but the file is {held}.").format(held=held),
            remedy=_("Give it its right suffix."),
        )


def _promises() -> dict[str, _Promise]:
    """Return the promises of the suffixes that are no plain text, in the language in force."""
    return {
        ".docx": _Promise(
            _is_packed,
            _("The suffix promises a Word document, but the file is {held}."),
            _("Give it its right suffix, or open it in Word and save it as .docx."),
        ),
        ".odt": _Promise(
            _is_packed,
            _("The suffix promises an OpenDocument text, but the file is {held}."),
            _("Give it its right suffix, or open it in LibreOffice and save it as .odt."),
        ),
        ".pdf": _Promise(
            pdf.is_pdf,
            _("The suffix promises a PDF, but the file is {held}."),
            _("Give it its right suffix, or print it again to a PDF."),
        ),
        ".rtf": _Promise(
            _is_rich,
            _("The suffix promises a rich text, but the file is {held}."),
            _("Give it its right suffix."),
        ),
    }


def held_in(data: bytes) -> str:
    """Say what the bytes are, when their beginning tells."""
    if data.startswith(b"%PDF-"):
        return _("a PDF")
    if data.startswith(ZIP_MAGIC):
        return _("an archive or an Office document")
    if data.startswith(OLE_MAGIC):
        return _("an old Office document")
    if data.startswith(_PICTURES):
        return _("a picture")
    if _is_rich(data):
        return _("a rich text (.rtf)")
    start = data[:4_096]
    if html.is_archive(start):
        return _("a web archive (.mhtml)")
    if _PAGE.match(start):
        return _("a web page")
    if _FLAT in data[:10_000]:
        return _("a flat OpenDocument (.fodt)")
    return _("a plain text") if _is_text(data) else ""


def _is_rich(data: bytes) -> bool:
    return data[:64].lstrip(_LEADING).startswith(rtf.RICH_MAGIC)


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    binary = (b"%PDF-", ZIP_MAGIC, OLE_MAGIC, *_PICTURES)
    return b"\x00" not in data and not data.startswith(binary) and not _is_rich(data)


def _is_packed(data: bytes) -> bool:
    return data.startswith((ZIP_MAGIC, OLE_MAGIC))


def not_read(suffix: str, data: bytes, known: Iterable[str]) -> FormatError:
    """Return why a file of a suffix that no reader takes is refused.

    Parameters
    ----------
    suffix : str
        In small letters.
    data : bytes
        The file.
    known : iterable of str
        Suffixes of the documents that are read.
    """
    exists = _("Documents that are read: {suffixes}.").format(suffixes=", ".join(known))
    if suffix in MEDIA:
        return no_words()
    held = held_in(data)
    if suffix == ".doc" and not data.startswith(OLE_MAGIC) and held not in {"", _("a plain text")}:
        return FormatError(
            _("The suffix promises a document of an old Word, but the file is {held}.").format(
                held=held
            ),
            exists=exists,
            remedy=_("Give it its right suffix."),
        )
    if suffix in {".mht", ".mhtml"}:
        return html.web_archive()
    if suffix == ".doc":
        return FormatError(
            _("Documents of an old Word (.doc) are not read."),
            exists=exists,
            remedy=_("Open it in Word or LibreOffice and save it as .docx."),
        )
    if suffix == ".sxw":
        return FormatError(
            _("Documents of an old OpenOffice (.sxw) are not read."),
            exists=exists,
            remedy=_("Open it in LibreOffice and save it as .odt."),
        )
    if suffix == ".fodt":
        return FormatError(
            _("Flat OpenDocument files (.fodt) are not read."),
            exists=exists,
            remedy=_("Open it in LibreOffice and save it as .odt."),
        )
    return FormatError(
        _("Files in {suffix} are not read.").format(suffix=suffix)
        if suffix
        else _("The file has no suffix, so its format is not known."),
        exists=exists,
    )
