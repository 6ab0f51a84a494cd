"""What happens, told to the page as it happens."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import anyio
from anyio import to_thread

from cpit_research.errors import CpitError
from cpit_research.workbench.desk import Desk

__all__ = ["Watch"]

#: Seconds between two looks at the study, and between two signs of life.
LOOK: Final = 0.25
BEAT: Final = 15.0


class Watch:
    """Looks at the study for the pages that listen.

    Whoever does something is answered first: as long as an answer is on its way, nothing is told.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answering = 0
        self._listening = 0
        self._alone_since = time.monotonic()
        self.closing = False

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Keep what happens from being told until the end of the block."""
        self._answering += 1
        try:
            yield
        finally:
            self._answering -= 1

    @property
    def alone(self) -> float:
        """Seconds since the last page was closed; 0 as long as one listens."""
        return 0.0 if self._listening else time.monotonic() - self._alone_since

    async def told(self, mark: str | None, coders: Sequence[str] = ()) -> AsyncIterator[str]:
        """Yield server-sent events, each with the mark from which to go on.

        Parameters
        ----------
        mark : str or None
            The last mark heard.
        coders : sequence of str
            Other coders whose work is shown beside.
        """
        self._listening += 1
        try:
            async for event in self._told(mark, coders):
                yield event
        finally:
            self._listening -= 1
            self._alone_since = time.monotonic()

    async def _told(self, mark: str | None, coders: Sequence[str]) -> AsyncIterator[str]:
        """Yield server-sent events, each with the mark from which to go on."""
        counter, beat = None, time.monotonic()
        yield "retry: 1000\n\n"
        while not self.closing:
            if not self._answering:
                counter, found = await to_thread.run_sync(self._look, counter, mark, coders)
                if found and (found["mark"] != mark or found["notes"] or found["reset"]):
                    yield _event(found)
                    beat = time.monotonic()
                mark = found["mark"] if found else mark
            if time.monotonic() - beat > BEAT:
                yield ": –\n\n"
                beat = time.monotonic()
            await anyio.sleep(LOOK)

    def _look(
        self, counter: int | None, mark: str | None, coders: Sequence[str]
    ) -> tuple[int | None, Any]:
        """Return what changes with the study, and what happened if it did.

        Both of one state: nobody takes the study off the desk between the two. A study that
        another process keeps for a moment is looked at again.
        """
        desk = self._desk
        with desk.lock, suppress(CpitError):
            now = desk.counter() if desk.has_study and desk.who else None
            if now in {None, counter}:
                return counter, None
            return now, desk.handle("changes", {"since": mark, "coders": list(coders)})
        return counter, None


def _event(found: Any) -> str:
    # JSON escapes line feeds: one line is one datum.
    return f"id: {found['mark']}\nevent: changes\ndata: {json.dumps(found)}\n\n"
