"""A table's cells as readers see them, and the room its columns need."""

from __future__ import annotations

from datetime import date

from cpit_research.formats.characters import printable
from cpit_research.results.document import Cell, Table
from cpit_research.wording import language
from cpit_research.wording.figures import long_date, number, percent

__all__ = ["figures_only", "fitted_widths", "quoted", "run_in", "shown"]

# In characters of a table: a line of the page, the longest word kept whole, a cell's margins, how
# much wider bold is, and the width beyond which sentences do better on several lines.
_LINE = 104
_LONGEST_WORD = 22
_MARGINS = 3.0
_BOLD = 1.12
_WIDEST = 60
_NBSP = "\u00a0"


def shown(cell: Cell, *, share: bool = False, decimals: int = 0) -> str:
    r"""Return a cell in words: numbers grouped, shares as percentages, dates in full.

    Examples
    --------
    >>> shown(0.25, share=True), shown(1234), shown(1.0, decimals=2), shown(None)
    ('25\u202f%', '1\u202f234', '1,00', '')
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
        case _:
            return number(cell, decimals)


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

    Nearest to those of the table if it gives them, else what the content asks for: no word is
    broken while there is room, and the columns of sentences share what is left.
    """
    asked = [_asked(table, index) for index in range(len(table.header))]
    if table.widths:
        scale = _LINE / (sum(table.widths) or 1.0)
        asked = [(low, max(low, width * scale)) for (low, _best), width in
                 zip(asked, table.widths, strict=True)]  # fmt: skip
    least, most = (sum(bounds) for bounds in zip(*asked, strict=True))
    part = max(0.0, min(1.0, (_LINE - least) / ((most - least) or 1.0)))
    widths = [low + part * (high - low) for low, high in asked]
    whole = sum(widths) or 1.0
    return tuple(width / whole for width in widths)


def _asked(table: Table, index: int) -> tuple[float, float]:
    """Return the least and the best width of a column, in characters, margins included."""
    header = table.header[index]
    share, decimals = index in table.percent, table.decimals[index]
    cells = [shown(row[index], share=share, decimals=decimals) for row in table.rows[:200]]
    bold = _BOLD * max(map(len, header.split()), default=1)
    words = max((len(word) for text in cells for word in text.split()), default=1)
    least = min(_LONGEST_WORD, max(bold, words)) + _MARGINS
    lines = max(len(header) // 2 + 2, min(_WIDEST, max(map(len, cells), default=0)))
    return least, max(least, lines + _MARGINS)


def run_in(label: str) -> str:
    """Return a run-in head with the stop that parts it from the text.

    Examples
    --------
    >>> run_in("Portée"), run_in("Pourquoi ?")
    ('Portée.', 'Pourquoi ?')
    """
    return f"{label}." if label[-1:].isalnum() else label


def quoted(words: str) -> str:
    r"""Return words between the quotation marks of the language.

    Examples
    --------
    >>> quoted("Le mandat est flou.")
    '«\xa0Le mandat est flou.\xa0»'
    """
    words = printable(words)
    return f"“{words}”" if language() == "en" else f"«{_NBSP}{words}{_NBSP}»"
