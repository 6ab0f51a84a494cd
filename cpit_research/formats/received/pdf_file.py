"""Opening a PDF with pdfium: what it is made of, page by page, or why it is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from cpit_research.errors import FormatError
from cpit_research.formats.limits import PDF_PAGE_CHARACTERS, PDF_PAGES
from cpit_research.formats.received.pdf_notes import fields_of, notes_of, with_fields
from cpit_research.formats.received.pdf_page import Sheet
from cpit_research.formats.received.pdf_words import Words, turned
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

__all__ = ["opened", "sheets"]

_ENDING: Final = b"%%EOF"
_TAIL: Final = 2048
#: Without it, pdfium's reason is that of the file before.
_ENCRYPTED: Final = b"/Encrypt"
_DRAWN: Final = frozenset(
    {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING,
     pdfium.FPDF_PAGEOBJ_FORM}
)  # fmt: skip


@contextmanager
def opened(data: bytes, met: Counter[str]) -> Iterator[PdfDocument]:
    """Open a PDF, for as long as its pages are read.

    Raises
    ------
    FormatError
        If it is truncated or damaged, wants a password, is a portfolio or a form of another kind
        than PDF's, has no page or too many.
    """
    if _ENDING not in data[-_TAIL:]:
        raise _truncated()
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise _refused(error.err_code if _ENCRYPTED in data else None) from error
    try:
        _inspect(document, data, met)
        yield document
    finally:
        document.close()


def sheets(document: PdfDocument, met: Counter[str]) -> Iterator[Sheet]:
    """Yield every page.

    Raises
    ------
    FormatError
        If a page is damaged, or too long.
    """
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    forms = document.formenv.raw if document.formenv else None
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            textpage = page.get_textpage()
        except PdfiumError as error:
            raise FormatError(
                _("Page {n} is damaged.").format(n=number),
                remedy=_("Open it in its application and save it again."),
            ) from error
        if pdfium.FPDFText_CountChars(textpage) > PDF_PAGE_CHARACTERS:
            raise FormatError(
                _("Page {n} holds more than {limit} characters.").format(
                    n=number, limit=PDF_PAGE_CHARACTERS
                )
            )
        yield _sheet(number, page, textpage, forms, met)
        textpage.close()
        page.close()


def _sheet(number: int, page: Any, textpage: Any, forms: Any, met: Counter[str]) -> Sheet:
    words = Words(textpage.raw, met)
    left, bottom, right, top = page.get_bbox()
    corners = [turned(x, y, words.angle) for x in (left, right) for y in (bottom, top)]
    filled = [*fields_of(page.raw, forms, words.angle)] if forms else []
    return Sheet(
        number,
        min(x for x, _y in corners),
        min(y for _x, y in corners),
        max(x for x, _y in corners),
        max(y for _x, y in corners),
        with_fields(words.straight, filled),
        words.askew,
        [*notes_of(page.raw, textpage.raw, words.angle)],
        len(filled),
        _drawn(page),
        words.invisible,
        words.unread,
    )


def _drawn(page: Any) -> bool:
    """Tell whether anything but words is drawn."""
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) in _DRAWN
        for at in range(pdfium.FPDFPage_CountObjects(page))
    )


def _inspect(document: PdfDocument, data: bytes, met: Counter[str]) -> None:
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise FormatError(
            _("This PDF is a dynamic form (XFA): its pages hold no text."),
            remedy=_("Open it in its application and print it to a PDF."),
        )
    attached = document.count_attachments()
    if attached and b"/Collection" in data:
        raise FormatError(
            ngettext(
                "This PDF is a portfolio: it only wraps {n} file.",
                "This PDF is a portfolio: it only wraps {n} files.",
                attached,
            ).format(n=attached),
            remedy=_("Open it, save the files that it wraps and give those."),
        )
    met["attachment"] = attached
    if len(document) > PDF_PAGES:
        raise FormatError(
            _("The PDF has more than {limit} pages.").format(limit=PDF_PAGES),
            remedy=_("Split the document."),
        )


def _truncated() -> FormatError:
    return FormatError(
        _("The PDF is truncated: its end is missing."),
        remedy=_("Ask for it again, or open it in its application and save it again."),
    )


def _refused(code: int | None) -> FormatError:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return FormatError(
            _("The file is protected by a password."),
            remedy=_("Remove the password and save it again."),
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return FormatError(
            _("The PDF is encrypted in a way that is not read."),
            remedy=_("Open it in its application and print it to a PDF."),
        )
    return FormatError(
        _("The PDF is damaged or empty: no page is found in it."),
        remedy=_("Ask for it again, or open it in its application and save it again."),
    )
