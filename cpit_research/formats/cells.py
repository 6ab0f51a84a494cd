"""A table's cells as readers see them, and the room its columns need."""

from __future__ import annotations

import math
from datetime import date

from cpit_research.formats.characters import printable
from cpit_research.results.document import Cell, Table
from cpit_research.wording import language
from cpit_research.wording.figures import long_date, number, percent

__all__ = ["figures_only", "fitted_widths", "quoted", "shown"]

_WIDEST = 44
_NBSP = "\u00a0"


def shown(cell: Cell, *, share: bool = False) -> str:
    """Return a cell in words: numbers grouped, shares as percentages, dates in full.

    Examples
    --------
    >>> shown(0.25, share=True), shown(1234), shown(None)
    ('25\\u202f%', '1\\u202f234', '')
    """
    match cell:
        case None:
            return ""
        case str():
            return printable(cell)
        case date():
            return long_date(cell)
        case _ if share:
            return percent(cell)
        case float() if not math.isnan(cell) and not cell.is_integer():
            return number(cell, 2)
        case _:
            return number(cell)


def figures_only(table: Table) -> tuple[bool, ...]:
    """Tell, for each column, whether it holds numbers alone (and is aligned on the right)."""
    columns = zip(*table.rows, strict=True) if table.rows else ([] for _name in table.header)
    return tuple(
        any(cell is not None for cell in column)
        and all(cell is None or isinstance(cell, int | float) for cell in column)
        for column in map(list, columns)
    )


def fitted_widths(table: Table) -> tuple[float, ...]:
    """Return the relative widths of the columns, which add up to 1.

    Those of the table if it gives them, else what the content asks for: a column of figures is
    narrow, a column of sentences takes the rest.
    """
    widths = table.widths or tuple(map(float, _asked(table)))
    whole = sum(widths) or 1.0
    return tuple(width / whole for width in widths)


def _asked(table: Table) -> list[int]:
    asked = []
    for index, name in enumerate(table.header):
        longest_word = max(map(len, name.split()), default=0)
        cells = [len(shown(row[index])) for row in table.rows[:200]]
        asked.append(max(5, longest_word + 2, min(_WIDEST, max(cells, default=0) + 1)))
    return asked


def quoted(words: str) -> str:
    """Return words between the quotation marks of the language.

    Examples
    --------
    >>> quoted("Le mandat est flou.")
    '«\\xa0Le mandat est flou.\\xa0»'
    """
    words = printable(words)
    return f"“{words}”" if language() == "en" else f"«{_NBSP}{words}{_NBSP}»"
