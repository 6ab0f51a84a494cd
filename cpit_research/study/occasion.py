"""The one seam through which clock, ids and chance enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import uuid_utils


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> bytes:
    return uuid_utils.uuid7().bytes


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, under which ids and by which chance things happen.

    Parameters
    ----------
    now : callable
        Returns the time, in UTC.
    new_id : callable
        Returns the 16 bytes of a fresh UUIDv7.
    seed : int
        Seed of every draw.
    """

    now: Callable[[], datetime] = _now
    new_id: Callable[[], bytes] = _new_id
    seed: int = 20190704

    def milliseconds(self) -> int:
        """Return the time in milliseconds since 1970."""
        return int(self.now().timestamp() * 1000)
