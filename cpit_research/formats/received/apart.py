"""Reading in a process apart what may be huge or hostile, so that a file cannot harm the others.

Small files are read at once: readers cost no more than the length of what they are given. What is
large, inflates much, or goes to a reader that is not written in Python, is read by one process
that is started when first needed, has bounded memory, and is stopped when a file takes too long.
Whatever happens there, the file is refused with a sentence and the next one is read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path, PurePath
from threading import Timer
from types import TracebackType
from typing import Any, BinaryIO, Final, Self, cast

from cpit_research.errors import FormatError
from cpit_research.formats.archive import announced
from cpit_research.formats.limits import (
    FILE_BYTES,
    LIGHT_BYTES,
    LIGHT_INFLATED_BYTES,
    READING_BYTES,
    READING_SECONDS,
)
from cpit_research.formats.received.frames import Frame, receive, send
from cpit_research.formats.received.reading import Aside, Reading
from cpit_research.formats.received.sources import read_source, reader_of
from cpit_research.model.structure import Structure
from cpit_research.wording import gettext as _
from cpit_research.wording import language

__all__ = ["Apart", "is_light"]

#: Suffixes whose reader is a native library: always read apart.
_NATIVE: Final = frozenset({".pdf"})
_PROGRAM: Final = ("-P", "-m", "cpit_research.formats.received.serving")
#: What opens the correspondence table is none of its business.
_SECRETS: Final = "CPIT_TABLE"
_STARTING_SECONDS: Final = 60
_PACKAGE: Final = str(Path(__file__).resolve().parents[3])


class Apart:
    """Reads files, in a process apart those that may be huge or hostile.

    Attributes
    ----------
    peak : int
        The most memory that a process apart has said it held, in bytes; 0 when it does not know.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process apart, if there is one; another starts when needed."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def read(self, data: bytes, name: str, speakers: Collection[str] = ()) -> Reading:
        """Read one document where it should be, as :func:`.sources.read_source` does.

        Raises
        ------
        FormatError
            With `path`, as `read_source` does; or if reading takes too long or too much memory,
            or stops the process that reads.
        """
        if not is_light(data, name):
            return self.read_apart(data, name, speakers)
        try:
            return read_source(data, name, speakers)
        except MemoryError as error:
            raise _too_much_memory(name) from error

    def read_apart(self, data: bytes, name: str, speakers: Collection[str] = ()) -> Reading:
        """Read one document in the process apart, whatever it is.

        Raises
        ------
        FormatError
            As :meth:`read` does.
        """
        asked = {"name": name, "speakers": list(speakers), "language": language()}
        child = self._ready()
        answer = child.answer(READING_SECONDS, asked, data)
        if answer is None or child.late:
            self.close()
        if answer is None:
            raise _too_long(name) if child.late else _stopped(name)
        told, stretches = answer
        self.peak = max(self.peak, told["peak"])
        if "refused" in told:
            raise FormatError(**told["refused"])
        if "memory" in told:
            self.close()  # what is left of it may be short of memory
            raise _too_much_memory(name)
        return _reading(told, *(stretch.decode() for stretch in stretches))

    def _ready(self) -> _Child:
        """Return the process apart, started if there is none or if something has ended it."""
        if self._child is not None and not self._child.lives():
            self.close()
        if self._child is None:
            self._child = _Child()
        return self._child


class _Child:
    """A process that reads, and may be stopped at any time."""

    def __init__(self) -> None:
        #: It was stopped because it took too long.
        self.late = False
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, *_PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._asking = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self.answer(_STARTING_SECONDS)  # that it is ready

    def answer(
        self, seconds: float, asked: dict[str, Any] | None = None, data: bytes = b""
    ) -> Frame | None:
        """Return what the process answers; None if it stops, or is stopped, before it does."""
        alarm = Timer(seconds, self._stop)
        alarm.daemon = True
        alarm.start()
        try:
            if asked is not None:
                send(self._asking, asked, [data])
            return receive(self._answers, READING_BYTES)
        except (OSError, EOFError, ValueError):
            return None
        finally:
            alarm.cancel()
            alarm.join()

    def lives(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._answers.close()
        with suppress(OSError):  # what was never sent
            self._asking.close()

    def _stop(self) -> None:
        self.late = True
        self._process.kill()


def is_light(data: bytes, name: str) -> bool:
    """Tell whether a file can be read at once: small, and not for a native library.

    Examples
    --------
    >>> is_light(b"Bonjour", "V03.txt"), is_light(b"Bonjour" * 100_000, "V03.txt")
    (True, False)
    """
    if not reader_of(name) or len(data) > FILE_BYTES:
        return True  # it is refused at once
    return (
        PurePath(name).suffix.lower() not in _NATIVE
        and len(data) <= LIGHT_BYTES
        and announced(data) <= LIGHT_INFLATED_BYTES
    )


def _environment() -> dict[str, str]:
    """Return the environment of the process: it finds the modules that this one has found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    places = [place for place in sys.path if place]
    found = places if _PACKAGE in places else [_PACKAGE, *places]
    return {**kept, "PYTHONPATH": os.pathsep.join(found)}


def _reading(told: dict[str, Any], text: str, structure: str) -> Reading:
    return Reading(
        text=text,
        structure=Structure.unpack(structure),
        reader=told["reader"],
        header=told["header"],
        notices=tuple(told["notices"]),
        asides=tuple(Aside(*aside) for aside in told["asides"]),
        encoding=told["encoding"],
    )


def _too_long(name: str) -> FormatError:
    return FormatError(
        _("Reading the file takes more than {limit} seconds.").format(limit=READING_SECONDS),
        path=name,
        remedy=_split(),
    )


def _too_much_memory(name: str) -> FormatError:
    return FormatError(
        _("Reading the file takes more than {limit} MB of memory.").format(
            limit=READING_BYTES // 2**20
        ),
        path=name,
        remedy=_split(),
    )


def _stopped(name: str) -> FormatError:
    return FormatError(
        _("The file stops the program that reads it: it is damaged, or made to harm."),
        path=name,
        remedy=_("Ask for it again, or open it in its application and save it again."),
    )


def _split() -> str:
    return _("Remove what is not text, split it, or save it as .txt.")
