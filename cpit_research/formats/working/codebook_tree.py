"""What a REFI-QDA codebook holds, whoever wrote it, before it is a grid.

Read leniently: older namespaces, none at all, empty sets, missing or repeated guids and unknown
attributes are met in files that programs really write. A project (``.qde``) is read for its
codebook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from cpit_research.errors import FormatError
from cpit_research.formats import raw
from cpit_research.formats.limits import CODEBOOK_BYTES
from cpit_research.formats.xml import parse
from cpit_research.wording import gettext as _

__all__ = ["Codebook", "CodebookCode", "read_codebook"]

_KNOWN: Final = {
    "CodeBook": {"origin"},
    "Code": {"guid", "name", "isCodable", "color"},
    "Set": {"guid", "name"},
    "MemberCode": {"guid"},
}
_PARTS: Final = {*_KNOWN, "Codes", "Sets", "Description"}
_FALSE: Final = {"false", "0"}


@dataclass(frozen=True, slots=True)
class CodebookCode:
    """A code of the tree; `above` is the position of the one it hangs from, -1 at the top."""

    name: str
    description: str
    above: int
    codable: bool
    has_color: bool


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes, those above before those under; sets by name with their description.

    `unknown` counts the attributes and elements that the format does not have, by name.
    """

    origin: str
    codes: tuple[CodebookCode, ...]
    sets: tuple[tuple[str, str], ...]
    unknown: Counter[str] = field(default_factory=Counter)


def read_codebook(path: Path) -> Codebook:
    """Read the codebook of a file.

    Raises
    ------
    FormatError
        If the file cannot be read, is too heavy, declares a document type, or is no codebook.
    """
    try:
        book = _book(parse(_bytes(path), path.name), path)
    except FormatError as error:
        if error.path:
            raise
        raise FormatError(
            error.what, path=str(path), where=error.where, exists=error.exists, remedy=error.remedy
        ) from error
    codes: list[CodebookCode] = []
    for top in _children(book, "Codes"):
        _gather(top, codes)
    if not codes:
        raise FormatError(
            _("{name} holds no code.").format(name=path.name),
            path=str(path),
            remedy=_("Export the codebook again, with its codes."),
        )
    sets = tuple(
        (one.get("name", ""), _description(one))
        for group in _children(book, "Sets")
        for one in _children(group, "Set")
    )
    return Codebook(book.get("origin", "").strip(), tuple(codes), sets, Counter(_unknown(book)))


def _bytes(path: Path) -> bytes:
    if raw.size(path) > CODEBOOK_BYTES:
        raise FormatError(_("{name} is too heavy.").format(name=path.name), path=str(path))
    data = raw.read(path)
    if data.startswith(b"PK"):
        raise FormatError(
            _("{name} is an archive, not a codebook.").format(name=path.name),
            path=str(path),
            remedy=_("Export the codebook alone (.qdc) from the program that holds the project."),
        )
    return data


def _book(root: etree._Element, path: Path) -> etree._Element:
    if _name(root) == "CodeBook":
        return root
    held = next(_children(root, "CodeBook"), None) if _name(root) == "Project" else None
    if held is None:
        raise FormatError(
            _("{name} is not a REFI-QDA codebook.").format(name=path.name),
            path=str(path),
            where=_("Its root element is “{element}”.").format(element=_name(root)),
            remedy=_("Export the codebook (.qdc) from the program that holds it."),
        )
    return held


def _gather(top: etree._Element, codes: list[CodebookCode]) -> None:
    """Add to `codes` those under `top`, never recursing."""
    waiting = [(element, -1) for element in _children(top, "Code")][::-1]
    while waiting:
        element, above = waiting.pop()
        position = len(codes)
        codes.append(
            CodebookCode(
                element.get("name", ""),
                _description(element),
                above,
                element.get("isCodable", "true").strip().lower() not in _FALSE,
                element.get("color") is not None,
            )
        )
        waiting += [(below, position) for below in _children(element, "Code")][::-1]


def _description(element: etree._Element) -> str:
    return "\n".join(_words(found) for found in _children(element, "Description"))


def _words(element: etree._Element) -> str:
    return "".join(str(words) for words in element.itertext())


def _unknown(book: etree._Element) -> Iterator[str]:
    for element in book.iter(etree.Element):
        name = _name(element)
        if name not in _PARTS:
            yield name
            continue
        for attribute in element.attrib:
            if not str(attribute).startswith("{") and attribute not in _KNOWN.get(name, set()):
                yield str(attribute)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _name(child) == name)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
