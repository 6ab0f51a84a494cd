"""Write a table as a csv that opens well where analysts open it.

In French: ``;`` between cells and a decimal comma, as French Excel reads and writes them; in
English: ``,`` and a point. UTF-8 with a byte order mark, else Excel shows « Ã© ». In pandas:
``pandas.read_csv(path, sep=";", decimal=",")``.

A text that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab
or a line end) gets an apostrophe in front, and so does one that already begins with apostrophes
followed by such a sign: :func:`unguarded` takes exactly one away, hence nothing is lost. Numbers
stay numbers.

References
----------
OWASP Foundation. *CSV Injection*.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cpit_research.formats.atomic import replacing
from cpit_research.formats.written.columns import columns_of
from cpit_research.wording import language

if TYPE_CHECKING:
    import pandas as pd

    from cpit_research.results.document import Table

__all__ = ["unguarded", "write_table_csv"]

_FIRST: Final = frozenset("=+-@\t\r\n'＝＋－＠")
_RUNS: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def write_table_csv(table: Table | pd.DataFrame, path: str | Path) -> int:
    """Write a table as csv, whole or not at all.

    Parameters
    ----------
    table : Table or pandas.DataFrame
        What to write; the index of a data frame is written if it has a name.
    path : str or Path
        File to write or replace.

    Returns
    -------
    int
        Number of cells that got an apostrophe in front, to be told to whoever reads the file.

    Raises
    ------
    FormatError
        If the file cannot be written.
    """
    french = language() == "fr"
    names, columns = columns_of(table)
    header, count = _guard(names)
    written = []
    for column in columns:
        cells, guarded = _guard(column)
        count += guarded
        written.append(_spelt(cells, french=french))
    with replacing(path) as stream:
        text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
        sheet = csv.writer(text, delimiter=";" if french else ",")
        sheet.writerow(header)
        sheet.writerows(zip(*written, strict=True))
        text.flush()
        text.detach()
    return count


def unguarded(text: str) -> str:
    """Return a cell of a written csv as it was in the table.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("''-"), unguarded("'oui'")
    ('=1+1', "'-", "'oui'")
    """
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def _guard(column: list[Any]) -> tuple[list[Any], int]:
    """Put an apostrophe before the texts that would run; say how many."""
    risky = [
        rank
        for rank, cell in enumerate(column)
        if type(cell) is str and cell[:1] in _FIRST and _RUNS.match(cell)
    ]
    if risky:
        column = list(column)
        for rank in risky:
            column[rank] = f"'{column[rank]}"
    return column, len(risky)


def _spelt(column: list[Any], *, french: bool) -> list[Any]:
    """Spell dates in ISO 8601, booleans as 0 and 1, and decimals as the language does."""
    kinds = set(map(type, column))
    if french and float in kinds:
        column = [repr(cell).replace(".", ",") if type(cell) is float else cell for cell in column]
    if bool in kinds:
        column = [int(cell) if type(cell) is bool else cell for cell in column]
    if any(issubclass(kind, date) for kind in kinds):
        column = [cell.isoformat() if isinstance(cell, date) else cell for cell in column]
    return column
