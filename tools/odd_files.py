"""Write ``docs/odd-files.md``: what becomes of every odd file of the tests.

    python tools/odd_files.py    write the page; seconds and megabytes are printed, never written

Each file is read as an ingest reads it, in a process apart whatever its size.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from cpit_research.errors import FormatError
from cpit_research.formats.received.apart import Apart
from cpit_research.formats.received.reading import Reading
from cpit_research.wording import use_language

ROOT = Path(__file__).resolve().parent.parent

PAGE = ROOT / "docs" / "odd-files.md"
HEAD = """\
# Odd files

What becomes of each file of `tests/odd_files/`, written by `python tools/odd_files.py`. Each is
built by the tests, read in the process apart, and accepted or refused in less than 10 seconds and
512 MB.
[Canonical text](canonical-text.md) says how each format is laid out.
"""
COLUMNS = ("file", "what is odd", "characters", "parts", "set aside", "what is said")


def page(opened: Apart) -> Iterator[str]:
    """Yield the page, piece by piece, printing how long each file took."""
    yield HEAD
    for family, files in import_module("odd_files.gathered").families():
        yield f"\n## {family.replace('_', ' ').capitalize()}\n\n"
        yield _row(COLUMNS)
        yield _row(["---"] * len(COLUMNS))
        for odd in files:
            yield _row([f"`{odd.name}`", odd.about, *_became(opened, odd)])


def _became(opened: Apart, odd: Any) -> tuple[str, ...]:
    data = odd.build()
    started = time.perf_counter()
    try:
        told = _kept(opened.read_apart(data, odd.name))
    except FormatError as error:
        told = ("refused", "", "", str(error))
    seconds = time.perf_counter() - started
    print(f"{odd.name:32}{len(data):>12} bytes{seconds:8.2f} s", file=sys.stderr)
    return told


def _kept(reading: Reading) -> tuple[str, ...]:
    kinds = Counter(part.kind for part in reading.structure)
    asides = Counter(aside.kind for aside in reading.asides)
    return (
        str(len(reading.text)),
        _counted(kinds.items()),
        _counted(asides.items()),
        " ".join(reading.notices),
    )


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in sorted(counts))


def _row(cells: Iterable[str]) -> str:
    shown = (" ".join(cell.replace("|", "\\|").split()) for cell in cells)
    return f"| {' | '.join(shown)} |\n"


def main() -> None:
    """Write the page."""
    sys.path.insert(0, str(ROOT / "tests"))
    with use_language("en"), Apart() as opened:
        PAGE.write_text("".join(page(opened)), encoding="utf-8", newline="\n")
        print(f"most memory: {opened.peak / 2**20:.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
