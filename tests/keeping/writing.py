"""One of several processes that write in one study at once.

Run as ``python -m keeping.writing FOLDER TASK …``: it says that it is ready, waits for a line,
works, and says what it has done, one line each.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cpit_research.errors import CpitError
from cpit_research.study.study import Study
from keeping.small_studies import ROOT, marks


def together(folder: Path, tasks: Sequence[Sequence[str]]) -> list[list[str]]:
    """Do tasks at once, each in a process of its own; return what each one said."""
    paths = os.pathsep.join((str(ROOT / "tests"), str(ROOT)))
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "keeping.writing", str(folder), *task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
            text=True,
        )
        for task in tasks
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[0].split("\n")[:-1] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), said
    return said


def _code(study: Study, coder: str, number: str) -> None:
    """Put codes one by one, and say the id of each one once it is put."""
    for segment, code in marks(study, int(number)):
        _say(study.code(segment, code, coder=coder).id.hex)


def _sheet(study: Study, path: str) -> None:
    (row,) = study.sheet_import([path]).rows
    _say(str(row.added))


def _ingest(study: Study, path: str) -> None:
    (row,) = study.ingest([path]).rows
    _say(row.state)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


_TASKS: dict[str, Callable[..., None]] = {
    "code": _code,
    "sheet": _sheet,
    "ingest": _ingest,
}


def _main(folder: str, task: str, *rest: str) -> None:
    with Study(folder) as study:
        assert study.corpus
        assert study.grid()
        _say("ready")
        sys.stdin.readline()
        try:
            _TASKS[task](study, *rest)
        except CpitError as error:
            _say(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    _main(*sys.argv[1:])
