"""The kinds of what can happen; every state is computed from the record of it."""

from __future__ import annotations

from typing import Final, Literal

EventKind = Literal[
    "apply",
    "retract",
    "recode",
    "resize",
    "facet",
    "reanchor",
    "confirm",
    "memo",
    "conclude",
    "remark",
    "decide",
    "propose",
    "settle",
    "episode",
    "round",
    "suggest",
    "accept",
    "reject",
    "reopen",
    "correct",
    "read",
]
EVENT_KINDS: Final[tuple[EventKind, ...]] = (
    "apply",
    "retract",
    "recode",
    "resize",
    "facet",
    "reanchor",
    "confirm",
    "memo",
    "conclude",
    "remark",
    "decide",
    "propose",
    "settle",
    "episode",
    "round",
    "suggest",
    "accept",
    "reject",
    "reopen",
    "correct",
    "read",
)
#: What happens to a coding; ``apply`` begins one, and brings back one that was taken back. The last
#: three also happen to a memo and to a passage proposed, which have no code. ``decide`` begins a
#: coding that an adjudication puts; it also answers a remark, which stands on no text.
CODING_KINDS: Final = frozenset(
    {"apply", "decide", "recode", "resize", "facet", "retract", "reanchor", "confirm"}
)
#: What one coder answers to a suggestion, about a subject that is hers and the suggestion's.
ANSWER_KINDS: Final = frozenset({"accept", "reject", "reopen"})
#: What is about no thing that began with it: a finding or a name, given or found again; an answer;
#: how far a coder has read a note.
UNBEGUN_KINDS: Final = frozenset({"conclude", "settle", "read"}) | ANSWER_KINDS
#: Who moves a passage when nobody has to say: the program itself.
PROGRAM: Final = "cpit"
EVENT_FORMAT: Final = 1
