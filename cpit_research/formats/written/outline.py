"""What the parts of a document point to: headings, numbered captions, references.

Computed once for every writer, so that « Tableau 3 » is table 3 in Word, html and Excel alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cpit_research.results.document import Card, Document, Heading, Picture, Table, Verbatim

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
    rows : mapping of (int, int) to int
        The rows that answer: position of the table and of the row, and the rank of the reference.
    citing : mapping of int to int
        Position of the first verbatim that bears each reference, by its rank.
    cards : mapping of str to int
        Position of the first card that each sign finds.
    """

    entries: Mapping[int, Entry]
    numbers: Mapping[int, int]
    targets: Mapping[str, int]
    rows: Mapping[tuple[int, int], int]
    citing: Mapping[int, int]
    cards: Mapping[str, int]


def outline(document: Document) -> Outline:
    """Return the skeleton of `document`."""
    entries: dict[int, Entry] = {}
    numbers: dict[int, int] = {}
    counted: Counter[type] = Counter()
    for position, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            entries[position] = Entry(block.text, block.level, len(entries) + 1)
        elif isinstance(block, Table | Picture):
            counted[type(block)] += 1
            numbers[position] = counted[type(block)]
    targets, rows = _targets(document)
    cards = {
        block.key: position
        for position, block in reversed(list(enumerate(document.blocks)))
        if isinstance(block, Card)
    }
    return Outline(entries, numbers, targets, rows, _citing(document, targets), cards)


def _targets(document: Document) -> tuple[dict[str, int], dict[tuple[int, int], int]]:
    targets: dict[str, int] = {}
    rows: dict[tuple[int, int], int] = {}
    for position, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for row, anchor in enumerate(block.anchors[: len(block.rows)]):
                if anchor and anchor not in targets:
                    targets[anchor] = rows[position, row] = len(targets) + 1
    return targets, rows


def _citing(document: Document, targets: Mapping[str, int]) -> dict[int, int]:
    citing: dict[int, int] = {}
    for position, block in enumerate(document.blocks):
        if isinstance(block, Verbatim) and block.reference in targets:
            citing.setdefault(targets[block.reference], position)
    return citing
