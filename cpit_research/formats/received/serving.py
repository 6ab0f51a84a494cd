"""The process apart, which reads what may be huge or hostile for :mod:`.apart`.

It knows nothing of a study: bytes and a name come in, a reading or the sentence of an error goes
out. It bounds its own memory, ends by itself when its parent does, and, whatever a reader is stuck
in, soon after the time that a file may take.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from dataclasses import astuple
from pathlib import Path
from typing import Any, BinaryIO, Final

from cpit_research.errors import FormatError
from cpit_research.formats.limits import FILE_BYTES, READING_BYTES, READING_SECONDS
from cpit_research.formats.received.frames import Frame, receive, send
from cpit_research.formats.received.reading import Read, Reading
from cpit_research.formats.received.sources import read_source
from cpit_research.wording import use_language

__all__ = ["bound", "serve"]

_STATUS: Final = Path("/proc/self/status")


def serve(read: Read, incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Read what is asked until nobody asks any more.

    Parameters
    ----------
    read : callable
        Reads a file: its bytes, its name, the speakers known.
    incoming, outgoing : binary streams
        Where the parent asks, and where it is answered.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        send(outgoing, {"ready": True})
        while (asked := receive(incoming, FILE_BYTES)) is not None:
            # The parent stops a reading that lasts; when there is no parent left, this does.
            faulthandler.dump_traceback_later(2 * READING_SECONDS, exit=True, file=nowhere)
            told, stretches = _answer(read, asked)
            faulthandler.cancel_dump_traceback_later()
            send(outgoing, {**told, "peak": _peak()}, stretches)


def bound() -> None:
    """Bound the memory of this process, where its system knows how."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":  # elsewhere a process is given more addresses than memory
            resource.setrlimit(resource.RLIMIT_AS, (READING_BYTES, READING_BYTES))


def _answer(read: Read, asked: Frame) -> Frame:
    told, (data,) = asked
    try:
        with use_language(told["language"]):
            reading = read(data, told["name"], told["speakers"])
        return _written(reading)
    except FormatError as error:
        return {"refused": _fields(error)}, []
    except MemoryError:
        return {"memory": True}, []


def _written(reading: Reading) -> Frame:
    told = {
        "reader": reading.reader,
        "header": dict(reading.header),
        "notices": reading.notices,
        "asides": [astuple(aside) for aside in reading.asides],
        "encoding": reading.encoding,
    }
    return told, [reading.text.encode(), reading.structure.pack().encode()]


def _fields(error: FormatError) -> dict[str, Any]:
    names = ("what", "path", "where", "exists", "remedy", "faults")
    return {name: getattr(error, name) for name in names}


def _peak() -> int:
    """Return the most memory that this process has held, in bytes; 0 where it is not known."""
    if not _STATUS.exists():
        return 0
    lines = _STATUS.read_text("ascii").split("\n")
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def _main() -> None:
    # What a native library prints goes nowhere, never between two messages.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    bound()
    serve(read_source, sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
