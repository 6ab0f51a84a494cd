"""The kinds of what can happen; every state is computed from the record of it."""

from __future__ import annotations

from typing import Final, Literal

EventKind = Literal["apply", "retract", "recode", "resize", "memo", "conclude"]
EVENT_KINDS: Final[tuple[EventKind, ...]] = (
    "apply",
    "retract",
    "recode",
    "resize",
    "memo",
    "conclude",
)
CODING_KINDS: Final = frozenset({"apply", "retract", "recode", "resize"})
EVENT_FORMAT: Final = 1
