"""The texts of an XML or html part: blocks with their runs joined, attributes, comments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree, html

from cpit_research.errors import FormatError
from cpit_research.wording import gettext as _

__all__ = ["texts_of_html", "texts_of_xml"]

Text = tuple[str, str]

# Elements inside which runs make one text: a paragraph of Word or of a drawing (p), a string of
# a workbook (si, is), a comment's text, a label of an SVG.
_BLOCKS: Final = frozenset({"p", "si", "is", "text", "title", "desc", "comment"})
_APART: Final = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_INLINE: Final = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u",
    "var", "wbr",
})  # fmt: skip
# What a row holds beyond one run a cell and coordinates: runs, other attributes, comments.
_ODD: Final = etree.XPath(
    "descendant-or-self::*[local-name() = 'r' or @*[not(contains(' r s t spans xml:space ',"
    " concat(' ', name(), ' ')))]] | descendant::comment() | descendant::processing-instruction()"
)
# A tag that our fast writer of sheets would not write.
_NOT_PLAIN: Final = re.compile(
    rb'<(?!/|c r="[A-Z]{1,3}\d+"(?: s="\d+")?(?: t="[a-zA-Z]+")?>|is>|t>|v>|row r="\d+">'
    rb'|t xml:space="preserve">)'
)
_ROW: Final = [
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}row",
]
_PARSING: Final[dict[str, bool]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": True,
}
_COORDINATE: Final = re.compile(r"\$?[A-Z]{0,3}\$?\d+(:\$?[A-Z]{0,3}\$?\d+)?|rId\d+")
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DTD: Final = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


def texts_of_xml(name: str, content: bytes) -> Iterator[Text]:
    """Yield the texts of an XML part.

    The cells of a row of a sheet come together, one a line: a first name and a name in two
    columns are seen side by side, and 150,000 rows are read in seconds.

    Raises
    ------
    FormatError
        If it holds a DTD or is not well formed.
    """
    if _holds_dtd(content):
        raise FormatError(_("{name} holds a document type, which is refused.").format(name=name))
    seen: set[str] = set()
    plain = _is_plain(content)
    try:
        rows = etree.iterparse(io.BytesIO(content), events=("end",), tag=_ROW, **_PARSING)
        for _event, row in rows:
            yield from _row(name, row, seen, plain=plain)
            row.clear(keep_tail=True)
            while (before := row.getprevious()) is not None and before.tag == row.tag:
                yield from _said(name, before.tail or "")
                row.getparent().remove(before)
        for element in rows.root.itersiblings(preceding=True):
            yield from _aside(name, element)
        yield from _tree(name, rows.root, seen)
        for element in rows.root.itersiblings():
            yield from _aside(name, element)
    except etree.XMLSyntaxError as error:
        raise FormatError(
            _("{name} is not well-formed XML: {reason}.").format(name=name, reason=error.msg)
        ) from error


def _is_plain(content: bytes) -> bool:
    """Tell whether the rows of a sheet hold nothing but coordinates and one run a cell."""
    start, end = content.find(b"<sheetData>"), content.rfind(b"</sheetData>")
    return 0 < start < end and _NOT_PLAIN.search(content, start + 11, end) is None


def _row(name: str, row: etree._Element, seen: set[str], *, plain: bool) -> Iterator[Text]:
    place = f"{name}, {_('row')} {row.get('r', '')}"
    odd: Any = () if plain else _ODD(row)
    if not odd:
        yield from _said(place, "\n".join(map(str, row.itertext())))
        return
    cells = ["".join(map(str, cell.itertext())) for cell in row if _is_element(cell)]
    yield from _said(place, "\n".join([row.text or "", *cells, *(cell.tail or "" for cell in row)]))
    for element in odd:
        if _is_element(element):
            yield from _attributes(name, element, seen)
        yield from _aside(name, element)


def _tree(name: str, root: etree._Element, seen: set[str]) -> Iterator[Text]:
    """Yield blocks whole, and the texts between them."""
    walk = etree.iterwalk(root, events=("start", "comment", "pi"))
    for event, element in walk:
        if event != "start":
            yield from _aside(name, element)
            yield from _said(name, element.tail or "")
            continue
        yield from _attributes(name, element, seen)
        if _local(element) in _BLOCKS:
            yield from _said(name, _joined(element))
            for below in element.iterdescendants():
                yield from _attributes(name, below, seen)
                yield from _aside(name, below)
            walk.skip_subtree()
        else:
            yield from _said(name, element.text or "")
        yield from _said(name, element.tail or "")


def _aside(name: str, element: etree._Element) -> Iterator[Text]:
    """Yield a comment or a processing instruction."""
    if not _is_element(element):
        yield from _said(name, f"{getattr(element, 'target', '')} {element.text or ''}")


def _holds_dtd(content: bytes) -> bool:
    """Tell whether a document type is declared, in one-byte or two-byte characters."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        content = content.replace(b"\0", b"")
    return _DTD.search(content) is not None


def _is_element(node: Any) -> bool:
    """Tell an element from a comment or an instruction, whose tag is a function."""
    return isinstance(node.tag, str)


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if _is_element(element) else ""


def _attributes(name: str, element: etree._Element, seen: set[str]) -> Iterator[Text]:
    """Yield the values of attributes once a part, coordinates apart."""
    for key, value in element.attrib.items():
        text = str(value)
        if text and text not in seen and not _COORDINATE.fullmatch(text):
            seen.add(text)
            place = f"{name}, {_local(element)}@{str(key).rpartition('}')[2]}"
            yield from _said(place, text)


def _joined(element: etree._Element) -> str:
    """Return the text of a block, its breaks and tabs included, nested blocks on lines apart."""
    written: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        local = _local(node)
        if event == "start":
            written.append(_APART.get(local, ""))
            if local in _BLOCKS and node is not element:
                written.append("\n")
            written.append(node.text or "" if _is_element(node) else "")
        elif node is not element:
            written.append(node.tail or "")
    return "".join(written)


def _said(place: str, text: str) -> Iterator[Text]:
    """Yield a text and, if Excel would read it otherwise, as Excel reads it."""
    if not text or text.isspace():
        return
    yield place, text
    if "_x" in text and _ESCAPE.search(text):
        yield place, _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def texts_of_html(name: str, content: bytes) -> Iterator[Text]:
    """Yield the texts of an html page: each block with what is inline in it, attributes, comments.

    Raises
    ------
    FormatError
        If it is not UTF-8.
    """
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(_("{name} is not UTF-8.").format(name=name)) from error
    if not source.strip():
        return
    root = html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))
    seen: set[str] = set()
    for element in root.iter():
        if not _is_element(element):
            yield f"{name}, {_('comment')}", element.text or ""
            continue
        yield from _attributes(name, element, seen)
        if element.tag not in _INLINE:
            for text in _stretches(element):
                yield from _said(f"{name}, {element.tag}", text)


def _stretches(element: etree._Element) -> Iterator[str]:
    """Yield the texts of a block between the blocks that it holds."""
    written = [element.text or ""]
    for child in element:
        if _is_element(child) and child.tag not in _INLINE and child.tag != "br":
            yield "".join(written)
            written = []
        elif child.tag == "br":
            written.append("\n")
        elif _is_element(child):
            inner = list(_stretches(child))
            written.append(inner[0])
            for text in inner[1:]:
                yield "".join(written)
                written = [text]
        written.append(child.tail or "")
    yield "".join(written)
