"""How results look in a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable
from rich.text import Text

from cpit_research.cli.panels import Panel, panels
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.figures import number

if TYPE_CHECKING:
    from cpit_research.results.document import Table
    from cpit_research.results.result import Result

Item = TypeVar("Item")
#: Width when nobody tells it: in a file, a pipe.
_PIPED = 140
_STYLES = {"accepted": "green", "new_version": "cyan", "known": "dim", "refused": "bold red"}


def console() -> Console:
    """Return the console of results."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=_PIPED)


def error_console() -> Console:
    """Return the console of errors and progress."""
    return Console(stderr=True, highlight=False)


def say(sentence: str) -> None:
    """Print a sentence; the terminal breaks its lines, if it must."""
    console().print(sentence, markup=False, soft_wrap=True)


def say_error(sentence: str, *, after: str = "") -> None:
    """Print an error, and below it words in plain; the terminal breaks the lines, if it must."""
    out = error_console()
    out.print(sentence, style="bold red", markup=False, soft_wrap=True)
    if after:
        out.print(after, markup=False, soft_wrap=True)


def bar(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:
    """Yield `items` under a progress bar, shown on the error stream while it lasts."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    out = error_console()
    hidden = not out.is_terminal
    with Progress(*columns, console=out, transient=True, disable=hidden) as progress:
        yield from progress.track(items, total=total, description=title)


def print_json(value: Any) -> None:
    """Print a value as JSON, for programs."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def plain(value: Any, **more: str) -> Any:
    """Return a value in JSON's types: dates and ids in words."""
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()} | more
    if isinstance(value, list | tuple):
        return [plain(held) for held in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def print_table(table: Table, *, most: int = 40) -> None:
    """Print a table and its notes; a wide one in several panels, a long one cut, and it says so."""
    out = console()
    rows = [tuple(map(_shown, row, table.decimals)) for row in table.rows[:most]]
    out.print(Text(table.caption, style="bold"))
    if not rows:
        out.print(_("Nothing to show."), markup=False)
    shown = panels(table.header, _headed(rows), out.width) if rows else []
    for rank, panel in enumerate(shown):
        if rank:
            out.print()
        out.print(_grid_of(table, rows if rank == 0 else _headed(rows), panel))
    _tell_more(len(table.rows) - most)
    for note in table.notes:
        out.print(note, style="dim", markup=False, soft_wrap=not out.is_terminal)


def _headed(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return rows whose first cell is never empty: it heads every panel."""
    return [(next(filter(None, row), ""), *row[1:]) for row in rows]


def _grid_of(table: Table, rows: list[tuple[str, ...]], panel: Panel) -> RichTable:
    shown = RichTable(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 0), collapse_padding=True
    )
    for at, width in zip(panel.columns, panel.widths, strict=True):
        figures = any(isinstance(row[at], int | float) for row in table.rows)
        shown.add_column(
            escape(table.header[at]),
            justify="right" if figures else "left",
            overflow="fold",
            width=width,
        )
    for row in rows:
        shown.add_row(*(escape(row[at]) for at in panel.columns))
    return shown


def print_concordance(result: Result, *, most: int = 100) -> None:
    """Print the occurrences of a search, one under the other by document."""
    out = console()
    out.print(Text(result.title, style="bold"))
    document = ""
    for row in result.table.head(most).itertuples():
        if row.source != document:
            document = str(row.source)
            out.print(Text(document, style="cyan"))
        before, words, after = (" ".join(str(part).split(" ")) for part in row[4:7])
        line = Text("  … ").append(before).append(words, style="bold").append(after).append(" …")
        line.plain = line.plain.replace("\n", " ")
        out.print(line)
    _tell_more(len(result.table) - most)


def _tell_more(more: int) -> None:
    if more > 0:
        said = ngettext(
            "… and {n} more row (--to FILE writes them all).",
            "… and {n} more rows (--to FILE writes them all).",
            more,
        )
        console().print(said.format(n=number(more)), markup=False)


def state_style(state: str) -> str:
    """Return the style of the state of a file."""
    return _STYLES.get(state, "")


def _shown(cell: object, decimals: int = 0) -> str:
    if isinstance(cell, int | float):
        return number(cell, decimals)
    return "" if cell is None else " ".join(str(cell).split())
