"""Reading Word documents (.docx)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from lxml import etree

from cpit_research.errors import FormatError
from cpit_research.formats.package import Package
from cpit_research.formats.received.draft import Draft
from cpit_research.formats.received.office_report import sentences
from cpit_research.formats.received.reading import Reading
from cpit_research.formats.received.word_body import WordBody
from cpit_research.formats.received.word_styles import ParagraphStyles
from cpit_research.formats.received.word_words import author, identifier
from cpit_research.formats.received.word_xml import W, switched_on
from cpit_research.model.structure import Part
from cpit_research.wording import gettext as _

__all__ = ["READER", "from_docx"]

READER: Final = "docx/2"
_PARAGRAPH_ID: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_EXTENDED: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_RESTYLED: Final = tuple(f"{W}{kind}PrChange" for kind in ("r", "p", "sect", "tbl", "tr", "tc"))
_HIDDEN: Final = f"{W}rPr/{W}vanish"


def from_docx(data: bytes, speakers: Collection[str] = ()) -> Reading:
    """Read a Word document.

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
        If the file is not a Word document, is damaged, protected, too large or hostile.
    """
    package = Package(data)
    root = package.root(package.main)
    body = root.find(W + "body")
    if root.tag != W + "document" or body is None:
        raise _not_a_document(root)
    draft = Draft()
    writer = WordBody(draft, ParagraphStyles(package))
    writer.write(body)
    met = writer.met
    met["note"] = _write_notes(package, writer, draft)
    met["comment"] = _set_comments_aside(package, writer, draft)
    for kind in ("header", "footer"):
        met[kind] = _set_page_edges_aside(package, writer, draft, kind)
    met["hidden"] = sum(1 for run in root.iter(W + "r") if _hidden(run)) if _may_hide(root) else 0
    met["formatting"] = sum(1 for _change in root.iter(*_RESTYLED))
    for sentence in sentences(met):
        draft.notice(sentence)
    return draft.reading(READER, speakers)


def _write_notes(package: Package, writer: WordBody, draft: Draft) -> int:
    """Write the notes called in the text after a blank line, a line each, in order of call."""
    written = 0
    for kind in ("footnote", "endnote"):
        if all(called != kind for called, _name in writer.notes):
            continue
        elements = {
            identifier(element): element
            for part in package.related(kind + "s")
            for element in package.root(part).iterchildren(W + kind)
        }
        called_at = [(name, at) for (called, name), at in writer.notes.items() if called == kind]
        for number, (name, at) in enumerate(called_at, start=1):
            if name not in elements:
                continue
            draft.aside(kind + "_mark", str(number), at=at)
            words = writer.story(elements[name])
            if not written:
                draft.line("")
            start, end = draft.line(words.trimmed())
            draft.parts.append(Part("footnote", start, end, place=f"{kind} {number}"))
            writer.settle(words, start)
            written += 1
    return written


def _set_comments_aside(package: Package, writer: WordBody, draft: Draft) -> int:
    comments = [
        comment
        for part in package.related("comments")
        for comment in package.root(part).iterchildren(W + "comment")
    ]
    answered = _answered(package, comments) if comments else {}
    for comment in comments:
        name = identifier(comment)
        at = writer.comments.get(name, writer.comments.get(answered.get(name, ""), 0))
        words = writer.story(comment).trimmed()
        draft.aside("comment", words, author=author(comment), at=at)
    return len(comments)


def _answered(package: Package, comments: Sequence[etree._Element]) -> Mapping[str, str]:
    """Return, for each comment that is a reply, the id of the comment that it answers."""
    threads = {
        found.get(_EXTENDED + "paraId", ""): found.get(_EXTENDED + "paraIdParent", "")
        for part in package.related("commentsExtended")
        for found in package.root(part)
    }
    written = {
        paragraph.get(_PARAGRAPH_ID, ""): identifier(comment)
        for comment in comments
        for paragraph in comment.iter(W + "p")
    }
    return {
        name: written[above]
        for key, name in written.items()
        if (above := threads.get(key)) and above in written
    }


def _set_page_edges_aside(package: Package, writer: WordBody, draft: Draft, kind: str) -> int:
    written = {
        words: None
        for part in package.related(kind)
        if (words := writer.story(package.root(part)).trimmed()) and not words.isdecimal()
    }
    for words in written:
        draft.aside(kind, words)
    return len(written)


def _may_hide(root: etree._Element) -> bool:
    return next(root.iter(W + "vanish"), None) is not None


def _hidden(run: etree._Element) -> bool:
    return switched_on(run.find(_HIDDEN))


def _not_a_document(root: etree._Element) -> FormatError:
    found = etree.QName(root).localname
    if found == "workbook":
        return FormatError(_("This is an Excel workbook, not a Word document."))
    if found == "presentation":
        return FormatError(_("This is a PowerPoint presentation, not a Word document."))
    return FormatError(
        _("The main part of the file is not a Word document: it holds <{element}>.").format(
            element=found
        ),
        remedy=_("Open the file in Word or LibreOffice and save it as .docx."),
    )
