"""What a coder does at the workbench: what she meant, and the events that she saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final
from uuid import UUID

from cpit_research.errors import CpitError
from cpit_research.model.memo import MemoKind
from cpit_research.model.standing import StandingEvent

__all__ = [
    "ACTS",
    "Accept",
    "Act",
    "Apply",
    "Done",
    "Group",
    "Passage",
    "Propose",
    "Read",
    "Recode",
    "Refacet",
    "Reject",
    "Reopen",
    "Resize",
    "Restore",
    "Retract",
    "WriteMemo",
]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one text version, with the words that its coder saw there.

    Parameters
    ----------
    source, version : str
        Document, and the version of its text that the offsets count.
    start, end : int
        Code points, half-open.
    quote : str
        The words: ``text[start:end]``, or the passage is refused.
    """

    source: str
    version: str
    start: int
    end: int
    quote: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What every act says.

    Parameters
    ----------
    id : UUID
        Made by whoever acts; it becomes the id of the event. Sent twice, an act is done once.
    subject : UUID
        The thing that it is about; its own id when it begins one.
    seen : tuple of UUID
        Events of that thing that stood when she acted; empty when it begins one.
    """

    kind: ClassVar[str] = ""
    id: UUID
    subject: UUID
    seen: tuple[UUID, ...] = ()

    @property
    def begins(self) -> bool:
        """Whether it begins the thing that it is about."""
        return self.id == self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply(Act):
    """Put a code on a passage."""

    kind: ClassVar[str] = "apply"
    passage: Passage
    code: str
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract(Act):
    """Take a coding, a memo, a passage proposed or an episode back."""

    kind: ClassVar[str] = "retract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore(Act):
    """Bring back what was taken back."""

    kind: ClassVar[str] = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recode(Act):
    """Give a coding another code."""

    kind: ClassVar[str] = "recode"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resize(Act):
    """Put a coding on another stretch of its text."""

    kind: ClassVar[str] = "resize"
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Refacet(Act):
    """Say all the facets of a coding anew."""

    kind: ClassVar[str] = "facet"
    facets: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteMemo(Act):
    """Write a memo, or write it anew."""

    kind: ClassVar[str] = "memo"
    passage: Passage
    words: str
    memo_kind: MemoKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose(Act):
    """Mark a passage *hors grille*, or give it another name."""

    kind: ClassVar[str] = "propose"
    passage: Passage
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Act):
    """Group codings in an episode, or say anew all that it is."""

    kind: ClassVar[str] = "episode"
    source: str
    codings: tuple[UUID, ...]
    principal: UUID | None = None
    actors: tuple[str, ...] = ()
    posture: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    words: str = ""
    same_as: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Act):
    """Accept the suggestion `subject`; `coding` is the id that the coding shall have."""

    kind: ClassVar[str] = "accept"
    coding: UUID
    facets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Act):
    """Turn the suggestion `subject` down."""

    kind: ClassVar[str] = "reject"
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Act):
    """Undo an answer to the suggestion `subject`."""

    kind: ClassVar[str] = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Act):
    """Say up to which offset of a note one has gone, and whether one has finished it."""

    kind: ClassVar[str] = "read"
    source: str
    through: int
    finished: bool


#: Every act by its name.
ACTS: Final[Mapping[str, type[Act]]] = {
    act.kind: act
    for act in (
        Apply, Retract, Restore, Recode, Resize, Refacet, WriteMemo, Propose, Group, Accept, Reject,
        Reopen, Read,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act.

    Parameters
    ----------
    act : UUID
        Its id.
    events : tuple of StandingEvent
        What stands now of all that it changed; empty when it was refused.
    rebased : str
        When it was done on something newer than what was seen: a sentence that names it.
    refused : CpitError or None
        Why it was not done.
    """

    act: UUID
    events: tuple[StandingEvent, ...] = ()
    rebased: str = ""
    refused: CpitError | None = None
