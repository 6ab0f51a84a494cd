"""What the parts of a document point to: headings, numbered captions, references.

Computed once for every writer, so that « Tableau 3 » is table 3 in Word, html and Excel alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cpit_research.results.document import Document, Heading, Picture, Table, Verbatim

__all__ = ["Entry", "Outline", "outline"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the table of contents; `rank` is unique in the document, from 1."""

    text: str
    level: int
    rank: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The skeleton of a document, by the position of its blocks.

    Parameters
    ----------
    entries : mapping of int to Entry
        Headings.
    numbers : mapping of int to int
        Numbers of the tables and pictures, each kind counted from 1.
    targets : mapping of str to int
        References that a row of a table answers to, with their rank from 1.
    citing : mapping of str to int
        Position of the first verbatim that bears each reference.
    """

    entries: Mapping[int, Entry]
    numbers: Mapping[int, int]
    targets: Mapping[str, int]
    citing: Mapping[str, int]


def outline(document: Document) -> Outline:
    """Return the skeleton of `document`."""
    entries: dict[int, Entry] = {}
    numbers: dict[int, int] = {}
    targets: dict[str, int] = {}
    citing: dict[str, int] = {}
    counted: Counter[type] = Counter()
    for position, block in enumerate(document.blocks):
        match block:
            case Heading():
                entries[position] = Entry(block.text, block.level, len(entries) + 1)
            case Table() | Picture():
                counted[type(block)] += 1
                numbers[position] = counted[type(block)]
            case Verbatim() if block.reference:
                citing.setdefault(block.reference, position)
        for anchor in block.anchors if isinstance(block, Table) else ():
            if anchor:
                targets.setdefault(anchor, len(targets) + 1)
    return Outline(entries, numbers, targets, citing)
