"""The garbage collector sleeps while much that lasts is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["undisturbed"]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let the garbage collector sleep until the end of the block, if it was awake.

    Where hundreds of thousands of things are made that all last, it would go through them again
    and again, a tenth of the whole time, and find nothing to collect.
    """
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if awake:
            gc.enable()
