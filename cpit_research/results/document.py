"""The tree of a document, before any format: one content, one writer a format.

Every word is already in the reader's language, and every table already says what it counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Cell = str | int | float | date | None
Tone = Literal["plain", "lead", "note", "warning"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `anchor` is what references point to."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Parameters
    ----------
    text : str
        Its words; a line feed starts a new line.
    tone : {"plain", "lead", "note", "warning"}
        Body text, opening sentence of a part, small note, warning set in a frame.
    label : str
        Run-in head set in bold before the text: « Portée », « À nuancer ».
    """

    text: str
    tone: Tone = "plain"
    label: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Up to six numbers side by side, each already written with what it counts.

    Examples
    --------
    >>> KeyFigures((("8", "notes codées"), ("12", "territoires"))).items[0]
    ('8', 'notes codées')
    """

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A bulleted (or numbered) list."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Words quoted from a source.

    Parameters
    ----------
    words : str
        The quotation, without quotation marks (each writer sets them), names already masked.
    attribution : str
        Who speaks and where, as publication allows: « chef de projet, visite d'observation ».
    reference : str
        Anchor of its row in the table of references, ``"E1-a"``.
    qualifies : bool
        The quotation qualifies the claim rather than supports it.
    """

    words: str
    attribution: str = ""
    reference: str = ""
    qualifies: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table for readers.

    Parameters
    ----------
    caption : str
        What it shows.
    header : tuple of str
        Column names.
    rows : tuple of tuples
        Cells: texts, whole numbers, shares, dates; None is an empty cell.
    name : str
        Short name (sheet name in a workbook), unique in the document.
    notes : tuple of str
        Sentences under the table.
    totals : bool
        The last row is a total.
    widths : tuple of float
        Relative widths of the columns; equal when empty.
    percent : tuple of int
        Indices of the columns whose numbers are shares between 0 and 1.
    anchors : tuple of str
        What references point to, one a row (as many as rows, or none): a `Verbatim.reference`.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    notes: tuple[str, ...] = ()
    totals: bool = False
    widths: tuple[float, ...] = ()
    percent: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def decimals(self) -> tuple[int, ...]:
        """Decimals of the numbers of each column: two where one of them is not whole."""
        return tuple(
            2 if any(_broken(row[at]) for row in self.rows) else 0 for at in range(len(self.header))
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure already drawn.

    Parameters
    ----------
    caption : str
        What it shows.
    alternative : str
        What it says, for who cannot see it.
    png : bytes
        Bitmap at 200 dpi, for Word and Excel.
    svg : bytes
        The same drawing as lines, for html.
    width : float
        Width in centimetres.
    words : tuple of str
        Every text drawn in it. The bitmap carries them too, as a description, so that whoever
        opens the file (the privacy gate first) reads what only eyes would see.
    """

    caption: str
    alternative: str
    png: bytes = field(repr=False)
    svg: bytes = field(repr=False)
    width: float = 16.0
    words: tuple[str, ...] = ()

    def _repr_png_(self) -> bytes:
        return self.png


@dataclass(frozen=True, slots=True)
class Card:
    """A compact card, kept whole on its page: what one looks up, under a short sign.

    Parameters
    ----------
    key : str
        The sign that it is found by, ``"S11"``; entries of an `Index` lead to it.
    title : str
        Its name.
    lead : str
        What is read first.
    fields : tuple of (str, str)
        Labels and texts, one under the other.
    more : tuple of (str, str)
        Labels and texts of lesser use, in small type, one after the other.
    """

    key: str
    title: str
    lead: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """Signs and names in two columns, in groups; an entry leads to the `Card` of its sign.

    Parameters
    ----------
    groups : tuple of (str, tuple of (str, str))
        Heads of the groups (a family, a letter), each with its entries: sign and name.
    """

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


Block = Heading | Paragraph | KeyFigures | Listing | Verbatim | Table | Picture | Card | Index


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Parameters
    ----------
    title, subtitle : str
        On the first page.
    language : str
        ``"fr"`` or ``"en"``.
    author : str
        Who signs (an organisation).
    made : datetime
        When, in UTC.
    banner : str
        Printed on every page and sheet: « étude fictive », « interne ».
    facts : tuple of (str, str)
        Short facts under the title: period, sources, grid.
    blocks : tuple of Block
        The content, in order.
    contents : bool
        On paper, a table of contents fills the first page. Without it the content starts there.
    """

    title: str
    made: datetime
    subtitle: str = ""
    language: str = "fr"
    author: str = ""
    banner: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    contents: bool = True

    def words(self) -> Iterator[str]:
        """Yield every text of the document, for whoever must read them all."""
        yield from (self.title, self.subtitle, self.author, self.banner)
        for name, value in self.facts:
            yield from (name, value)
        for block in self.blocks:
            yield from _words(block)


def _broken(value: Cell) -> bool:
    """Tell whether a cell holds a number that is not whole."""
    return isinstance(value, float) and math.isfinite(value) and not value.is_integer()


def _words(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield from (block.label, block.text)
        case KeyFigures():
            yield from (text for item in block.items for text in item)
        case Listing():
            yield from block.items
        case Verbatim():
            yield from (block.words, block.attribution, block.reference)
        case Table():
            yield from (block.caption, block.name, *block.header, *block.notes)
            yield from (cell for row in block.rows for cell in row if isinstance(cell, str))
        case Picture():
            yield from (block.caption, block.alternative, *block.words)
        case Card():
            yield from (block.key, block.title, block.lead)
            yield from (text for field in (*block.fields, *block.more) for text in field)
        case Index():
            for head, entries in block.groups:
                yield from (head, *(text for entry in entries for text in entry))
