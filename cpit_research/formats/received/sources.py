"""Reading any document a visit leaves, by its suffix and by what it really holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path, PurePath
from typing import Final

from cpit_research.errors import FormatError, NotFound
from cpit_research.formats.limits import FILE_BYTES
from cpit_research.formats.received import docx, html, markdown, odt, pdf, plain, rtf, srt, vtt
from cpit_research.formats.received.held import not_read, refuse_mislabelled
from cpit_research.formats.received.reading import Reading
from cpit_research.wording import gettext as _

__all__ = ["SUFFIXES", "find_sources", "read_source", "reader_of", "refuse_size"]

_READERS: Final[dict[str, tuple[Callable[[bytes, Collection[str]], Reading], str]]] = {
    ".docx": (docx.from_docx, docx.READER),
    ".htm": (html.from_html, html.READER),
    ".html": (html.from_html, html.READER),
    ".md": (markdown.from_markdown, markdown.READER),
    ".odt": (odt.from_odt, odt.READER),
    ".pdf": (pdf.from_pdf, pdf.READER),
    ".rtf": (rtf.from_rtf, rtf.READER),
    ".srt": (srt.from_srt, srt.READER),
    ".txt": (plain.from_text, plain.READER),
    ".vtt": (vtt.from_vtt, vtt.READER),
}
#: Suffixes of the documents that are read.
SUFFIXES: Final = tuple(_READERS)
#: How the folder beside a saved page ends, with its pictures and the pages framed in it.
_BESIDE_PAGES: Final = ("_files", "_fichiers", ".files", ".fichiers")
_REFUSED: Final = (".doc", ".docm", ".fodt", ".mht", ".mhtml", ".pages", ".sxw")


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
        raise not_read(suffix, data, SUFFIXES)
    if not data.strip():
        raise FormatError(_("The file is empty."))
    refuse_size(len(data))
    refuse_mislabelled(data, suffix)
    return _READERS[suffix][0]


def refuse_size(size: int) -> None:
    """Refuse a file by its size, before it is in memory.

    Raises
    ------
    FormatError
        If it has more bytes than a file received may have.
    """
    if size > FILE_BYTES:
        raise FormatError(
            _("The file is larger than {limit} MB.").format(limit=FILE_BYTES // 2**20),
            remedy=_("Remove its pictures, or split it."),
        )


def find_sources(paths: Iterable[str | Path]) -> list[Path]:
    """Return the documents among files and folders, sorted, each once.

    A file that is named is always returned, so that it is read or refused with a reason. In a
    folder and its sub-folders, documents are those whose suffix belongs to a document, read or
    not; hidden files, those that Word and LibreOffice leave while they work, and those that
    browsers and Word save in a folder beside a page, are ignored.

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
    known = path.suffix.lower() in {*SUFFIXES, *_REFUSED}
    return not hidden and known and path.is_file() and not _beside_a_page(path, folder)


def _beside_a_page(path: Path, folder: Path) -> bool:
    """Tell whether a file only belongs to a page saved beside its folder."""
    steps = path.relative_to(folder).parents
    return any(
        (folder / step).with_name(step.name.removesuffix(ending) + suffix).is_file()
        for step in steps
        for ending in _BESIDE_PAGES
        if step.name.endswith(ending)
        for suffix in (".html", ".htm")
    )
