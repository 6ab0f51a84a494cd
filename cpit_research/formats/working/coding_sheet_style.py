"""The looks of a coding sheet: quiet, one colour a role, the text black on white."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle

RowPart = Literal["side", "text", "free", "strong"]

__all__ = ["RowPart", "add_looks", "row_look"]

_INK: Final = "1F2933"
_BLUE: Final = "23527C"
_FILLS: Final = {
    "banner": "FBEAD2",
    "header": _BLUE,
    "heading": "D6E4F0",
    "odd": "FFFFFF",
    "even": "F3F6F9",
}
_GREY: Final = "66727F"
_BOLD: Final = frozenset({"banner", "header", "heading", "name"})
_CENTRED: Final = frozenset({"banner", "header", "heading"})


def add_looks(book: Workbook, parts: Sequence[RowPart] = ("side", "text", "free")) -> None:
    """Give a workbook the named styles of coding sheets.

    A row has parts: ``side`` (number, document), ``text``, and ``free``, typed in, which is text
    whatever it looks like; ``strong`` is ``free`` in bold. ``first`` begins a document.
    """
    for kind in ("banner", "header", "name", "plain", "note"):
        book.add_named_style(_look(kind))
    for kind, part, first in product(("heading", "odd", "even"), parts, (False, True)):
        book.add_named_style(_look(kind, part=part, first=first))


def row_look(part: RowPart, *, heading: bool, odd: bool, first: bool) -> str:
    """Return the name of the style of a cell of passages; `odd` alternates documents."""
    return _name("heading" if heading else "odd" if odd else "even", part, first=first)


def _name(kind: str, part: RowPart | None, *, first: bool) -> str:
    return " ".join(word for word in ("cpit", kind, part, "first" if first else "") if word)


def _look(kind: str, *, part: RowPart | None = None, first: bool = False) -> NamedStyle:
    from openpyxl.styles import (
        Alignment,
        Border,
        Font,
        NamedStyle,
        PatternFill,
        Side,
    )

    look = NamedStyle(_name(kind, part, first=first))
    colour = {"header": "FFFFFF", "banner": "8A4B08"}.get(kind, _GREY if part == "side" else _INK)
    look.font = Font(
        name="Calibri",
        size=9 if part == "side" else 11,
        bold=part == "strong" or (kind in _BOLD and part in {None, "text"}),
        italic=kind == "note",
        color=colour,
    )
    if kind in _FILLS:
        look.fill = PatternFill("solid", fgColor=_FILLS[kind])
    look.alignment = Alignment(
        wrap_text=kind != "banner",
        vertical="center" if kind in _CENTRED else "top",
        horizontal="left",
    )
    line = Side(style="thin", color="C5CED8")
    top = Side(style="medium", color=_BLUE) if first else line
    if kind not in {"banner", "note"}:
        look.border = Border(left=line, right=line, bottom=line, top=top)
    look.number_format = "@" if part in {"free", "strong"} else "General"
    return look
