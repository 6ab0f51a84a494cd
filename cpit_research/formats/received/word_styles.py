"""What the styles and numberings of a Word document say of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from cpit_research.formats.archive import Entry
from cpit_research.formats.package import Package, transitional
from cpit_research.formats.xml import parse
from cpit_research.model.structure import PartKind
from cpit_research.text.folding import fold

__all__ = [
    "ParagraphStyles",
    "Style",
    "W",
    "heading_level",
    "mark_removed",
    "named_heading",
    "numberings",
    "styles",
]

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_PROPERTIES: Final = W + "pPr"
_STYLE: Final = W + "pStyle"
_OUTLINE: Final = W + "outlineLvl"
_NUMBERING: Final = W + "numPr"
_VAL: Final = W + "val"
#: Names that Word, in any language, and LibreOffice, in French or English, give to headings.
_HEADING: Final = re.compile(r"(?:heading|titre|uberschrift|titolo|titulo) ?([1-9])")
_TITLE: Final = frozenset({"title", "titre", "titre principal"})
_DEEPEST: Final = 9
_UNNUMBERED: Final = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style gives: level of heading (0: none), list and level in the list."""

    heading: int = 0
    numbering: str = ""
    depth: int = 0


_PLAIN: Final = Style()


class ParagraphStyles:
    """Says what each paragraph of a document is; its styles are read when first needed."""

    __slots__ = ("_numberings", "_package", "_styled", "_styles")

    def __init__(self, package: Package, body: etree._Element) -> None:
        self._package = package
        self._styled = {
            paragraph
            for found in body.iter(_STYLE, _OUTLINE, _NUMBERING)
            if (properties := found.getparent()) is not None
            and (paragraph := properties.getparent()) is not None
        }
        self._styles: Mapping[str, Style] | None = None
        self._numberings: Mapping[tuple[str, int], bool] | None = None

    def kind(self, paragraph: etree._Element) -> tuple[PartKind, int, bool]:
        """Return the kind of a paragraph, its level, and whether Word numbers it."""
        properties = _properties(paragraph) if paragraph in self._styled else None
        if properties is None:
            return "paragraph", 0, False
        style, outline, listed = _PLAIN, None, None
        for child in properties.iterchildren(_STYLE, _OUTLINE, _NUMBERING):
            if child.tag == _STYLE:
                style = self._style(child.get(_VAL, ""))
            elif child.tag == _OUTLINE:
                outline = child.get(_VAL, "")
            else:
                listed = child
        if outline is None and listed is None and style is _PLAIN:
            return "paragraph", 0, False
        heading = style.heading if outline is None else heading_level(outline)
        numbering, depth = style.numbering, style.depth
        if listed is not None:
            numbering = _list(_value(listed, "numId"))
            depth = _number(_value(listed, "ilvl"))
        numbered = bool(numbering) and self._numbered(numbering, depth)
        if heading:
            return "heading", heading, numbered
        return ("list_item", depth + 1, numbered) if numbering else ("paragraph", 0, False)

    def _style(self, name: str) -> Style:
        if self._styles is None:
            part = next(self._package.related("styles"), None)
            self._styles = {} if part is None else styles(self._package.entry(part))
        return self._styles.get(name, _PLAIN)

    def _numbered(self, numbering: str, depth: int) -> bool:
        if self._numberings is None:
            part = next(self._package.related("numbering"), None)
            self._numberings = {} if part is None else numberings(self._package.entry(part))
        return self._numberings.get((numbering, depth), False)


def mark_removed(paragraph: etree._Element) -> bool:
    """Tell whether a tracked change removed the end of `paragraph`, joining it to the next."""
    properties = _properties(paragraph)
    return properties is not None and any(
        properties.find(f"{W}rPr/{W}{change}") is not None for change in ("del", "moveFrom")
    )


def _properties(paragraph: etree._Element) -> etree._Element | None:
    return next(paragraph.iterchildren(_PROPERTIES), None)


def _root(part: Entry) -> etree._Element:
    return parse(transitional(part.inflate()), part.name)


@lru_cache(maxsize=64)
def styles(part: Entry) -> Mapping[str, Style]:
    """Return the paragraph styles of ``styles.xml`` by id, what they inherit included.

    Documents of one team share their template: the same packed part is read once.
    """
    declared = {
        element.get(W + "styleId", ""): element
        for element in _root(part).iterchildren(W + "style")
        if element.get(W + "type", "paragraph") == "paragraph"
    }
    inherited: dict[str, _Said] = {}
    for name in declared:
        _inherit(name, declared, inherited)
    return {
        name: Style(said.heading or 0, _list(said.numbering), _number(said.depth))
        for name, said in inherited.items()
    }


class _Said(NamedTuple):
    """What a style and those that it is based on say; None when they say nothing."""

    heading: int | None = None
    numbering: str | None = None
    depth: str | None = None


def _inherit(
    name: str, declared: Mapping[str, etree._Element], inherited: dict[str, _Said]
) -> None:
    """Add what a style says, and those that it is based on, each read once."""
    chain: dict[str, None] = {}
    while name in declared and name not in inherited and name not in chain:
        chain[name] = None
        name = _value(declared[name], "basedOn") or ""
    base = inherited.get(name, _Said())
    for own in reversed(chain):
        element = declared[own]
        heading = _heading(element)
        numbering = _value(element, "pPr/numPr/numId")
        depth = _value(element, "pPr/numPr/ilvl")
        base = inherited[own] = _Said(
            base.heading if heading is None else heading,
            base.numbering if numbering is None else numbering,
            base.depth if depth is None else depth,
        )


def _heading(element: etree._Element) -> int | None:
    """Return the level a style gives, 0 for body text, None when it says nothing."""
    named = named_heading(_value(element, "name") or "")
    if named is not None:
        return named
    outline = _value(element, "pPr/outlineLvl")
    return heading_level(outline) if outline is not None else None


def named_heading(name: str) -> int | None:
    """Return the level of heading that the name of a style gives, None when it gives none.

    Examples
    --------
    >>> named_heading("Titre 2"), named_heading("Title"), named_heading("Corps de texte")
    (2, 1, None)
    """
    folded = fold(name).strip()
    named = _HEADING.fullmatch(folded)
    if named:
        return int(named[1])
    return 1 if folded in _TITLE else None


def heading_level(outline: str) -> int:
    """Return the level of heading of an outline level (0 to 8; 9 is body text).

    Examples
    --------
    >>> heading_level("0"), heading_level("9")
    (1, 0)
    """
    level = _number(outline) + 1
    return level if level <= _DEEPEST else 0


def _list(numbering: str | None) -> str:
    return "" if numbering in {None, "0"} else str(numbering)


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 3 else 0


def _value(element: etree._Element, path: str) -> str | None:
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(_VAL, "")


@lru_cache(maxsize=64)
def numberings(part: Entry) -> Mapping[tuple[str, int], bool]:
    """Tell, for each list and depth of ``numbering.xml``, whether Word writes numbers there."""
    root = _root(part)
    formats: dict[str, dict[int, bool]] = {}
    for abstract in root.iterchildren(W + "abstractNum"):
        formats[abstract.get(W + "abstractNumId", "")] = {
            _number(level.get(W + "ilvl")): (_value(level, "numFmt") or "decimal")
            not in _UNNUMBERED
            for level in abstract.iterchildren(W + "lvl")
        }
    return {
        (instance.get(W + "numId", ""), depth): numbered
        for instance in root.iterchildren(W + "num")
        for depth, numbered in formats.get(_value(instance, "abstractNumId") or "", {}).items()
    }
