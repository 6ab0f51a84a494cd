"""How results look in a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable

from cpit_research.wording import gettext as _
from cpit_research.wording.figures import number

if TYPE_CHECKING:
    from cpit_research.results.document import Table

Item = TypeVar("Item")
_STYLES = {"accepted": "green", "new_version": "cyan", "known": "dim", "refused": "bold red"}


def console() -> Console:
    """Return the console of results."""
    return Console(soft_wrap=False, highlight=False)


def error_console() -> Console:
    """Return the console of errors and progress."""
    return Console(stderr=True, highlight=False)


def bar(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:
    """Yield `items` under a progress bar, shown on the error stream while it lasts."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=error_console(), transient=True) as progress:
        yield from progress.track(items, total=total, description=title)


def print_json(value: Any) -> None:
    """Print a value as JSON, for programs."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_table(table: Table, *, most: int = 40) -> None:
    """Print a table and its notes; long ones are cut, and say so."""
    shown = RichTable(title=table.caption, title_justify="left", title_style="bold")
    for at, name in enumerate(table.header):
        figures = any(isinstance(row[at], int | float) for row in table.rows)
        shown.add_column(name, justify="right" if figures else "left", overflow="fold")
    for row in table.rows[:most]:
        shown.add_row(*(_shown(cell) for cell in row))
    out = console()
    out.print(shown)
    if len(table.rows) > most:
        more = len(table.rows) - most
        out.print(
            _("… and {n} more rows (--to FILE writes them all).").format(n=number(more)),
            markup=False,
        )
    for note in table.notes:
        out.print(note, style="dim", markup=False)


def state_style(state: str) -> str:
    """Return the style of the state of a file."""
    return _STYLES.get(state, "")


def _shown(cell: object) -> str:
    if isinstance(cell, int | float):
        return number(cell, 0 if float(cell).is_integer() else 2)
    return "" if cell is None else str(cell).replace("[", r"\[")
