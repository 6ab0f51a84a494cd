"""A process that has loaded the program once, and forks the workers that it kills.

Run as ``python -m keeping.killing``: each line received is a :class:`Job` in JSON, each line sent
back a :class:`Death`.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Literal

from cpit_research.study import anchors, check, code, ingest, sheets  # noqa: F401  before the fork
from cpit_research.study.sharing import merge  # noqa: F401  before the fork
from cpit_research.study.study import Study
from keeping.small_studies import ROOT, occasion
from keeping.states import JOURNAL
from keeping.work import WORKS, run

#: When to kill: at any moment, once a transaction writes, or once a file is being copied.
Aim = Literal["never", "any", "transaction", "copy"]
_AFTER = {"transaction": 0.005, "copy": 0.002}  # seconds that such a moment lasts, about
_BEGUN = b"begun\n"


@dataclass(frozen=True)
class Job:
    """Who must be killed, on which study and when."""

    work: str
    folder: str
    aim: Aim
    seed: int = 0
    lasts: float = 0.0
    first_id: int = 1


@dataclass(frozen=True)
class Death:
    """What became of one worker.

    `acknowledged` counts the steps that it told done; `journal` and `copy` say what it was
    interrupted in: a transaction, or the writing of a file.
    """

    killed: bool
    acknowledged: int
    journal: bool
    copy: bool
    lasted: float
    said: str


class Killer:
    """The other side of that process."""

    def __init__(self) -> None:
        paths = os.pathsep.join((str(ROOT / "tests"), str(ROOT)))
        threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "keeping.killing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **threads, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
            text=True,
        )

    def __call__(self, job: Job) -> Death:
        """Have one worker work, and die."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asdict(job)) + "\n")
        self._process.stdin.flush()
        return Death(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()


@contextmanager
def killer() -> Iterator[Killer]:
    """Start the process, and end it."""
    one = Killer()
    try:
        yield one
    finally:
        one.close()


def _serve() -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(_kill(Job(**json.loads(line))))) + "\n")
        sys.stdout.flush()


def _kill(job: Job) -> Death:
    hear, tell = os.pipe()
    worker = os.fork()
    if not worker:
        _work(job, tell)
    os.close(tell)
    begun = os.read(hear, len(_BEGUN))
    start = time.perf_counter()
    if begun == _BEGUN:
        _wait(job, Random(job.seed), hear)
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    lasted = time.perf_counter() - start
    with os.fdopen(hear, "rb") as pipe:
        said = pipe.read().decode()
    _pid, status = os.waitpid(worker, 0)
    folder = Path(job.folder)
    data = folder / "data"
    return Death(
        os.WIFSIGNALED(status),
        sum(line.startswith("done ") for line in said.splitlines()),
        (data / JOURNAL).exists(),
        any(folder.rglob("*.tmp")),
        lasted,
        "" if os.WIFSIGNALED(status) or not os.waitstatus_to_exitcode(status) else said,
    )


def _work(job: Job, tell: int) -> None:
    try:
        with Study(job.folder, occasion=occasion(job.first_id)) as study:
            os.write(tell, _BEGUN)
            run(WORKS[job.work], study, 0, lambda rank: os.write(tell, b"done %d\n" % rank))
    except BaseException:  # noqa: BLE001  told to the other side
        os.write(tell, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


def _wait(job: Job, chance: Random, hear: int) -> None:
    """Wait for the moment of the kill, or for the end of the worker."""
    if job.aim == "never":
        _ended(hear, None)
    elif not _ended(hear, chance.uniform(0, job.lasts)) and job.aim in _AFTER:
        data = Path(job.folder) / "data"
        while not _seen(job.aim, data):
            if _ended(hear, 0):
                return
        time.sleep(chance.uniform(0, _AFTER[job.aim]))


def _seen(aim: Aim, data: Path) -> bool:
    if aim == "transaction":
        return (data / JOURNAL).exists()
    return any(file.suffix == ".tmp" for file in (data / "raw").iterdir())


def _ended(hear: int, seconds: float | None) -> bool:
    """Wait for the worker to close its end of the pipe, so long; tell whether it did."""
    poll = select.poll()
    poll.register(hear, select.POLLHUP)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


if __name__ == "__main__":
    _serve()
