"""A table as columns of plain Python values, whichever kind of table it was."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cpit_research.results.document import Table

__all__ = ["columns_of"]


def columns_of(table: Table | pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """Return the names and the columns of a table; a missing value is None.

    The index of a data frame comes first if it has a name, and is left out otherwise.

    Parameters
    ----------
    table : Table or pandas.DataFrame
        What to write.

    Returns
    -------
    names : list of str, shape (n_columns,)
        As written in the header.
    columns : list of list, shape (n_columns, n_rows)
        Python values: never a numpy scalar, never NaN.
    """
    if isinstance(table, Table):
        columns = [list(column) for column in zip(*table.rows, strict=True)]
        return list(table.header), columns or [[] for _name in table.header]
    named = [str(name) for name in table.index.names if name is not None]
    whole = table.reset_index() if len(named) == table.index.nlevels else table
    return [str(name) for name in whole.columns], [
        _plain(whole.iloc[:, rank]) for rank in range(whole.shape[1])
    ]


def _plain(column: pd.Series) -> list[Any]:
    missing = column.isna()
    values: list[Any] = column.tolist()
    if not missing.any():
        return values
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]
