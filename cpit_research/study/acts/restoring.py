"""Bringing back what was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from cpit_research.store.standing import Head
from cpit_research.study import episodes
from cpit_research.study.acts.hand import Hand

__all__ = ["restore_one"]


def restore_one(hand: Hand, base: Head, heads: Sequence[Head], *, id: UUID | None = None) -> None:
    """Bring back one thing as it was; what stands is left as it is."""
    if base.of != "episode":
        hand.restore(base, heads, id=id)
        return
    episodes.restore(
        hand.study, hand.connection, UUID(bytes=base.subject), coder=hand.coder,
        event=id.bytes if id else None,
    )  # fmt: skip
