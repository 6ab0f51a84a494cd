"""What happened: the append-only record from which every state is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that one person did, once.

    Parameters
    ----------
    id : UUID
        UUIDv7 of the event.
    kind : EventKind
        What was done.
    subject : UUID
        The coding or finding that it is about; the event that begins one gives it its own id.
    actor : str
        Who did it.
    at : datetime
        When, in UTC. Shown to people; never used to decide which event wins.
    replaces : tuple of UUID
        The events that this one takes the place of.
    payload : mapping
        Whole state of the subject after the event (JSON values).
    format : int
        Version of the payload's shape.
    """

    id: UUID
    kind: EventKind
    subject: UUID
    actor: str
    at: datetime
    replaces: tuple[UUID, ...] = ()
    payload: Mapping[str, Any] = field(default_factory=dict, hash=False)
    format: int = EVENT_FORMAT
