"""Times, rates and memory of the library beside bare libraries: ``make bench``.

Notes are drawn from a seed and written into a temporary study. Each measure runs in a process of
its own; nothing is asserted.

    python benchmarks                       50, 500 and 5,000 notes, every measure
    python benchmarks --sizes 50,500        less
    python benchmarks --only search,csv     these measures, and those that they need
    python benchmarks --only passages       passages carried to corrected notes, counted
    python benchmarks --only formats        every format that is read, beside bare libraries
    python benchmarks --only coefficients   coefficients of 2 and 5 coders, beside other libraries
    python benchmarks --only sentences      sentences held against those written by hand
    python benchmarks --only gamma          free spans: unitizing alpha, best alignments
    python benchmarks --only intervals      intervals of agreement, what they cover
    python benchmarks --only page           the page of the workbench in Chromium: opening, keys
    python benchmarks --only desk           the desk on 6,000 notes and 300,000 codings
    python benchmarks --json bench.json     the numbers as well
    python benchmarks --runs 1              each measure once: does it run at all?
    python benchmarks --here                in this process: to profile (peaks then add up)
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from place import Place
from stopwatch import PATIENCE, Row, from_json, to_json
from table import circumstances, lines

_SIZES = (50, 500, 5_000)
#: Notes of the programme to come, measured on the desk when nothing smaller is asked.
_TO_COME = 6_000
#: Each in the module and the function named; only those asked for are loaded.
_MEASURES = {
    "ingest": "ingesting.measure",
    "codings": "coding.measure",
    "merge": "merging.measure",
    "open": "opening.measure",
    "crosstab": "counting.measure_crosstab",
    "search": "counting.measure_search",
    "shown": "counting.measure_shown",
    "agreement": "agreement.measure",
    "csv": "exporting.measure_csv",
    "xlsx": "exporting.measure_xlsx",
    "check": "exporting.measure_check",
    "workbench": "desk.measure",
}
#: Tables of their own, made once, whatever the sizes: how large, for so many notes.
_ONCE: dict[str, tuple[str, Callable[[int], int]]] = {
    "coefficients": ("coefficients.lines", int),
    "passages": ("moving.lines", lambda notes: min(notes, 400)),
    "formats": ("formats.lines", lambda notes: min(notes, 200)),
    "sentences": ("sentences.lines", int),
    "gamma": ("spans.lines", lambda notes: min(notes, 500)),
    "page": ("workbench_page.lines", int),
    "desk": ("desk_to_come.lines", lambda notes: _TO_COME if notes == max(_SIZES) else notes),
    "intervals": ("intervals.lines", lambda notes: 2 * min(notes, 500)),
}
#: What the others stand on: the study and its codings.
_FIRST = ("ingest", "codings")


def main() -> None:
    """Run what is asked and print the table."""
    asked = _arguments()
    PATIENCE.runs = asked.runs
    if asked.child:
        rows = _made(Place(Path(asked.child), asked.size), asked.only)
        print(json.dumps([to_json(row) for row in rows]))
        return
    every = [*_MEASURES, *_ONCE]
    wanted = asked.only.split(",") if asked.only else every
    unknown = sorted(set(wanted) - set(every))
    if unknown:
        sys.exit(f"No measure is called {', '.join(unknown)}; they are {', '.join(every)}.")
    measured = [name for name in wanted if name in _MEASURES]
    if measured:
        _by_size(asked, measured)
    largest = max(map(int, asked.sizes.split(",")))
    for name in wanted:
        if name in _ONCE:
            function, size_of = _ONCE[name]
            print("\n".join(["", *_named(function)(size_of(largest))]))


def _by_size(asked: argparse.Namespace, wanted: list[str]) -> None:
    """Make the measures of each size, print their table, write their numbers if asked."""
    order = list(_MEASURES)
    last = max(map(order.index, wanted))
    names = [name for name in order[: last + 1] if name in wanted or name in _FIRST]
    measures: dict[int, list[Row]] = {}
    for size in sorted(map(int, asked.sizes.split(","))):
        with tempfile.TemporaryDirectory(prefix="cpit-bench-") as folder:
            place = Place(Path(folder), size)
            measured = ((name, _rows(place, name, here=asked.here)) for name in ("notes", *names))
            measures[size] = [row for name, rows in measured if name in wanted for row in rows]
    print("\n".join(lines(measures)))
    if asked.json:
        told = {str(size): [to_json(row) for row in rows] for size, rows in measures.items()}
        whole = {**circumstances(), "notes": told}
        Path(asked.json).write_text(json.dumps(whole, indent=1, ensure_ascii=False), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python benchmarks", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--sizes", default=",".join(map(str, _SIZES)), help="numbers of notes")
    parser.add_argument("--only", default="", help=f"among {', '.join([*_MEASURES, *_ONCE])}")
    parser.add_argument("--json", default="", help="file to write the numbers in")
    parser.add_argument("--runs", type=int, default=PATIENCE.runs, help="most of each measure")
    parser.add_argument("--here", action="store_true", help="all in this process, to profile it")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _rows(place: Place, name: str, *, here: bool) -> list[Row]:
    """Return the rows of one measure, made in a child process unless asked here."""
    print(f"{place.size:,} notes: {name}…".replace(",", " "), file=sys.stderr, flush=True)
    if here:
        return _made(place, name)
    command = [sys.executable, str(Path(__file__).parent), "--child", str(place.folder)]
    done = subprocess.run(
        [*command, "--size", str(place.size), "--only", name, "--runs", str(PATIENCE.runs)],
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return [from_json(row) for row in json.loads(done.stdout)]


def _made(place: Place, name: str) -> list[Row]:
    """Make one measure; the first only writes the notes."""
    if name == "notes":
        place.prepare()
        return []
    return list(_named(_MEASURES[name])(place))


def _named(function: str) -> Callable[..., Iterator[Any]]:
    module, _dot, name = function.partition(".")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    main()
