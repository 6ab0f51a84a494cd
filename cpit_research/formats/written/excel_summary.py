"""The first sheet of a workbook: what the document says, and where each thing is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet

from cpit_research.formats.written.cells import quoted
from cpit_research.formats.written.excel_cells import LongTexts
from cpit_research.formats.written.excel_sheets import ACCENT, MUTED, link, put, spread
from cpit_research.formats.written.outline import Outline
from cpit_research.results.document import (
    Block,
    Card,
    Document,
    Heading,
    Index,
    KeyFigures,
    Listing,
    Paragraph,
    Picture,
    Table,
    Verbatim,
)
from cpit_research.wording import gettext as _

__all__ = ["summarise"]

_HEADINGS: Final[dict[int, dict[str, Any]]] = {
    1: {"size": 14, "color": ACCENT},
    2: {"size": 11, "bold": True},
    3: {"size": 10, "italic": True, "color": ACCENT},
}
_TONES: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "lead": {"size": 11},
    "note": {"size": 9, "color": MUTED},
    "warning": {"bold": True, "color": "8A5410"},
}


def summarise(
    sheet: Worksheet,
    document: Document,
    skeleton: Outline,
    sheets: Mapping[int, str],
    longs: LongTexts,
) -> None:
    """Write the summary sheet.

    Parameters
    ----------
    sheet : Worksheet
        The first of the workbook.
    document : Document
        What to tell.
    skeleton : Outline
        Its numbers.
    sheets : mapping of int to str
        Name of the sheet that holds each table, picture or quotation, by position of the block.
    longs : LongTexts
        Where the texts that no cell can hold go.
    """
    _Summary(sheet, skeleton, sheets, longs).write(document)


class _Summary:
    """Two columns: labels and links on the left, what is read on the right, going down."""

    def __init__(
        self, sheet: Worksheet, skeleton: Outline, sheets: Mapping[int, str], longs: LongTexts
    ) -> None:
        self.sheet = sheet
        self.skeleton = skeleton
        self.sheets = sheets
        self.longs = longs
        self.row = 0

    def write(self, document: Document) -> None:
        self.sheet.column_dimensions["A"].width = 24
        self.sheet.column_dimensions["B"].width = 104
        self._line(document.title, size=20, color=ACCENT)
        self._line(document.subtitle, size=12, italic=True, color=MUTED)
        self._line(document.banner, bold=True, color="8A5410")
        self.row += 1
        for name, value in document.facts:
            self._pair(name, value)
        if document.author:
            self._pair(_("Author"), document.author)
        self._sheets(document)
        for position, block in enumerate(document.blocks):
            self._block(position, block)

    def _line(self, text: str, **font: Any) -> None:
        if text:
            self.row += 1
            spread(self.sheet, put(self.sheet, self.row, 1, text, self.longs, **font), 2)

    def _pair(self, label: str, text: str, **font: Any) -> ExcelCell:
        """Write a line of two cells, and return the first."""
        self.row += 1
        first = put(self.sheet, self.row, 1, label, self.longs, color=MUTED)
        put(self.sheet, self.row, 2, text, self.longs, **font)
        return first

    def _sheets(self, document: Document) -> None:
        """List the other sheets, each a link."""
        told: set[str] = set()
        for position, name in sorted(self.sheets.items()):
            if name in told:
                continue
            if not told:
                self.row += 1
                self._line(_("Sheets"), **_HEADINGS[1])
            told.add(name)
            block = document.blocks[position]
            told_of = block.caption if isinstance(block, Table) else _several(block)
            link(self._pair(name, told_of), name)

    def _block(self, position: int, block: Block) -> None:
        match block:
            case Heading():
                self.row += block.level < 3
                self._line(block.text, **_HEADINGS[block.level])
            case Paragraph():
                self._pair(block.label, block.text, **_TONES[block.tone])
            case KeyFigures():
                for value, counted in block.items:
                    self._pair(value, counted)
                    put(self.sheet, self.row, 1, value, self.longs, size=14, color=ACCENT)
            case Listing():
                for rank, item in enumerate(block.items, 1):
                    self._pair("", f"{rank}. {item}" if block.ordered else f"• {item}")
            case Verbatim():
                reference = self._pair(block.reference, quoted(block.words), italic=True)
                if block.reference:
                    link(reference, self.sheets[position])
            case Card():
                self._pair(block.key, block.title, bold=True)
                for label, text in (("", block.lead), *block.fields, *block.more):
                    if text or label:
                        self._pair(label, text)
            case Index():
                for head, entries in block.groups:
                    self._pair("", head, bold=True)
                    for key, name in entries:
                        self._pair(key, name)
            case Table() | Picture():
                kind = _("Table") if isinstance(block, Table) else _("Figure")
                number = f"{kind} {self.skeleton.numbers[position]}"
                link(self._pair(number, block.caption), self.sheets[position])


def _several(block: Block) -> str:
    if isinstance(block, Picture):
        return _("Every figure of the document")
    return _("Every quotation of the document")
