"""Reading PDF documents (.pdf): the text that a person would copy by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from cpit_research.errors import FormatError
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.pdf_blocks import Writer
from cpit_research.formats.received.pdf_edges import Edges, running
from cpit_research.formats.received.pdf_lines import Row, lines_of, ordered
from cpit_research.formats.received.pdf_page import Line, Sheet
from cpit_research.formats.received.pdf_report import sentences
from cpit_research.formats.received.reading import Reading
from cpit_research.wording import gettext as _

__all__ = ["READER", "from_pdf", "is_pdf"]

READER: Final = "pdf/1"
#: Characters under which a page covered by a picture holds no text.
_FEW: Final = 10
#: Share of the characters that must be readable.
_READABLE: Final = 0.9
#: Bytes in which a PDF must say that it is one: what sends it sometimes writes a line before.
_HEAD: Final = 1024


def is_pdf(data: bytes) -> bool:
    """Tell whether a file says that it is a PDF."""
    return b"%PDF-" in data[:_HEAD]


def from_pdf(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read a PDF that has a text, not one that only has pictures of it.

    ``docs/canonical-text.md`` says how lines become paragraphs and what is set aside.

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
        If the file is no PDF, is truncated, damaged, protected or too large, or if its words
        cannot be read: scanned pages, fonts without translation, dynamic forms, portfolios.
    """
    if not is_pdf(data):
        raise FormatError(_("This is not a PDF."))
    from cpit_research.formats.received.pdf_file import opened, sheets

    met: Counter[str] = Counter()
    with opened(data, met) as document:
        read = list(sheets(document, met))
    where = {"without text": [sheet.number for sheet in read if _is_picture(sheet)]}
    _refuse_unreadable(read, where["without text"], met)
    where["invisible"] = [sheet.number for sheet in read if sheet.invisible and sheet.words]
    lines = {sheet.number: lines_of(sheet) for sheet in read}
    edges = running(lines, {sheet.number: (sheet.bottom, sheet.top) for sheet in read})
    items, where["uncertain"] = _in_order(read, lines, edges)
    draft = Draft()
    writer = Writer(draft, read, met)
    writer.write(items)
    _set_aside(draft, edges, read, met)
    for sentence in sentences(met, where):
        draft.notice(sentence)
    return draft.reading(READER, speakers)


def _in_order(
    read: Sequence[Sheet], lines: dict[int, list[Line]], edges: Edges
) -> tuple[list[Line | Row], list[int]]:
    items: list[Line | Row] = []
    uncertain = []
    for sheet in read:
        inside = [line for line in lines[sheet.number] if id(line) not in edges.lines]
        found, certain = ordered(inside)
        items += found
        if not certain:
            uncertain.append(sheet.number)
    return items, uncertain


def _set_aside(draft: Draft, edges: Edges, read: Sequence[Sheet], met: Counter[str]) -> None:
    for kind, texts in (
        ("header", edges.headers),
        ("footer", edges.footers),
        ("page_number", edges.numbers),
    ):
        met[kind] = len(texts)
        for words in texts:
            draft.aside(kind, words)
    askew = dict.fromkeys(words for sheet in read for words in sheet.askew)
    met["askew"] = len(askew)
    for words in askew:
        draft.aside("askew", words)


def _is_picture(sheet: Sheet) -> bool:
    return sheet.drawn and sheet.characters < _FEW


def _refuse_unreadable(read: Sequence[Sheet], pictures: Sequence[int], met: Counter[str]) -> None:
    characters = sum(sheet.characters for sheet in read)
    met["unread"] = sum(sheet.unread for sheet in read)
    met["field"] = sum(sheet.fields for sheet in read)
    if len(pictures) == len(read) or (pictures and not characters):
        raise FormatError(
            _("This PDF is scanned: its pages are pictures, without text."),
            remedy=_(
                "Pass it through a character recognition (OCR), check the text, and give that."
            ),
        )
    if not characters and not any(sheet.askew for sheet in read):
        raise FormatError(_("This PDF holds no text."))
    if max(met["unread"], met["unreadable"]) > (1 - _READABLE) * characters:
        raise FormatError(
            _("The letters of this PDF cannot be read: its fonts do not say what they draw."),
            remedy=_(
                "Ask for the document that it was made from, or pass it through a character "
                "recognition (OCR)."
            ),
        )
