"""The kinds of what can happen; every state is computed from the record of it."""

from __future__ import annotations

from typing import Final, Literal

EventKind = Literal[
    "apply", "retract", "recode", "resize", "reanchor", "confirm", "memo", "conclude", "episode"
]
EVENT_KINDS: Final[tuple[EventKind, ...]] = (
    "apply",
    "retract",
    "recode",
    "resize",
    "reanchor",
    "confirm",
    "memo",
    "conclude",
    "episode",
)
#: What happens to a coding; the last two also to a memo, which has no code.
CODING_KINDS: Final = frozenset({"apply", "recode", "resize", "retract", "reanchor", "confirm"})
#: Who moves a passage when nobody has to say: the program itself.
PROGRAM: Final = "cpit"
EVENT_FORMAT: Final = 1
