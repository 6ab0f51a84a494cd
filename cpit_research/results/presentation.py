"""From a result to a table that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cpit_research.results.document import Cell, Table
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.results.result import Result


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
    header = [result.column_name(str(column)) for column in table.columns]
    columns = [_cells(values.tolist(), str(column)) for column, values in table.items()]
    if index:
        ids: list[Cell] = [str(key) for key in table.index]
        if totals:
            ids[-1] = ""
        header.insert(0, name_of(str("id" if table.index.name is None else table.index.name)))
        columns.insert(0, ids)
    rows = tuple(zip(*columns, strict=True))
    said = notes if notes is not None else tuple(n for n in (result.method, *result.notes) if n)
    return Table(result.title, tuple(header), rows, name or result.title, said, totals)


def _cells(values: list[Any], column: str) -> list[Cell]:
    """Return the cells of a column: None where nothing is known, names for vocabulary words."""
    if column in {"visit_kind", "kind", "status"}:
        return [name_of(value) for value in values]
    return [None if value is None or value != value else value for value in values]  # noqa: PLR0124  NaN
