"""The server as it runs: a port of this machine alone, until Ctrl+C."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import traceback
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Final

import uvicorn

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server.app import build_app
from cpit_research.workbench.server.doors import Door
from cpit_research.workbench.server.place import Place
from cpit_research.workbench.server.sessions import Sessions
from cpit_research.workbench.server.streaming import Watch

__all__ = ["Running", "listen"]

_LOOPBACK: Final = "127.0.0.1"


def listen(port: int, preferred: int = 0) -> socket.socket:
    """Return a socket that listens to this machine alone.

    Parameters
    ----------
    port : int
        The port asked for; 0 for one that is free.
    preferred : int
        Of those, the one taken if it is free.

    Raises
    ------
    Conflict
        If another program has the port asked for.
    """
    if not 0 <= port <= 65_535:
        raise InvalidInput(_("{port} is not a port: it goes from 1 to 65535.").format(port=port))
    try:
        return _bound(port or preferred)
    except OSError as error:
        if port or not preferred:
            raise _taken(error, port) from error
    return listen(0)


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would share the port with whoever has it
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((_LOOPBACK, port))
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def _taken(error: OSError, port: int) -> Conflict:
    if error.errno == errno.EADDRINUSE:
        return Conflict(
            _("The port {port} is taken by another program.").format(port=port),
            remedy=_("Choose another one, or none: one that is free will be found."),
        )
    return Conflict(
        _("The port {port} cannot be used: {reason}.").format(port=port, reason=reason_of(error)),
        remedy=_("Choose another one, or none: one that is free will be found."),
    )


class Running:
    """A server for one desk.

    Parameters
    ----------
    desk : Desk
        What answers.
    port : int
        Where; 0 for the usual one of the study, or for one that is free.
    entered : callable
        Told the new link each time a browser was let in by the one before.
    idle : float
        Seconds after which it stops by itself once no page is open; 0 for never.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        port: int = 0,
        entered: Callable[[str], object] = lambda _link: None,
        idle: float = 0,
    ) -> None:
        place = Place.of(desk)
        self._socket = listen(port, place.port)
        number = int(self._socket.getsockname()[1])
        #: Whether the usual port is taken, perhaps by another workbench of this study.
        self.moved = not port and place.port not in {0, number}
        place.at(number)
        self.door = Door(number)
        self.sessions = Sessions(place.secret, number, entered, self.door)
        desk.quit = self.stop
        self._watch = Watch(desk)
        config = uvicorn.Config(
            build_app(desk, self.sessions, self._watch),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
        self._server = _Server(config, self._watch, idle)

    @property
    def link(self) -> str:
        """Address that lets one browser in, once."""
        return self.sessions.link

    @property
    def started(self) -> bool:
        """Whether it answers."""
        return bool(self._server.started)

    def run(self) -> None:
        """Answer until somebody stops it."""
        _quiet()
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Stop answering; from another thread."""
        self._watch.closing = True
        self._server.should_exit = True


class _Server(uvicorn.Server):
    """A server that tells listening pages that it goes."""

    def __init__(self, config: uvicorn.Config, watch: Watch, idle: float) -> None:
        super().__init__(config)
        self._watch = watch
        self._idle = idle

    async def on_tick(self, counter: int) -> bool:
        """Tell, ten times a second, whether to stop: so it is once every page was closed."""
        if self._idle and self._watch.alone > self._idle:
            self._watch.closing = True
            return True
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._watch.closing = True
        super().handle_exit(sig, frame)


class _Places(logging.Formatter):
    """Says where something failed, never in which words: they may be those of a note."""

    def formatException(  # noqa: N802  logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | Any
    ) -> str:
        kind, _error, trace = ei
        steps = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
        return "\n  ".join((kind.__name__, *steps[-12:]))


def _quiet() -> None:
    """Log failures alone, without the words of anything."""
    log = logging.getLogger("uvicorn.error")
    log.propagate = False
    log.setLevel(logging.ERROR)
    if not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(_Places("%(message)s"))
        log.addHandler(handler)
