"""What the styles of an OpenDocument text say of its paragraphs, words and lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from lxml import etree

from cpit_research.formats.received import numbering
from cpit_research.formats.received.heading_names import named_level
from cpit_research.formats.received.numbering import Form, Level
from cpit_research.formats.received.open_xml import STYLE, TEXT, count, extended

__all__ = ["Levels", "OpenStyles"]

#: The levels of a list, by rank.
Levels = Mapping[int, Level]

#: The largest number that word processors give to an item.
_LARGEST: Final = 32_767
_DEEPEST: Final = 10
_PLACE: Final = re.compile(r"%(\d{1,2})%")
_FORMS: Final[Mapping[tuple[str, bool], Form]] = {
    ("a", False): numbering.letters,
    ("A", False): numbering.upper_letters,
    ("a", True): numbering.repeated_letters,
    ("A", True): numbering.upper_repeated_letters,
    ("i", False): numbering.lower_roman,
    ("I", False): numbering.upper_roman,
    ("①, ②, ③, ...", False): numbering.circled,
}
_PADDED: Final = re.compile(r"(0*1)\b")
_LEVEL_STYLES: Final = (TEXT + "list-level-style-number", TEXT + "outline-level-style")


class OpenStyles:
    """The styles of a document, those of ``styles.xml`` and its own automatic ones.

    Attributes
    ----------
    outline : mapping of int to Level
        The levels that number headings.
    """

    __slots__ = ("_declared", "_headings", "_hiding", "_lists", "outline")

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._headings: dict[str, int] = {}
        self._hiding: dict[tuple[str, str], bool] = {}
        self._declared: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, Levels] = {}
        self.outline: Levels = {}
        for root in roots:
            for style in root.iter(STYLE + "style", TEXT + "list-style", TEXT + "outline-style"):
                name = style.get(STYLE + "name", "")
                if style.tag == STYLE + "style":
                    self._declared[style.get(STYLE + "family", ""), name] = style
                elif style.tag == TEXT + "list-style":
                    self._lists[name] = _levels(style)
                else:
                    self.outline = _levels(style)

    def heading(self, name: str) -> int:
        """Return the level of heading that a paragraph style gives by its name, 0 for none."""
        if name not in self._headings:
            shown = (
                style.get(STYLE + "display-name", style.get(STYLE + "name", ""))
                for style in self._inherited("paragraph", name)
            )
            levels = (named_level(words.replace("_20_", " ")) for words in shown)
            self._headings[name] = next(filter(None, levels), 0)
        return self._headings[name]

    def list_style(self, name: str) -> str | None:
        """Return the list style of a paragraph style, ``""`` for none; None if it says nothing."""
        for style in self._inherited("paragraph", name):
            stated = style.get(STYLE + "list-style-name")
            if stated is not None:
                return stated
        return None

    def levels(self, list_style: str) -> Levels:
        """Return the levels of a list style."""
        return self._lists.get(list_style, {})

    def hides(self, family: str, name: str) -> bool:
        """Tell whether a style of this family, ``"text"`` or ``"paragraph"``, hides its words."""
        if (family, name) not in self._hiding:
            shown = (
                properties.get(TEXT + "display")
                for style in self._inherited(family, name)
                for properties in style.iterchildren(STYLE + "text-properties")
            )
            self._hiding[family, name] = next(filter(None, shown), "") == "none"
        return self._hiding[family, name]

    def _inherited(self, family: str, name: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while (family, name) in self._declared and name not in seen:
            seen.add(name)
            style = self._declared[family, name]
            yield style
            name = style.get(STYLE + "parent-style-name", "")


def _levels(style: etree._Element) -> Levels:
    """Return the levels of a list or outline style; those of bullets have no number."""
    found: dict[int, Level] = {}
    for element in style:
        rank = count(element, TEXT + "level", 0, _DEEPEST + 1) - 1
        if 0 <= rank < _DEEPEST:
            found[rank] = _level(element, rank) if element.tag in _LEVEL_STYLES else _BULLET
    numberless = {rank for rank, level in found.items() if level.form is None and level.pieces}
    return {
        rank: replace(level, pieces=tuple(_shown(level.pieces, numberless - {rank})))
        for rank, level in found.items()
    }


def _shown(pieces: Sequence[str | int], numberless: Collection[int]) -> Iterator[str | int]:
    """Yield the pieces of a label without levels that have no form, nor what follows these.

    Bullets leave what follows them, as LibreOffice shows it.
    """
    skipped = False
    for piece, after in zip_longest(pieces, pieces[1:], fillvalue=""):
        if isinstance(piece, int):
            skipped = piece in numberless
            if not skipped:
                yield piece
        elif not (skipped and isinstance(after, int)):
            yield piece


_BULLET: Final = Level(form=None)


def _level(element: etree._Element, rank: int) -> Level:
    name = element.get(STYLE + "num-format", "")
    synchronised = element.get(STYLE + "num-letter-sync") == "true"
    padding = _PADDED.match(name)
    form = _FORMS.get((name, synchronised)) or _FORMS.get((name, False), numbering.decimal)
    if padding:
        form = numbering.padded(len(padding[1]))
    return Level(
        pieces=_pieces(element, rank),
        form=form if name else None,
        start=count(element, TEXT + "start-value", 1, _LARGEST),
    )


def _pieces(element: etree._Element, rank: int) -> tuple[str | int, ...]:
    """Return the pieces of a label: its pattern when it has one, else its levels and affixes."""
    pattern = extended(element, "num-list-format")
    if pattern:
        words = _PLACE.split(pattern)
        return tuple(
            int(piece) - 1 if at % 2 else piece for at, piece in enumerate(words) if at % 2 or piece
        )
    shown = count(element, TEXT + "display-levels", 1, rank + 1)
    numbers: list[str | int] = []
    for above in range(rank - shown + 1, rank + 1):
        numbers += (".", above) if numbers else (above,)
    prefix, suffix = (element.get(f"{STYLE}num-{side}fix", "") for side in ("pre", "suf"))
    return (prefix, *numbers, suffix)
