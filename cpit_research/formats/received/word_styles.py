"""What the styles and numberings of a Word document say of a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from cpit_research.formats.archive import Entry
from cpit_research.formats.package import Package
from cpit_research.formats.received.heading_names import named_level
from cpit_research.formats.received.word_numbering import ListNumbers, WordList, lists
from cpit_research.formats.received.word_xml import W, part_root, value
from cpit_research.model.structure import PartKind

__all__ = ["ParagraphStyles", "Style", "styles"]

_PROPERTIES: Final = W + "pPr"
_STYLE: Final = W + "pStyle"
_OUTLINE: Final = W + "outlineLvl"
_NUMBERING: Final = W + "numPr"
_VAL: Final = W + "val"
_DEEPEST: Final = 9
#: Styles that one may inherit from; a longer chain is nobody's.
_ANCESTORS: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """What a paragraph style gives.

    Parameters
    ----------
    heading : int
        Level of heading, 0 when it gives none.
    numbering : str
        Id of its list, ``""`` when it gives none.
    name : str
        Its own id.
    stated : int or None
        The rank of list level that it states itself.
    base : Style or None
        The style that it inherits from.
    """

    heading: int = 0
    numbering: str = ""
    name: str = ""
    stated: int | None = None
    base: Style | None = field(default=None, repr=False)

    def rank(self, linked: Mapping[str, int]) -> int:
        """Return the rank of its list level, given the styles that the levels are linked to."""
        style: Style | None = self
        for _generation in range(_ANCESTORS):
            if style is None:
                break
            rank = linked.get(style.name, style.stated)
            if rank is not None:
                return rank
            style = style.base
        return 0


_PLAIN: Final = Style()
_NO_LIST: Final = WordList("")


class ParagraphStyles:
    """Says what each paragraph of a document is; its styles are read when first needed."""

    __slots__ = ("_lists", "_numbers", "_package", "_styled", "_styles")

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styled: set[etree._Element] = set()
        self._styles: Mapping[str, Style] | None = None
        self._lists: Mapping[str, WordList] | None = None
        self._numbers = ListNumbers({})

    def enter(self, story: etree._Element) -> None:
        """Start on another story (the body, a note…), whose lists are counted apart."""
        self._styled = {
            paragraph
            for found in story.iter(_STYLE, _OUTLINE, _NUMBERING)
            if (properties := found.getparent()) is not None
            and (paragraph := properties.getparent()) is not None
        }
        self._numbers = ListNumbers(self._lists or {})

    def kind(self, paragraph: etree._Element) -> tuple[PartKind, int, str]:
        """Return the kind of the next paragraph, its level, and its list number if it has one."""
        properties = _properties(paragraph) if paragraph in self._styled else None
        if properties is None:
            return "paragraph", 0, ""
        style, outline, listed = _PLAIN, None, None
        for child in properties.iterchildren(_STYLE, _OUTLINE, _NUMBERING):
            if child.tag == _STYLE:
                style = self._style(child.get(_VAL, ""))
            elif child.tag == _OUTLINE:
                outline = child.get(_VAL, "")
            else:
                listed = child
        if outline is None and listed is None and style is _PLAIN:
            return "paragraph", 0, ""
        heading = style.heading if outline is None else heading_level(outline)
        rank, label = self._item(style, listed)
        if heading:
            return "heading", heading, label
        return ("paragraph", 0, "") if rank is None else ("list_item", rank + 1, label)

    def _item(self, style: Style, listed: etree._Element | None) -> tuple[int | None, str]:
        """Return the rank of list level of a paragraph, None outside lists, and its number."""
        numbering, rank = style.numbering, None
        if listed is not None:
            stated = value(listed, "numId")
            numbering = numbering if stated is None else _list(stated)
            rank = _rank(value(listed, "ilvl"))
        if not numbering:
            return None, ""
        if self._lists is None:
            part = next(self._package.related("numbering"), None)
            self._lists = {} if part is None else lists(self._package.entry(part))
            self._numbers = ListNumbers(self._lists)
        if rank is None:
            rank = style.rank(self._lists.get(numbering, _NO_LIST).linked)
        return rank, self._numbers.label(numbering, rank)

    def _style(self, name: str) -> Style:
        if self._styles is None:
            part = next(self._package.related("styles"), None)
            self._styles = {} if part is None else styles(self._package.entry(part))
        return self._styles.get(name, _PLAIN)


def _properties(paragraph: etree._Element) -> etree._Element | None:
    return next(paragraph.iterchildren(_PROPERTIES), None)


@lru_cache(maxsize=64)
def styles(part: Entry) -> Mapping[str, Style]:
    """Return the paragraph styles of ``styles.xml`` by id, what they inherit included.

    Documents of one team share their template: the same packed part is read once.
    """
    declared = {
        element.get(W + "styleId", ""): element
        for element in part_root(part).iterchildren(W + "style")
        if element.get(W + "type", "paragraph") == "paragraph"
    }
    found: dict[str, Style] = {}
    for name in declared:
        _inherit(name, declared, found)
    return found


def _inherit(name: str, declared: Mapping[str, etree._Element], found: dict[str, Style]) -> None:
    """Add a style and those that it is based on, each read once."""
    chain: dict[str, None] = {}
    while name in declared and name not in found and name not in chain:
        chain[name] = None
        name = value(declared[name], "basedOn") or ""
    base = found.get(name, _PLAIN)
    for own in reversed(chain):
        element = declared[own]
        heading = _heading(element)
        numbering = value(element, "pPr/numPr/numId")
        base = found[own] = Style(
            base.heading if heading is None else heading,
            base.numbering if numbering is None else _list(numbering),
            own,
            _rank(value(element, "pPr/numPr/ilvl")),
            base,
        )


def _heading(element: etree._Element) -> int | None:
    """Return the level a style gives, 0 for body text, None when it says nothing."""
    named = named_level(value(element, "name") or "")
    if named is not None:
        return named
    outline = value(element, "pPr/outlineLvl")
    return heading_level(outline) if outline is not None else None


def heading_level(outline: str) -> int:
    """Return the level of heading of an outline level (0 to 8; 9 is body text).

    Examples
    --------
    >>> heading_level("0"), heading_level("9")
    (1, 0)
    """
    level = (_rank(outline) or 0) + 1
    return level if level <= _DEEPEST else 0


def _list(numbering: str) -> str:
    return "" if numbering == "0" else numbering


def _rank(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if written.isdecimal() and len(written) < 3 else 0
