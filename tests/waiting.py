"""Asking again until it is so: a page that forbids `unsafe-eval` cannot be asked to wait."""

import time
from collections.abc import Callable
from typing import Any, Final

PATIENCE: Final = 30.0
#: What a browser keeps of somebody who has been here before: no first steps are shown.
BEEN_HERE: Final = "localStorage.setItem('cpit.kept.met', 'true')"


def soon(said: Callable[[], Any], *, within: float = PATIENCE) -> Any:
    """Return what is said once it is true; fail if it does not come true."""
    end = time.monotonic() + within
    while not (found := said()):
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)
    return found


def becomes(said: Callable[[], Any], wanted: Any) -> None:
    """Wait until what is said is what is wanted; fail with both if it does not come."""
    end = time.monotonic() + PATIENCE
    while (found := said()) != wanted and time.monotonic() < end:
        time.sleep(0.02)
    assert found == wanted


def still(said: Callable[[], Any], *, apart: float = 0.3) -> Any:
    """Return what is said once it is the same twice, so many seconds apart."""
    end = time.monotonic() + PATIENCE
    before = said()
    while True:
        time.sleep(apart)
        if (now := said()) == before:
            return now
        assert time.monotonic() < end, "it did not come to rest in time"
        before = now
