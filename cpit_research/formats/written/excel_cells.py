"""What Excel accepts: texts, names of sheets and of columns.

References
----------
ECMA-376-1 (2016), § 18.3.1.93 (``_xHHHH_`` escapes), § 18.5 (tables). Microsoft, *Excel
specifications and limits*: 32,767 characters in a cell, 31 in the name of a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cpit_research.formats.characters import pieces, printable, units
from cpit_research.wording import gettext as _

__all__ = ["CELL_UNITS", "ROWS", "LongTexts", "SheetNames", "column_names", "excel_text"]

#: UTF-16 code units that a cell holds.
CELL_UNITS: Final = 32_767
#: Rows of a sheet.
ROWS: Final = 1_048_576
_SHEET_UNITS: Final = 31
_PIECE: Final = 32_000
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


def excel_text(text: str) -> str:
    """Return `text` such that Excel shows it as it is.

    Examples
    --------
    >>> excel_text("code_x0041_")
    'code_x005F_x0041_'
    """
    return _ESCAPE.sub("_x005F_", printable(text))


class LongTexts:
    """Cut the texts that no cell can hold, and keep every piece for a sheet of their own.

    Attributes
    ----------
    sheet : str
        Name of that sheet.
    rows : list of (str, int, str)
        Place, number of the piece, piece.
    """

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.rows: list[tuple[str, int, str]] = []

    def fit(self, text: str, place: str) -> str:
        """Return `text`, or its beginning and where the rest is."""
        text = excel_text(text)
        if len(text) * 2 <= CELL_UNITS or units(text) <= CELL_UNITS:
            return text
        cut = pieces(text, _PIECE)
        self.rows.extend((place, rank, piece) for rank, piece in enumerate(cut, 1))
        told = _("(continued: {sheet}, {place})").format(sheet=self.sheet, place=place)
        return f"{cut[0]} {told}"


class SheetNames:
    """Give sheets legal names, each once."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps it for itself

    def take(self, wanted: str) -> str:
        """Return the name nearest to the one wanted that Excel accepts and no sheet bears.

        Examples
        --------
        >>> names = SheetNames()
        >>> names.take("Avis / réserves"), names.take("avis   réserves")
        ('Avis réserves', 'avis réserves (2)')
        """
        base = " ".join(_FORBIDDEN.sub(" ", printable(wanted)).split()).strip("'") or "1"
        name, rank = _cut(base, _SHEET_UNITS), 1
        while name.casefold() in self._taken:
            rank += 1
            mark = f" ({rank})"
            name = _cut(base, _SHEET_UNITS - len(mark)) + mark
        self._taken.add(name.casefold())
        return name


def _cut(text: str, limit: int) -> str:
    return pieces(text, limit)[0].strip(" '")


def column_names(header: Iterable[str]) -> list[str]:
    """Return names that a table of Excel accepts: none empty, none twice, none on two lines."""
    names: list[str] = []
    taken: set[str] = set()
    for rank, wanted in enumerate(header, 1):
        base = pieces(" ".join(printable(wanted).split()), 240)[0]
        base = base or _("Column {rank}").format(rank=rank)
        name, copy = base, 1
        while name.casefold() in taken:
            copy += 1
            name = f"{base} ({copy})"
        taken.add(name.casefold())
        names.append(excel_text(name))
    return names
