"""Reading any document a visit leaves, by its suffix and by what it really holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path, PurePath
from typing import Final

from cpit_research.errors import FormatError, NotFound
from cpit_research.formats.archive import OLE_MAGIC, ZIP_MAGIC
from cpit_research.formats.limits import FILE_BYTES
from cpit_research.formats.received import docx, markdown, odt, plain, srt, vtt
from cpit_research.formats.received.reading import Reading
from cpit_research.wording import gettext as _

__all__ = ["SUFFIXES", "find_sources", "read_source", "reader_of"]

_READERS: Final[dict[str, tuple[Callable[[bytes, Collection[str]], Reading], str]]] = {
    ".docx": (docx.from_docx, docx.READER),
    ".md": (markdown.from_markdown, markdown.READER),
    ".odt": (odt.from_odt, odt.READER),
    ".srt": (srt.from_srt, srt.READER),
    ".txt": (plain.from_text, plain.READER),
    ".vtt": (vtt.from_vtt, vtt.READER),
}
#: Suffixes of the documents that are read.
SUFFIXES: Final = tuple(_READERS)
#: The root of an OpenDocument that is one XML file instead of an archive.
_FLAT: Final = b"<office:document "
#: Suffixes of documents that people send and that are not read yet.
_LATER: Final = (".pdf", ".html", ".htm", ".rtf")
_REFUSED: Final = (".doc", ".docm", ".fodt", ".pages", ".sxw")


def read_source(data: bytes, name: str, speakers: Collection[str] = ()) -> Reading:
    """Read one document.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, for its suffix and for the sentences of errors.
    speakers : collection of str
        Names, ids and roles that the study knows, to recognise who speaks.

    Returns
    -------
    Reading

    Raises
    ------
    FormatError
        With `path`, if the file is empty, too large, of a suffix that is not read, or not what
        its suffix says.
    """
    try:
        return _reader(data, name)(data, speakers)
    except FormatError as error:
        error.path = error.path or name
        raise


def reader_of(name: str) -> str:
    """Return the reader, with its version, that a file of this name goes to; ``""`` if none.

    Examples
    --------
    >>> reader_of("V03 observation.DOCX"), reader_of("photo.jpg")
    ('docx/2', '')
    """
    _read, reader = _READERS.get(PurePath(name).suffix.lower(), (None, ""))
    return reader


def _reader(data: bytes, name: str) -> Callable[[bytes, Collection[str]], Reading]:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        raise _unread(suffix)
    if not data.strip():
        raise FormatError(_("The file is empty."))
    if len(data) > FILE_BYTES:
        raise FormatError(
            _("The file is larger than {limit} MB.").format(limit=FILE_BYTES // 2**20),
            remedy=_("Remove its pictures, or split it."),
        )
    held = _held(data)
    if suffix == ".odt" and not data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise FormatError(
            _("The suffix promises an OpenDocument text, but the file is {held}.").format(
                held=held or _("something else")
            ),
            remedy=_("Give it its right suffix, or open it in LibreOffice and save it as .odt."),
        )
    if suffix == ".docx" and not data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise FormatError(
            _("The suffix promises a Word document, but the file is {held}.").format(
                held=held or _("something else")
            ),
            remedy=_("Give it its right suffix, or open it in Word and save it as .docx."),
        )
    if suffix not in {".docx", ".odt"} and held and not _is_text(data):
        raise FormatError(
            _("The suffix promises a text, but the file is {held}.").format(held=held),
            remedy=_("Give it its right suffix."),
        )
    return _READERS[suffix][0]


def _held(data: bytes) -> str:
    """Say what the bytes are, when their beginning tells."""
    if data.startswith(b"%PDF-"):
        return _("a PDF")
    if data.startswith(ZIP_MAGIC):
        return _("an archive or an Office document")
    if data.startswith(OLE_MAGIC):
        return _("an old Office document")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return _("a picture")
    if data.startswith(b"{\\rtf"):
        return _("a rich text (.rtf)")
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _("a web page")
    if _FLAT in data[:10_000]:
        return _("a flat OpenDocument (.fodt)")
    return _("a plain text") if _is_text(data) else ""


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in data and not data.startswith(
        (b"%PDF-", ZIP_MAGIC, OLE_MAGIC, b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
    )


def _unread(suffix: str) -> FormatError:
    known = ", ".join(SUFFIXES)
    exists = _("Documents that are read: {suffixes}.").format(suffixes=known)
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
    if suffix in _LATER:
        return FormatError(
            _("Files in {suffix} are not read yet: a later version will.").format(suffix=suffix),
            exists=exists,
            remedy=_("Until then, save it as .docx or .txt."),
        )
    return FormatError(
        _("Files in {suffix} are not read.").format(suffix=suffix)
        if suffix
        else _("The file has no suffix, so its format is not known."),
        exists=exists,
    )


def find_sources(paths: Iterable[str | Path]) -> list[Path]:
    """Return the documents among files and folders, sorted, each once.

    A file that is named is always returned, so that it is read or refused with a reason. In a
    folder and its sub-folders, documents are those whose suffix belongs to a document, read or
    not; hidden files, and those that Word and LibreOffice leave while they work, are ignored.

    Parameters
    ----------
    paths : iterable of str or Path
        Files and folders.

    Raises
    ------
    NotFound
        If a path does not exist.
    """
    found: set[Path] = set()
    for path in map(Path, paths):
        if path.is_dir():
            found |= {inside for inside in path.rglob("*") if _is_document(inside, path)}
        elif path.exists():
            found.add(path)
        else:
            raise NotFound(
                _("There is no file or folder “{path}”.").format(path=path),
                remedy=_("Check the path."),
            )
    return sorted(found)


def _is_document(path: Path, folder: Path) -> bool:
    hidden = any(step.startswith((".", "~$")) for step in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in {*SUFFIXES, *_LATER, *_REFUSED} and path.is_file()
