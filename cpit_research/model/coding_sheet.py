"""A coding sheet: passages to read one after the other, and the codes put beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cpit_research.model.structure import PartKind

__all__ = ["CELL_UNITS", "CodingSheet", "Mark", "SheetRow"]

#: What one cell of a spreadsheet holds, in UTF-16 code units: longer passages are cut before.
CELL_UNITS: Final = 32_767


@dataclass(frozen=True, slots=True)
class Mark:
    """A code put on a row, and the exact words meant; no words: the whole row.

    `code` and `words` are as typed; `cell` and `words_cell` say where.
    """

    code: str
    words: str = ""
    cell: str = field(default="", compare=False)
    words_cell: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One passage of a sheet.

    Parameters
    ----------
    source, version : str
        Id of the document and of the version of its text; empty when a row read back has lost
        its hidden columns.
    start, end : int
        Half-open range of the passage in that text.
    path : str
        Document, as the analyst sees it.
    text : str
        Words of the passage: ``text[start:end]`` when written; when read, what the cell holds.
    visit, speaker, remark : str
        Id of the visit, label of who speaks, words that the analyst left.
    unit : PartKind
        What the passage is; a heading is shown as a band.
    marks : tuple of Mark
        Codes put on it.
    episode, effectivity : str
        Label of the event that the codes of the row tell, one event a label in a document, and its
        effectivity, as typed.
    cell, episode_cell, effectivity_cell : str
        Addresses of the text, ``"Codage!D7"``, of the label and of the effectivity.
    """

    source: str
    version: str
    start: int
    end: int
    path: str
    text: str = field(repr=False)
    visit: str = ""
    unit: PartKind = "paragraph"
    speaker: str = ""
    marks: tuple[Mark, ...] = ()
    remark: str = ""
    episode: str = ""
    effectivity: str = ""
    cell: str = field(default="", compare=False)
    episode_cell: str = field(default="", compare=False)
    effectivity_cell: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class CodingSheet:
    """The passages given to one coder, under one version of the grid of one study."""

    study: str
    coder: str
    grid: str
    rows: tuple[SheetRow, ...] = ()
