"""A result in a cell of a notebook: its table as people read it, and never all of a long one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from cpit_research.results.document import Cell, Table
from cpit_research.results.presentation import present
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext, notebook
from cpit_research.wording.figures import long_date, number, percent
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd

    from cpit_research.results.result import Result

__all__ = ["result_html"]

#: Beyond these nobody reads on, and the notebook grows heavy.
ROWS: Final = 200
COLUMNS: Final = 40
CHARACTERS: Final = 100_000
#: Columns of what surrounds words: on one line, and the first against them.
_AROUND: Final = {"before": "b", "after": ""}
_SHARES: Final = frozenset({"prevalence"})
_ID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


def result_html(result: Result) -> str:
    """Return what a notebook shows of a result: title, table, method and notes.

    Ids that tell a reader nothing are left out, and so are the rows and columns beyond the first
    ones (the total is kept); a sentence says how many.
    """
    whole = result.table
    part = replace(result, table=_first(whole))
    index = _tells(whole.index)
    read = present(part, index=index)
    names = [*([str(whole.index.name)] if index else []), *map(str, part.table.columns)]
    sides = [_side(name, column) for name, column in zip(names, _columns(read), strict=True)]
    rows = list(_rows(read, names, sides))
    more = (*_more(len(whole) - len(rows), whole.shape[1] - len(part.table.columns)), *read.notes)
    if not rows:
        return notebook.shown(result.title, notes=(_("Nothing to show."), *more))
    return notebook.shown(result.title, notebook.table(read.header, rows, sides), notes=more)


def _first(table: pd.DataFrame) -> pd.DataFrame:
    """Return the first rows and columns, and the total that a last row is."""
    rows = list(range(min(len(table), ROWS)))
    if len(table) > ROWS and table.index[-1] == "total":
        rows.append(len(table) - 1)
    return table.iloc[rows, :COLUMNS]


def _tells(index: pd.Index[str]) -> bool:
    """Tell whether an index says something to a reader that the columns do not."""
    first = [str(key) for key in index[:ROWS]]
    if index.name is None or not first:
        return False
    ids = all(_ID.fullmatch(key) for key in first)
    return not ids and not all(name_of(key) != key for key in first)


def _columns(table: Table) -> Sequence[Sequence[Cell]]:
    return list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.header)


def _side(name: str, cells: Sequence[Cell]) -> str:
    """Return the side of a column: numbers stand on the right."""
    known = [cell for cell in cells if cell is not None]
    figures = known and all(isinstance(cell, int | float) for cell in known)
    return "n" if figures else _AROUND.get(name, "")


def _rows(table: Table, names: Sequence[str], sides: Sequence[str]) -> Iterator[str]:
    """Yield the rows while there is room, at least one, and the total."""
    taken, last, decimals = 0, len(table.rows) - 1, table.decimals
    for rank, cells in enumerate(table.rows):
        total = table.totals and rank == last
        if taken > CHARACTERS and not total:
            continue
        said = map(_said, cells, names, sides, decimals)
        made = notebook.row(list(said), sides, total=total)
        taken += len(made)
        yield made


def _said(cell: Cell, name: str, side: str, decimals: int) -> str:
    """Return a cell in words."""
    match cell:
        case None:
            return "–" if side == "n" else ""
        case bool():
            return name_of("yes" if cell else "no")
        case int() | float():
            said = percent(cell, 1) if name in _SHARES else number(cell, decimals)
            return said.replace("-", "\N{MINUS SIGN}")
        case date():
            return long_date(cell)
        case str() if name in _AROUND:
            return " ".join(cell.split())
        case str() if name == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
            return long_date(date.fromisoformat(cell))
        case _:
            return str(cell)


def _more(rows: int, columns: int) -> Iterator[str]:
    """Say what is not shown."""
    if rows > 0:
        yield ngettext(
            "… and {n} more row, in “.table”.", "… and {n} more rows, in “.table”.", rows
        ).format(n=number(rows))
    if columns > 0:
        yield ngettext(
            "… and {n} more column, in “.table”.", "… and {n} more columns, in “.table”.", columns
        ).format(n=number(columns))
