"""Seconds of CPU and of the clock, the best of several runs, and what they are held against."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_ENOUGH = 2.0  # seconds of CPU: beyond, a further run would teach little


@dataclass
class Patience:
    """How often a measure is made again, at most."""

    runs: int = 5


PATIENCE = Patience()


@dataclass(frozen=True)
class Timing:
    """The best run, by CPU: the clock also counts what else the machine does.

    Parameters
    ----------
    cpu, wall : float
        Seconds of that run.
    runs : int
        How many there were.
    share : float
        Part of the work that was done: a slow limit runs on a sample.
    """

    cpu: float
    wall: float
    runs: int = 1
    share: float = 1.0

    @property
    def whole(self) -> float:
        """Seconds of CPU of all the work."""
        return self.cpu / self.share


@dataclass(frozen=True)
class Row:
    """One line of the table: what the library does, and bare libraries beside it."""

    what: str
    items: int
    unit: str
    ours: Timing
    limits: Mapping[str, Timing] = field(default_factory=dict)
    peak: float = 0.0
    aim: str = ""


def peak() -> float:
    """Return the most memory that this process has held, in MB (resident set)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def once(work: Callable[[], object]) -> Timing:
    """Time one run."""
    wall, cpu = time.perf_counter(), _cpu()
    kept = work()
    timing = Timing(_cpu() - cpu, time.perf_counter() - wall)
    del kept
    return timing


def _cpu() -> float:
    """Return the seconds of CPU of this process and of those that it has started, once ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def compare(
    what: str,
    items: int,
    unit: str,
    ours: Callable[[], object],
    limits: Mapping[str, Callable[[], object]] | None = None,
    *,
    aim: str = "",
    between: Callable[[], object] | None = None,
    shares: Mapping[str, float] | None = None,
) -> Row:
    """Time the library and its limits in turn, so that a busy machine slows both alike.

    Parameters
    ----------
    what, unit, aim : str
        For the table.
    items : int
        How many are handled.
    ours : callable
        What the library does. Run until :data:`_ENOUGH` seconds, no more than :data:`PATIENCE`.
    limits : mapping of str to callable
        The same by bare libraries.
    between : callable, optional
        Puts things back before each run of ours, out of the count.
    shares : mapping of str to float
        Part of the work that a limit does, when it runs on a sample.
    """
    gc.collect()
    done: dict[str, list[Timing]] = {}
    memory, spent = 0.0, 0.0
    while not spent or (spent < _ENOUGH and len(done[""]) < PATIENCE.runs):
        if between:
            between()
        done.setdefault("", []).append(once(ours))
        memory = memory or peak()
        for name, limit in (limits or {}).items():
            if not done.get(name) or done[name][0].cpu < _ENOUGH:
                done.setdefault(name, []).append(once(limit))
        spent += done[""][-1].cpu
    best = {name: _best(runs, (shares or {}).get(name, 1.0)) for name, runs in done.items()}
    return Row(what, items, unit, best.pop(""), best, memory, aim)


def _best(runs: list[Timing], share: float = 1.0) -> Timing:
    fastest = min(runs, key=lambda run: run.cpu)
    return Timing(fastest.cpu, fastest.wall, len(runs), share)


def fresh(program: str, *arguments: str, runs: int = 3) -> tuple[Timing, float]:
    """Time a program in a process of its own, start of Python included; return its peak too."""
    done: list[tuple[Timing, float]] = []
    for _run in range(min(runs, PATIENCE.runs)):
        wall = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", program, *arguments])
        _pid, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, program)
        timing = Timing(used.ru_utime + used.ru_stime, time.perf_counter() - wall)
        done.append((timing, used.ru_maxrss / 2**10))
    return _best([timing for timing, _memory in done]), max(memory for _timing, memory in done)


def to_json(row: Row) -> dict[str, Any]:
    """Return a row as it is written in the JSON file."""
    return {
        "what": row.what,
        "items": row.items,
        "unit": row.unit,
        **vars(row.ours),
        "limits": {name: vars(limit) for name, limit in row.limits.items()},
        "peak": row.peak,
        "aim": row.aim,
    }


def from_json(stated: Mapping[str, Any]) -> Row:
    """Return the row that :func:`to_json` wrote."""
    timing = {name: stated[name] for name in ("cpu", "wall", "runs", "share")}
    return Row(
        stated["what"],
        stated["items"],
        stated["unit"],
        Timing(**timing),
        {name: Timing(**limit) for name, limit in stated["limits"].items()},
        stated["peak"],
        stated["aim"],
    )
