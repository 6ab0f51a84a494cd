"""The lists of a Word document: levels, shared counters, numbers started again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from cpit_research.formats.archive import Entry
from cpit_research.formats.received import numbering
from cpit_research.formats.received.numbering import Counters, Form, Level
from cpit_research.formats.received.word_xml import W, part_root, switched_on, value

__all__ = ["ListNumbers", "WordList", "lists"]

#: Word's own largest number.
_LARGEST: Final = 32_767
_LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_CUSTOM: Final = re.compile(r"\s*(0*1)\b")
_NUMBERLESS: Final = frozenset({"bullet", "none"})
_FORMS: Final[Mapping[str, Form]] = {
    "decimal": numbering.decimal,
    "decimalZero": numbering.padded(2),
    "lowerLetter": numbering.repeated_letters,
    "upperLetter": numbering.upper_repeated_letters,
    "lowerRoman": numbering.lower_roman,
    "upperRoman": numbering.upper_roman,
    "ordinal": numbering.ordinal,
    "decimalEnclosedCircle": numbering.circled,
}


@dataclass(frozen=True, slots=True)
class WordList:
    """One list (`num`): what it counts with, and how its items are numbered.

    Parameters
    ----------
    counted_with : str
        Id of the abstract list: lists of one abstract list continue one another.
    levels : mapping of int to Level
        By rank.
    starts : mapping of int to int
        Numbers that the first item of this list takes, by rank, whatever came before.
    linked : mapping of str to int
        Rank of the level that a paragraph style is linked to.
    """

    counted_with: str
    levels: Mapping[int, Level] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)
    linked: Mapping[str, int] = field(default_factory=dict)


class ListNumbers:
    """Counts the items of every list of one story: the body, the notes, a comment."""

    __slots__ = ("_counters", "_lists", "_started")

    def __init__(self, known: Mapping[str, WordList]) -> None:
        self._lists = known
        self._counters: dict[str, Counters] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, numbering_id: str, rank: int) -> str:
        """Count an item and return what Word writes before it, ``""`` for a bullet."""
        listed = self._lists.get(numbering_id)
        if listed is None:
            return ""
        start = None
        if (numbering_id, rank) not in self._started:
            self._started.add((numbering_id, rank))
            start = listed.starts.get(rank)
        counters = self._counters.setdefault(listed.counted_with, Counters())
        return counters.item(rank, listed.levels, start)


@lru_cache(maxsize=64)
def lists(part: Entry) -> Mapping[str, WordList]:
    """Return the lists of ``numbering.xml`` by id."""
    root = part_root(part)
    abstracts = {
        element.get(W + "abstractNumId", ""): element
        for element in root.iterchildren(W + "abstractNum")
    }
    # A list may only name a list style: its levels stand where that style is defined.
    defined = {
        name: key
        for key, element in abstracts.items()
        if (name := value(element, "styleLink")) is not None
    }
    found = {}
    for instance in root.iterchildren(W + "num"):
        key = value(instance, "abstractNumId") or ""
        if key in abstracts:
            key = defined.get(value(abstracts[key], "numStyleLink") or "", key)
        found[instance.get(W + "numId", "")] = _list(key, abstracts.get(key), instance)
    return found


def _list(key: str, abstract: etree._Element | None, instance: etree._Element) -> WordList:
    written = dict(_ranked(abstract, "lvl")) if abstract is not None else {}
    starts = {}
    for rank, override in _ranked(instance, "lvlOverride"):
        replaced = override.find(W + "lvl")
        if replaced is not None:
            written[rank] = replaced
        start = value(override, "startOverride")
        if start is not None:
            starts[rank] = _number(start, 1)
    return WordList(
        key,
        {rank: _level(rank, element) for rank, element in written.items()},
        starts,
        {
            style: rank
            for rank, element in written.items()
            if (style := value(element, "pStyle")) is not None
        },
    )


def _ranked(parent: etree._Element, tag: str) -> Iterator[tuple[int, etree._Element]]:
    for element in parent.iterchildren(W + tag):
        rank = _number(element.get(W + "ilvl"), _LEVELS)
        if rank < _LEVELS:
            yield rank, element


def _level(rank: int, element: etree._Element) -> Level:
    restart = value(element, "lvlRestart")
    bullet = value(element, "numFmt") == "bullet"
    return Level(
        pieces=() if bullet else _pieces(value(element, "lvlText") or ""),
        form=_form(element),
        start=_number(value(element, "start"), 0),
        restarted_by=rank - 1 if restart is None else _number(restart, rank) - 1,
        legal=switched_on(element.find(W + "isLgl")),
    )


def _form(level: etree._Element) -> Form | None:
    """Return how a level writes its number; a form that is not known is decimal."""
    element = next(level.iter(W + "numFmt"), None)
    if element is None:
        return numbering.decimal
    name = element.get(W + "val", "decimal")
    custom = _CUSTOM.match(element.get(W + "format", "")) if name == "custom" else None
    if custom:
        return numbering.padded(len(custom[1]))
    return None if name in _NUMBERLESS else _FORMS.get(name, numbering.decimal)


def _pieces(pattern: str) -> tuple[str | int, ...]:
    """Return the pieces of a label: `%2` is the number of the second level."""
    words = _PLACE.split(pattern[:_LARGEST])
    return tuple(
        int(piece) - 1 if at % 2 else piece for at, piece in enumerate(words) if at % 2 or piece
    )


def _number(written: str | None, default: int) -> int:
    if written and written.isdecimal() and len(written) <= len(str(_LARGEST)):
        return int(written)
    return default
