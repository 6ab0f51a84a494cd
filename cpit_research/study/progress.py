"""Telling how far a long task is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Something that shows the progress of a task over a known number of items."""

    def __call__(self, items: Iterable[Item], title: str, total: int) -> Iterable[Item]:
        """Yield `items`, showing how many of `total` have gone by."""


def silent(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:  # noqa: ARG001  not told
    """Show nothing."""
    yield from items
