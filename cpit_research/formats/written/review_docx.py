"""Writing a review copy as a Word document: tables that the partner laboratory fills in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docx.enum.section import WD_ORIENT
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from cpit_research.formats.atomic import replace_file
from cpit_research.formats.review_copy import (
    ADDITIONS,
    CHOOSE,
    FACTS,
    FILLED,
    OPINION_WORDS,
    SPARE,
    TEXT,
    Reviewed,
    reviewed,
    submitted,
)
from cpit_research.formats.seal import core_properties, seal
from cpit_research.formats.written.word_base import blank
from cpit_research.formats.written.word_pieces import field, paragraph, run, w
from cpit_research.formats.written.word_tables import fact_table
from cpit_research.model.grid import Grid
from cpit_research.wording import gettext as _
from cpit_research.wording import language

if TYPE_CHECKING:
    from docx.document import Document as Word

__all__ = ["write_review_docx"]

_COLUMNS: Final = ("code", TEXT, *FILLED.values())
#: In twentieths of a point: 26.7 cm.
_WIDTHS: Final = (980, 6900, 1500, 3360, 1200, 1200)
_LINE: Final = "C5CED8"
_GREY: Final = "8894A0"
_HEADER: Final = "D6E4F0"
_FAMILY: Final = "F3F6F9"
_MARGIN: Final = Cm(1.5)
_SPARE_HEIGHT: Final = 700
_OPINION: Final = list(FILLED).index("opinion")


def write_review_docx(
    path: str | Path, grid: Grid, *, made: datetime, author: str, notes: tuple[str, ...]
) -> None:
    """Write the review copy of a version of the grid: the same grid and date, the same bytes.

    Parameters
    ----------
    path : str or Path
        Word file to write.
    grid, made, author, notes
        As for the workbook: the version, the date, who asks, what a reviewer must know.
    """
    title = _("Review copy of the grid {version}").format(version=grid.version)
    word = blank(language())
    _turn(word, title)
    body = word.element.body
    for element in (*_opening(grid, title, notes), *_tables(grid)):
        body.insert(len(body) - 1, element)  # before the section's properties, which end it
    stream = io.BytesIO()
    word.save(stream)
    core = core_properties(
        title=title, subject=grid.title, author=author, made=made, language=language()
    )
    replace_file(path, seal(stream.getvalue(), core=core))


def _turn(word: Word, title: str) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Cm(1.8)
    footer = section.footer._element  # noqa: SLF001 - no public way to a whole paragraph
    pages = [*field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")]
    footer[:] = [paragraph("Footer", title, w("r", w("tab")), *pages)]


def _opening(grid: Grid, title: str, notes: tuple[str, ...]) -> Iterator[BaseOxmlElement]:
    yield paragraph("Title", title)
    yield paragraph("Subtitle", grid.title)
    known = {"grid": grid.version, "fingerprint": grid.fingerprint}
    facts = ((label.capitalize(), known.get(field, "")) for field, label in FACTS.items())
    yield fact_table(tuple(facts))
    if grid.warning:
        yield paragraph("Important", grid.warning)
    for note in notes:
        line = paragraph("ListBullet", note)
        line[0].append(w("numPr", w("ilvl", val=0), w("numId", val=1)))
        yield line


def _tables(grid: Grid) -> Iterator[BaseOxmlElement]:
    for axis, codes in groupby(reviewed(grid), key=lambda one: one.axis):
        yield paragraph("Heading1", axis)
        yield _table([_code_row(one) for one in codes], axis)
        yield paragraph("Spacer")
    yield paragraph("Heading1", ADDITIONS)
    yield _table([_spare_row(code) for code, n in SPARE.items() for _rank in range(n)], ADDITIONS)
    yield paragraph("Spacer")


def _table(rows: Iterable[BaseOxmlElement], title: str) -> BaseOxmlElement:
    edges = (
        w(edge, val="single", sz=4, space=0, color=_LINE)
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    header = [_cell([paragraph("TableText", run(name, style="Strong"))], _HEADER)
              for name in _COLUMNS]  # fmt: skip
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="TableNormal"),
            w("tblW", w=sum(_WIDTHS), type="dxa"),
            w("tblBorders", *edges),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=80, type="dxa") for side in ("left", "right"))),
            w("tblCaption", val=title),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in _WIDTHS)),
        w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *header),
        *rows,
    )
    for row in table.iter("{*}tr"):
        for cell, width in zip(row.iter("{*}tcPr"), _WIDTHS, strict=True):
            cell.insert(0, w("tcW", w=width, type="dxa"))
    return table


def _code_row(one: Reviewed) -> BaseOxmlElement:
    shade = _FAMILY if one.is_family else ""
    (_none, name), *rest = submitted(one.code)
    told = [paragraph("TableText", run(name, style="Strong"))]
    for label, words in rest:
        head = [run(f"{label}\u00a0: ", style="Strong")] if label else []
        told.append(paragraph("TableText", *head, words))
    code = _cell([paragraph("TableText", run(one.code.id, style="Strong"))], shade)
    return w("tr", w("trPr", w("cantSplit")), code, _cell(told, shade), *_to_fill())


def _spare_row(code: str) -> BaseOxmlElement:
    properties = w("trPr", w("cantSplit"), w("trHeight", val=_SPARE_HEIGHT, hRule="atLeast"))
    return w("tr", properties, _cell([paragraph("TableText", code)]), _empty(), *_to_fill())


def _to_fill() -> list[BaseOxmlElement]:
    cells = [_empty() for _field in FILLED]
    cells[_OPINION] = _cell([w("p", w("pPr", w("pStyle", val="TableText")), _choice())])
    return cells


def _choice() -> BaseOxmlElement:
    """Return a drop-down list of opinions, over which a word may also be typed."""
    listed = [w("listItem", displayText=word, value=word) for word in OPINION_WORDS.values()]
    properties = w(
        "sdtPr", w("alias", val=FILLED["opinion"]), w("showingPlcHdr"), w("comboBox", *listed)
    )
    grey = run(CHOOSE)
    grey.insert(0, w("rPr", w("color", val=_GREY)))
    return w("sdt", properties, w("sdtContent", grey))


def _cell(content: list[BaseOxmlElement], shade: str = "") -> BaseOxmlElement:
    filled = [w("shd", val="clear", color="auto", fill=shade)] if shade else []
    return w("tc", w("tcPr", *filled), *content)


def _empty() -> BaseOxmlElement:
    return _cell([paragraph("TableText")])
