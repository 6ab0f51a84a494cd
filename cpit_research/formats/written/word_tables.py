"""Tables of a Word document: header repeated, rows whole, widths fitted to the content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from cpit_research.formats.written.cells import figures_only, fitted_widths, shown
from cpit_research.formats.written.word_pieces import paragraph, run, w
from cpit_research.results.document import Table

__all__ = ["fact_table", "key_figures", "report_table"]

#: Width of the text, in twentieths of a point: 16 cm.
TEXT_WIDTH: Final = 9070
_KEPT_WHOLE: Final = 14  # rows; a shorter table does not straddle two pages

Lead = Callable[[int, str], list[BaseOxmlElement]]


def report_table(table: Table, *, lead: Lead, title: str) -> BaseOxmlElement:
    """Return a table of the document.

    Parameters
    ----------
    table : Table
        What to show.
    lead : function
        From the position of a row and the text of its first cell to the pieces of that cell: the
        place where a row of references gets its bookmark and the way back.
    title : str
        Alternative title, read by screen readers.
    """
    right = figures_only(table)
    whole = len(table.rows) <= _KEPT_WHOLE
    rows = [_row(table.header, right, header=True, keep=True)]
    decimals = table.decimals
    for position, cells in enumerate(table.rows):
        texts = [
            shown(cell, share=i in table.percent, decimals=decimals[i])
            for i, cell in enumerate(cells)
        ]
        keep = whole and position < len(table.rows) - 1
        rows.append(_row(texts, right, first=lead(position, texts[0]) if texts else [], keep=keep))
    widths = [round(TEXT_WIDTH * share) for share in fitted_widths(table)]
    return _grid("ReportTable", widths, rows, last_row=table.totals, title=title)


def fact_table(facts: tuple[tuple[str, str], ...]) -> BaseOxmlElement:
    """Return the short facts under the title, names on the left."""
    rows = [
        w("tr", w("trPr", w("cantSplit")), *(_cell([paragraph("TableText", run(t))]) for t in fact))
        for fact in facts
    ]
    return _grid("FactTable", [2270, 6800], rows, first_row=False, first_column=True)


def key_figures(items: tuple[tuple[str, str], ...]) -> BaseOxmlElement:
    """Return the key figures, side by side."""
    cells = [
        _cell([paragraph("KeyFigure", value), paragraph("KeyFigureLabel", counted)])
        for value, counted in items
    ]
    widths = [TEXT_WIDTH // len(items)] * len(items)
    row = w("tr", w("trPr", w("cantSplit")), *cells)
    return _grid("KeyFigureTable", widths, [row], first_row=False)


def _row(
    texts: tuple[str, ...] | list[str],
    right: tuple[bool, ...],
    *,
    first: list[BaseOxmlElement] | None = None,
    header: bool = False,
    keep: bool = False,
) -> BaseOxmlElement:
    cells = []
    for index, text in enumerate(texts):
        content = first if first is not None and index == 0 else [run(text)]
        cells.append(_cell([_cell_paragraph(content, right=right[index], keep=keep)]))
    return w("tr", w("trPr", w("cantSplit"), *([w("tblHeader")] if header else [])), *cells)


def _cell_paragraph(content: list[BaseOxmlElement], *, right: bool, keep: bool) -> BaseOxmlElement:
    properties = w("pPr", w("pStyle", val="TableNumber" if right else "TableText"))
    if keep:
        properties.append(w("keepNext"))
    return w("p", properties, *content)


def _cell(paragraphs: list[BaseOxmlElement]) -> BaseOxmlElement:
    return w("tc", w("tcPr"), *paragraphs)


def _grid(
    style: str,
    widths: list[int],
    rows: list[BaseOxmlElement],
    *,
    first_row: bool = True,
    last_row: bool = False,
    first_column: bool = False,
    title: str = "",
) -> BaseOxmlElement:
    for row in rows:
        for cell, width in zip(row.iter("{*}tcPr"), widths, strict=True):
            cell.insert(0, w("tcW", w=width, type="dxa"))
    look = _look(first_row=first_row, last_row=last_row, first_column=first_column)
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        look,
        *([w("tblCaption", val=title)] if title else []),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return w("tbl", properties, grid, *rows)


def _look(*, first_row: bool, last_row: bool, first_column: bool) -> BaseOxmlElement:
    """Say which conditional formats of the style apply, in both spellings (§ 17.4.55)."""
    bits = 0x0600 | first_row << 5 | last_row << 6 | first_column << 7
    return w(
        "tblLook",
        val=f"{bits:04X}",
        firstRow=int(first_row),
        lastRow=int(last_row),
        firstColumn=int(first_column),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
