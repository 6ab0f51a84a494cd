"""The desk at the scale to come: every call that reads widely, first, then after an act.

    python benchmarks --only desk                    2,000 territories, 6,000 notes, 300,000 codings
    python benchmarks --only desk --sizes 600        a tenth of it
    python benchmarks/desk_to_come.py FOLDER         on a study made already: it codes a note of it

Beside each, what SQLite alone takes to give the rows that the answer stands on.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Thread
from time import perf_counter
from uuid import UUID

import uuid_utils
from field import CODER
from place import ROOT
from stopwatch import Timing, once

import cpit_research as cpit
from cpit_research.workbench.desk import Desk

NOTES = 6_000
#: Seconds hoped for the first time; after an act, for all of them.
_FIRST = {"notes": 1.5, "suggestions": 1.0, "decisions": 1.0}
_AFTER = 0.15
_CODE = "S11"
_TEXTS = "SELECT id, text, structure FROM text_version"
_EVENTS = 'SELECT id, subject, version, start, "end", code, actor, payload FROM event'
#: What SQLite reads for each call.
_READ = {
    "notes": (_TEXTS, _EVENTS),
    "suggestions": (f"{_EVENTS} WHERE kind = 'suggest'", _TEXTS),
    "decisions": (f"{_EVENTS} WHERE kind = 'decide'",),
    "debt": (),
    "codebook": (),
    "rounds": (),
}
_WORDS = ("e", "maire", "cœur de bourg", "l’eau")


def lines(notes: int) -> Iterator[str]:
    """Make the study in another process, then yield what the desk takes on it."""
    with tempfile.TemporaryDirectory(prefix="cpit-desk-") as place:
        folder = Path(place) / "study"
        for script in (("programme.py", str(folder), str(notes)), ("desk_to_come.py", str(folder))):
            path = Path(__file__).with_name(script[0])
            done = subprocess.run(
                [sys.executable, str(path), *script[1:]],
                cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8",
            )  # fmt: skip
        yield from done.stdout.rstrip().split("\n")


def measured(folder: Path) -> Iterator[str]:
    """Yield the table of one study."""
    database = str(folder / "data" / "study.sqlite")
    with cpit.open_study(folder) as study:
        begun, desk = resident(), Desk(study, coder=CODER)
        yield f"desk, {_size(database)}; s of CPU (s of the clock)"
        yield f"{'':<28}{'first':>18}{'after an act':>18}{'sqlite3':>18}{'aims':>14}{'MB':>7}"
        yield _line("hello", _asked(desk, "hello"), memory=begun)
        acts = _Acts(desk)
        for name, statements in _READ.items():
            first = _asked(desk, name)
            acts.one()
            after = _asked(desk, name)
            yield _line(name, first, after, once(lambda: _bare(database, statements)))  # noqa: B023
        yield _line("an act", once(acts.one), once(acts.one))
        for words in _WORDS:
            yield _line(f"search “{words}”", _asked(desk, "search", words=words))
        yield _line("an act, a search under way", _beside(desk, acts))


def _asked(desk: Desk, name: str, **params: object) -> Timing:
    return once(lambda: desk.handle(name, params))


class _Acts:
    """Codings put one after the other on a note in the middle of the list."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places = count()
        self._note: dict[str, str] = {}

    def one(self) -> object:
        """Put one."""
        if not self._note:
            rows = self._desk.handle("notes", {})
            self._note = self._desk.handle("note", {"source": rows[len(rows) // 2]["source"]})
        key, at = str(UUID(bytes=uuid_utils.uuid7().bytes)), next(self._places)
        words = {"start": at, "end": at + 20, "quote": self._note["text"][at : at + 20]}
        stated = {"id": key, "subject": key, "seen": [], "kind": "apply", "code": _CODE}
        where = {name: self._note[name] for name in ("source", "version")}
        return self._desk.handle("perform", {"acts": [{**stated, **where, **words}]})


def _beside(desk: Desk, acts: _Acts) -> Timing:
    """Return the longest act while a search of one letter goes on."""
    seeking = Thread(target=lambda: desk.handle("search", {"words": "e"}))
    seeking.start()
    done = [once(acts.one)]
    begun = perf_counter()
    while seeking.is_alive() and perf_counter() - begun < 5:
        done.append(once(acts.one))
    seeking.join()
    return max(done, key=lambda one: one.wall)


def _bare(database: str, statements: tuple[str, ...]) -> int:
    connection = sqlite3.connect(database)
    read = sum(len(connection.execute(statement).fetchall()) for statement in statements)
    connection.close()
    return read


def _size(database: str) -> str:
    connection = sqlite3.connect(database)
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM source), (SELECT sum(words) FROM text_version), "
        "(SELECT count(*) FROM event WHERE kind = 'apply'), "
        "(SELECT count(*) FROM event WHERE kind = 'suggest'), "
        "(SELECT count(*) FROM event WHERE kind = 'decide')"
    ).fetchone()
    connection.close()
    named = zip(counts, ("notes", "words", "codings", "suggestions", "decisions"), strict=True)
    return ", ".join(f"{n:,} {name}".replace(",", " ") for n, name in named)


def _line(
    what: str,
    first: Timing,
    after: Timing | None = None,
    bare: Timing | None = None,
    *,
    memory: float = 0,
) -> str:
    aims = f"{_FIRST[what]:g} / {_AFTER:g} s" if what in _FIRST else ""
    timed = "".join(
        f"{'' if one is None else f'{one.cpu:.3f} ({one.wall:.3f})':>18}"
        for one in (first, after, bare)
    )
    return f"{what:<28}{timed}{aims:>14}{memory or resident():>7.0f}"


def resident() -> float:
    """Return the memory that this process holds now, in MB; its peak where only that is told."""
    told = Path("/proc/self/statm")
    if told.exists():
        return int(told.read_text("ascii").split()[1]) * 4096 / 2**20
    from stopwatch import peak

    return peak()


if __name__ == "__main__":
    print("\n".join(measured(Path(sys.argv[1]))))
