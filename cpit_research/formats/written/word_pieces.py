"""Pieces of WordprocessingML: runs, paragraphs, fields, bookmarks, links.

References
----------
ECMA-376-1 (2016). *Office Open XML file formats, part 1*, § 17.3 (paragraphs), § 17.13.6
(bookmarks), § 17.16 (fields and hyperlinks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpit_research.formats.characters import printable

__all__ = ["Bookmarks", "field", "link", "paragraph", "run", "w"]

_BREAKS = re.compile("([\n\t])")


def w(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return the element ``w:tag``; attributes are in the same namespace."""
    element = cast("BaseOxmlElement", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def run(text: str, *, style: str = "") -> BaseOxmlElement:
    """Return a run; line feeds and tabs of `text` become Word's own."""
    element = w("r", *([w("rPr", w("rStyle", val=style))] if style else []))
    for stretch in _BREAKS.split(printable(text)):
        if stretch == "\n":
            element.append(w("br"))
        elif stretch == "\t":
            element.append(w("tab"))
        elif stretch:
            element.append(_text("t", stretch))
    return element


def _text(tag: str, text: str) -> BaseOxmlElement:
    element = w(tag)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = text
    return element


def paragraph(style: str, *content: BaseOxmlElement | str) -> BaseOxmlElement:
    """Return a paragraph of that style (by its id), made of runs, links, fields or plain text."""
    children = [run(piece) if isinstance(piece, str) else piece for piece in content]
    return w("p", w("pPr", w("pStyle", val=style)), *children)


def field(instruction: str, shown: str, *, style: str = "") -> list[BaseOxmlElement]:
    """Return a field with the value it has now, so that nothing waits for an update."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", _text("instrText", f" {instruction} ")),
        w("r", w("fldChar", fldCharType="separate")),
        run(shown, style=style),
        w("r", w("fldChar", fldCharType="end")),
    ]


def link(bookmark: str, *runs: BaseOxmlElement) -> BaseOxmlElement:
    """Return a hyperlink to a bookmark of the same document."""
    return w("hyperlink", *runs, anchor=bookmark, history="1")


class Bookmarks:
    """Give bookmarks the ids that Word wants unique in the document."""

    def __init__(self) -> None:
        self._ids: Iterator[int] = count(1)

    def around(self, name: str, *content: BaseOxmlElement) -> list[BaseOxmlElement]:
        """Return `content` between the marks of the bookmark `name`."""
        rank = next(self._ids)
        return [w("bookmarkStart", id=rank, name=name), *content, w("bookmarkEnd", id=rank)]
