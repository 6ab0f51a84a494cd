"""Reading web pages (.html, .htm): saved, exported or sent."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from lxml import etree

from cpit_research.errors import FormatError
from cpit_research.formats.limits import PAGE_BYTES, PAGE_DEPTH, PAGE_MARKUP
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.office_report import sentences
from cpit_research.formats.received.reading import Reading
from cpit_research.formats.received.web_body import Page
from cpit_research.formats.received.web_charset import decode_page
from cpit_research.formats.received.web_flow import on_a_line
from cpit_research.formats.received.web_notes import Notes
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["READER", "from_html", "is_archive", "web_archive"]

READER: Final = "html/1"
#: With what it declares inside brackets, which is never read.
_DOCUMENT_TYPE: Final = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>?", re.IGNORECASE)
_ARCHIVE: Final = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related",
    re.IGNORECASE,
)


def from_html(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read a web page.

    Its words are laid out in blocks as a browser shows them. Tracked changes are accepted;
    comments of word processors, deleted words, the title and the alternative texts of pictures
    are set aside. Nothing is fetched, no style sheet or script is read.

    Parameters
    ----------
    data : bytes
        The whole file.
    speakers : collection of str
        Names, ids and roles that the study knows, to recognise who speaks.

    Returns
    -------
    Reading
        With the encoding found; a notice says when it is not the one that the page declares.

    Raises
    ------
    FormatError
        If the file is not text, is a web archive, is too large or nests too deeply.
    """
    if is_archive(data[:4_096]):
        raise web_archive()
    decoded = decode_page(data)
    draft = Draft()
    draft.notice(*decoded.notices)
    root = _root(decoded.text)
    if root is not None:
        _write(root, draft)
    return draft.reading(READER, speakers, encoding=decoded.encoding)


def is_archive(start: bytes) -> bool:
    """Tell whether bytes start as a web archive does."""
    return _ARCHIVE.match(start) is not None


def web_archive() -> FormatError:
    """Return the refusal of a page saved with its pictures in one file (.mhtml)."""
    return FormatError(
        _("This is a web archive (.mhtml): a page with its pictures in one file. It is not read."),
        remedy=_("Open it in a browser and save the page as HTML, or open it in Word as .docx."),
    )


def _write(root: etree._Element, draft: Draft) -> None:
    notes = Notes.of(root)
    page = Page(draft, notes)
    title = next(root.iter("title"), None)
    if title is not None and (words := on_a_line(title)):
        draft.aside("title", words)
    page.write(root)
    page.met["note"] = sum(note.kind != "comment" for note in notes.holders.values())
    for sentence in sentences(page.met):
        draft.notice(sentence)
    concealed = page.met["concealed"]
    if concealed:
        draft.notice(
            ngettext(
                "{n} stretch that the page hides is left out.",
                "{n} stretches that the page hides are left out.",
                concealed,
            ).format(n=concealed)
        )


def _root(text: str) -> etree._Element | None:
    if len(text) > PAGE_BYTES or text.count("<") > PAGE_MARKUP:
        raise FormatError(
            _("The page is larger than {limit} MB, or has more than {markup} tags.").format(
                limit=PAGE_BYTES // 2**20, markup=PAGE_MARKUP
            ),
            remedy=_("Split the document."),
        )
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=True,
    )
    source = _DOCUMENT_TYPE.sub("", text, count=1).lstrip("\ufeff")
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if _too_deep(str(error)):
            raise _nested() from error
        return None
    if any(_too_deep(entry.message) for entry in parser.error_log):
        raise _nested()
    return root


def _too_deep(message: str) -> bool:
    return "depth" in message.lower()


def _nested() -> FormatError:
    return FormatError(
        _("The page nests more than {limit} elements.").format(limit=PAGE_DEPTH),
        remedy=_("Open it in a browser, copy its text and save it as .docx or .txt."),
    )
