"""The kinds of what can happen; every state is computed from the record of it."""

from __future__ import annotations

from typing import Final, Literal

EventKind = Literal[
    "apply",
    "retract",
    "recode",
    "resize",
    "reanchor",
    "confirm",
    "memo",
    "conclude",
    "remark",
    "decide",
    "propose",
    "settle",
    "episode",
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
    "remark",
    "decide",
    "propose",
    "settle",
    "episode",
)
#: What happens to a coding; the last three also to a memo and to a passage proposed, which have
#: no code.
CODING_KINDS: Final = frozenset({"apply", "recode", "resize", "retract", "reanchor", "confirm"})
#: What is about no thing that began with it: a finding or a name, given or found again.
UNBEGUN_KINDS: Final = frozenset({"conclude", "settle"})
#: Who moves a passage when nobody has to say: the program itself.
PROGRAM: Final = "cpit"
EVENT_FORMAT: Final = 1
