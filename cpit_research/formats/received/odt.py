"""Reading OpenDocument texts (.odt)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from lxml import etree

from cpit_research.errors import FormatError
from cpit_research.formats.archive import Archive
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.office_report import sentences
from cpit_research.formats.received.open_body import OpenBody
from cpit_research.formats.received.open_styles import OpenStyles
from cpit_research.formats.received.open_words import OpenWordsReader, changes
from cpit_research.formats.received.open_xml import OFFICE, STYLE
from cpit_research.formats.received.reading import Reading
from cpit_research.formats.xml import parse
from cpit_research.model.structure import Part
from cpit_research.wording import gettext as _

__all__ = ["READER", "from_odt"]

READER: Final = "odt/1"
_CONTENT: Final = "content.xml"
_STYLES: Final = "styles.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_PAGE_EDGES: Final = ("header", "footer")
_VARIANTS: Final = ("", "-left", "-first")


def from_odt(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read an OpenDocument text.

    Tracked changes are accepted; comments, deleted words, page headers and footers, and the
    alternative texts of pictures are set aside. ``docs/canonical-text.md`` says how each
    construct is laid out.

    Parameters
    ----------
    data : bytes
        The whole file.
    speakers : collection of str
        Names, ids and roles that the study knows, to recognise who speaks.

    Returns
    -------
    Reading

    Raises
    ------
    FormatError
        If the file is not an OpenDocument text, is damaged, protected, too large or hostile.
    """
    archive = Archive(data)
    _check(archive)
    root = parse(archive.read(_CONTENT), _CONTENT)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise _not_a_text(_held(root))
    roots = [root]
    if _STYLES in archive:
        roots.insert(0, parse(archive.read(_STYLES), _STYLES))
    styles = OpenStyles(roots)
    inlines = OpenWordsReader(styles, changes(body))
    met = inlines.met
    draft = Draft()
    writer = OpenBody(draft, styles, inlines)
    writer.write(body)
    met["note"] = _write_notes(writer, inlines, draft)
    for words, author in inlines.forgotten():
        draft.aside("deletion", words, author=author)
    for kind in _PAGE_EDGES:
        met[kind] = _set_page_edges_aside(roots[0], writer, draft, kind)
    for sentence in sentences(met):
        draft.notice(sentence)
    return draft.reading(READER, speakers)


def _check(archive: Archive) -> None:
    """Refuse what is protected, and what is another kind of document."""
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise FormatError(
            _("The file is protected by a password."),
            remedy=_("Remove the password and save it again."),
        )
    kind = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in archive else ""
    if "sun.xml" in kind:
        raise FormatError(
            _("This is a document of an old OpenOffice (.sxw)."),
            remedy=_("Open it in LibreOffice and save it as .odt."),
        )
    if "opendocument" in kind and "opendocument.text" not in kind:
        raise _not_a_text(kind.strip().rpartition(".")[2])
    if "[Content_Types].xml" in archive:
        raise FormatError(
            _("This is an Office document, not an OpenDocument text."),
            remedy=_("Give it its right suffix: .docx if it is a Word document."),
        )
    if _CONTENT not in archive:
        raise FormatError(
            _("This is an archive, but not an OpenDocument text."),
            remedy=_("Check the file: its suffix promises an .odt."),
        )


def _held(root: etree._Element) -> str:
    body = root.find(OFFICE + "body")
    return "" if body is None or not len(body) else etree.QName(body[0]).localname


def _not_a_text(kind: str) -> FormatError:
    if kind.startswith("spreadsheet"):
        return FormatError(_("This is an OpenDocument spreadsheet (.ods), not a text."))
    if kind.startswith("presentation"):
        return FormatError(_("This is an OpenDocument presentation (.odp), not a text."))
    return FormatError(
        _("This OpenDocument file holds no text."),
        remedy=_("Open it in LibreOffice and save it as .odt."),
    )


def _write_notes(writer: OpenBody, inlines: OpenWordsReader, draft: Draft) -> int:
    """Write the notes called in the text after a blank line, a line each, in order of call."""
    written = 0
    for kind in ("footnote", "endnote"):
        called = [(rank, at) for wanted, rank, at in writer.called if wanted == kind]
        for number, (rank, at) in enumerate(called, start=1):
            draft.aside(kind + "_mark", str(number), at=at)
            words = writer.words(inlines.notes[rank])
            if not written:
                draft.line("")
            start, end = draft.line(words.trimmed())
            draft.parts.append(Part("footnote", start, end, place=f"{kind} {number}"))
            writer.settle(words, start)
            written += 1
    return written


def _set_page_edges_aside(root: etree._Element, writer: OpenBody, draft: Draft, kind: str) -> int:
    written = {
        words: None
        for page in root.iter(STYLE + "master-page")
        for edge in page.iterchildren(*(STYLE + kind + variant for variant in _VARIANTS))
        if (words := writer.words(edge).trimmed()) and not words.isdecimal()
    }
    for words in written:
        draft.aside(kind, words)
    return len(written)
