"""Write a document as a workbook: a summary to read, then a sheet for each table to work with."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from lxml import etree
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from cpit_research.formats.atomic import replace_file
from cpit_research.formats.characters import printable
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.written.cells import fitted_widths
from cpit_research.formats.written.excel_cells import LongTexts, SheetNames, column_names
from cpit_research.formats.written.excel_sheets import (
    MUTED,
    heighten,
    lay_table,
    link,
    on_paper,
    put,
    spread,
    summed,
    titled,
)
from cpit_research.formats.written.excel_summary import summarise
from cpit_research.formats.written.outline import outline
from cpit_research.results.document import Document, Heading, Picture, Table, Verbatim
from cpit_research.wording import gettext as _
from cpit_research.wording import use_language

__all__ = ["write_xlsx"]

_PIXELS: Final = 96 / 2.54  # in a centimetre of screen
_LINE: Final = 20  # pixels of a row
_ACROSS: Final = 120  # characters across a landscape page


def write_xlsx(document: Document, path: str | Path) -> None:
    """Write `document` as a workbook, whole or not at all.

    The same document gives the same bytes.

    Parameters
    ----------
    document : Document
        What to write.
    path : str or Path
        File to write or replace.

    Raises
    ------
    FormatError
        If the file cannot be written.
    """
    with use_language(document.language):
        content = _Writer(document).write()
    core = core_properties(
        title=document.title,
        subject=document.subtitle,
        author=document.author,
        made=document.made,
        language=document.language,
    )
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    alter = {"xl/drawings/drawing": _described(pictures), "xl/theme/": _sober}
    replace_file(path, seal(content, core=core, alter=alter))


class _Writer:
    """Lay the blocks of one document on the sheets of one workbook."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outline = outline(document)
        self.book = Workbook()
        self.names = SheetNames()
        self.summary: Worksheet = self.book.worksheets[0]
        self.summary.title = self.names.take(_("Summary"))
        self.sheets: dict[int, str] = {}  # of each block that has one
        self.places: dict[int, tuple[str, str]] = {}  # of each reference, by rank
        self.tables = 0
        self.longs = LongTexts("")

    def write(self) -> bytes:
        self._name()
        for position, block in enumerate(self.document.blocks):
            if isinstance(block, Table):
                self._table(position, block)
        self._verbatims()
        self._pictures()
        summarise(self.summary, self.document, self.outline, self.sheets, self.longs)
        self._long_texts()
        for sheet in self.book.worksheets:
            heighten(sheet)
            on_paper(sheet, banner=printable(self.document.banner), pages=_("Page &P of &N"))
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def _name(self) -> None:
        """Name every sheet before any is written: they point at each other."""
        others = {Verbatim: "", Picture: ""}
        for position, block in enumerate(self.document.blocks):
            if isinstance(block, Table):
                fallback = f"{_('Table')} {self.outline.numbers[position]}"
                self.sheets[position] = self.names.take(block.name or fallback)
        for position, block in enumerate(self.document.blocks):
            for kind, wanted in ((Verbatim, _("Quotations")), (Picture, _("Figures"))):
                if isinstance(block, kind):
                    others[kind] = others[kind] or self.names.take(wanted)
                    self.sheets[position] = others[kind]
        self.longs.sheet = self.names.take(_("Long texts"))

    def _sheet(self, name: str, title: str) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(name)
        titled(sheet, title, self.longs)
        back = put(sheet, 2, 1, _("Back to the summary"), self.longs, wrap=False, size=9)
        link(back, self.summary.title)
        return sheet

    def _table(self, position: int, table: Table) -> None:
        label = f"{_('Table')} {self.outline.numbers[position]}"
        sheet = self._sheet(self.sheets[position], f"{label}. {table.caption}")
        names = column_names(table.header)
        rows = table.rows[:-1] if table.totals else table.rows
        row = 4
        if names:
            self.tables += 1
            widths = [max(9.0, _ACROSS * share) for share in fitted_widths(table)]
            row = lay_table(
                sheet, 4, names, rows, self.longs,
                rank=self.tables, shares=table.percent, widths=widths,
            )  # fmt: skip
        if table.totals and table.rows:
            summed(sheet, row + 1, table.rows[-1], self.longs, table.percent)
            row += 2
        for extra, note in enumerate(table.notes, row + 1):
            cell = put(sheet, extra, 1, note, self.longs, size=9, italic=True, color=MUTED)
            spread(sheet, cell, len(names))
        spread(sheet, sheet["A1"], len(names))
        for (place, line), rank in self.outline.rows.items():
            if place == position:
                self.places[rank] = (sheet.title, f"A{line + 5}")

    def _verbatims(self) -> None:
        rows, part = [], ""
        for position, block in enumerate(self.document.blocks):
            if isinstance(block, Heading) and block.level < 3:
                part = block.text
            elif isinstance(block, Verbatim):
                role = _("Qualifies") if block.qualifies else _("Supports")
                rows.append((block.reference, part, block.words, block.attribution, role))
                name = self.sheets[position]
        if not rows:
            return
        sheet = self._sheet(name, _("Every quotation of the document"))
        header = [_("Reference"), _("Part"), _("Quotation"), _("Who speaks"), _("Role")]
        self.tables += 1
        lay_table(sheet, 4, header, rows, self.longs, rank=self.tables, widths=(11, 38, 70, 32, 11))
        for line, (reference, *_rest) in enumerate(rows, 5):
            rank = self.outline.targets.get(reference)
            if rank in self.places:
                link(put(sheet, line, 1, reference, self.longs), *self.places[rank])

    def _pictures(self) -> None:
        row, sheet = 4, None
        for position, block in enumerate(self.document.blocks):
            if not isinstance(block, Picture):
                continue
            sheet = sheet or self._sheet(self.sheets[position], _("Every figure of the document"))
            sheet.column_dimensions["A"].width = 96
            if row > 4:
                sheet.row_breaks.append(Break(id=row - 1))  # one figure a page
            label = f"{_('Figure')} {self.outline.numbers[position]}"
            put(sheet, row, 1, f"{label}. {block.caption}", self.longs, bold=True)
            image = Image(io.BytesIO(block.png))
            height = block.width * _PIXELS * image.height / image.width
            image.width, image.height = round(block.width * _PIXELS), round(height)
            sheet.add_image(image, f"A{row + 1}")
            under = row + 2 + round(height / _LINE)
            put(sheet, under, 1, block.alternative, self.longs, size=9, color=MUTED)
            row += 5 + round(height / _LINE)

    def _long_texts(self) -> None:
        if not self.longs.rows:
            return
        sheet = self._sheet(self.longs.sheet, _("Texts too long for a cell"))
        header = [_("Cell"), _("Piece"), _("Text")]
        self.tables += 1
        lay_table(
            sheet, 4, header, list(self.longs.rows), self.longs,
            rank=self.tables, widths=(24, 9, 100),
        )  # fmt: skip


def _sober(theme: bytes) -> bytes:
    """Take away the fonts of forty scripts: some bear the names of people."""
    return re.sub(rb"<a:font [^>]*/>", b"", theme)


def _described(pictures: list[Picture]) -> Callable[[bytes], bytes]:
    """Return what gives the drawings of a sheet their alternative texts."""

    def describe(part: bytes) -> bytes:
        root = etree.fromstring(part)
        for rank, frame in enumerate(root.iter("{*}cNvPr")):
            frame.set("name", f"{_('Figure')} {rank + 1}")
            frame.set("descr", printable(pictures[rank].alternative))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return describe
