"""Asking again until it is so: a page that forbids `unsafe-eval` cannot be asked to wait."""

import time
from collections.abc import Callable
from typing import Any, Final

PATIENCE: Final = 20.0
#: What a browser keeps of somebody who has been here before: no first steps are shown.
BEEN_HERE: Final = "localStorage.setItem('cpit.kept.met', 'true')"


def soon(said: Callable[[], Any], *, within: float = PATIENCE) -> Any:
    """Return what is said once it is true; fail if it does not come true."""
    end = time.monotonic() + within
    while not (found := said()):
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)
    return found
