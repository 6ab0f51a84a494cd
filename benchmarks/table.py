"""The table that people read, and the machine it was made on."""

from __future__ import annotations

import math
import os
import platform
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from stopwatch import Row

_LIBRARIES = ("cpit-research", "numpy", "pandas", "lxml", "SQLAlchemy", "openpyxl", "python-docx")
_HEAD = (
    f"{'':<46}{'CPU s':>9}{'wall s':>9}{'runs':>5}{'per CPU second':>25}{'aim':>11}{'growth':>8}"
    f"{'peak MB':>9}  the limits, in CPU s (ours / theirs)"
)


def circumstances() -> dict[str, str]:
    """Return when, on what machine and with which libraries the measures were made."""
    processor = platform.processor() or platform.machine()
    told = Path("/proc/cpuinfo")
    if told.exists():
        models = [line for line in told.read_text("utf-8").split("\n") if "model name" in line]
        processor = models[0].partition(":")[2].strip() if models else processor
    libraries = []
    for name in _LIBRARIES:
        try:
            libraries.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            libraries.append(f"{name} (not installed)")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "machine": f"{platform.system()} {platform.release()}, {processor}, "
        f"{os.cpu_count()} cores{load}",
        "python": f"{platform.python_implementation()} {sys.version.split()[0]}, "
        f"SQLite {sqlite3.sqlite_version}",
        "libraries": ", ".join(libraries),
    }


def lines(measures: Mapping[int, list[Row]]) -> Iterator[str]:
    """Yield the table, a part a size; growth is from the size before."""
    for fact, value in circumstances().items():
        yield f"{fact}: {value}"
    before: dict[str, tuple[int, Row]] = {}
    for size, rows in sorted(measures.items()):
        yield ""
        yield f"{size:,} notes".replace(",", " ")
        yield _HEAD
        for row in rows:
            yield _line(size, row, before.get(row.what))
        before = {row.what: (size, row) for row in rows}
    yield ""
    yield (
        "CPU s: best of the runs (several while they last under two seconds in all), user and "
        "system; wall s: the same run. growth: exponent of CPU s from the size above. peak: "
        "resident memory of the process so far; each measure has its own. Limits run in the same "
        "process, in turn with ours, on the same data; a sampled one is brought to the whole."
    )


def _line(size: int, row: Row, before: tuple[int, Row] | None) -> str:
    rate = f"{_short(row.items / row.ours.cpu)} {row.unit}" if row.ours.cpu else ""
    growth = ""
    if before and before[1].ours.cpu and row.ours.cpu:
        exponent = math.log(row.ours.cpu / before[1].ours.cpu) / math.log(size / before[0])
        growth = f"{exponent:.2f}"
    limits = ", ".join(
        f"{name} {limit.whole:.3f} ({row.ours.cpu / limit.whole:.1f} x)"
        for name, limit in row.limits.items()
        if limit.cpu
    )
    return (
        f"{row.what:<46}{row.ours.cpu:>9.3f}{row.ours.wall:>9.3f}{row.ours.runs:>5}{rate:>25}"
        f"{row.aim:>11}{growth:>8}{row.peak:>9.0f}  {limits}"
    )


def _short(rate: float) -> str:
    return f"{rate:,.0f}".replace(",", " ") if rate >= 10 else f"{rate:.1f}"
