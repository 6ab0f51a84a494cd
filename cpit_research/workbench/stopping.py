"""What asks a program to stop besides Ctrl+C: its terminal that closes, a session that ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["Stop", "heard"]

#: Its terminal was closed; it is asked to end, as when the machine goes down; Ctrl+Break. Windows
#: says that a terminal closes too, but ends the program before Python has heard it.
_ASKING: Final = ("SIGHUP", "SIGTERM", "SIGBREAK")


class Stop:
    """How the program stops: as by Ctrl+C, as long as nothing runs that can be told to."""

    def __init__(self) -> None:
        self.how: Callable[[], object] = _as_by_ctrl_c

    def __call__(self, *_signal: object) -> None:
        """Stop, once: a terminal often says twice that it closes, and what is let go takes time."""
        how, self.how = self.how, _stopping
        how()


@contextmanager
def heard() -> Iterator[Stop]:
    """Hear what asks to stop, until the end of the block.

    What whoever started this program made it deaf to, as ``nohup`` does, it stays deaf to.
    """
    stop = Stop()
    in_main = threading.current_thread() is threading.main_thread()  # others hear no signal
    asking = [getattr(signal, name) for name in _ASKING if in_main and hasattr(signal, name)]
    taken = [one for one in asking if signal.getsignal(one) is signal.SIG_DFL]
    for one in taken:
        signal.signal(one, stop)
    try:
        yield stop
    finally:
        for one in taken:
            signal.signal(one, signal.SIG_DFL)


def _as_by_ctrl_c() -> None:
    raise KeyboardInterrupt


def _stopping() -> None:
    """Do nothing: it is under way."""
