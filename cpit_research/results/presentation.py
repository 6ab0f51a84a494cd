"""From a result to a table that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cpit_research.results.document import Cell, Table
from cpit_research.results.result import Result
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    import pandas as pd


def present(
    result: Result, *, name: str = "", index: bool = True, notes: tuple[str, ...] | None = None
) -> Table:
    """Return the table of a result with its columns and vocabulary words named for people.

    Parameters
    ----------
    result : Result
        What to present.
    name : str
        Short name of the table, for a sheet.
    index : bool
        Show the index (ids) as the first column.
    notes : tuple of str, optional
        Sentences under the table; those of the result by default, its method first.
    """
    table = result.table
    totals = bool(len(table)) and table.index[-1] == "total"
    shown = [str(column) for column in table.columns]
    header = tuple(name_of(column) for column in shown)
    rows = [tuple(_cell(value) for value in row) for row in _values(table)]
    if index:
        ids = [str(key) for key in table.index]
        if totals:
            ids[-1] = ""
        header = (name_of(str("id" if table.index.name is None else table.index.name)), *header)
        rows = [(key, *row) for key, row in zip(ids, rows, strict=True)]
    said = notes if notes is not None else tuple(n for n in (result.method, *result.notes) if n)
    return Table(result.title, header, tuple(rows), name or result.title, said, totals)


def _values(table: pd.DataFrame) -> Any:
    return zip(
        *(_named(table[column].tolist(), str(column)) for column in table.columns), strict=True
    )


def _named(values: list[Any], column: str) -> list[Any]:
    return [name_of(value) for value in values] if column in {"visit_kind", "kind"} else values


def _cell(value: Any) -> Cell:
    return None if value is None or value != value else value  # noqa: PLR0124  NaN differs from itself
