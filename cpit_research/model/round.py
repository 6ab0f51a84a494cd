"""Rounds of double coding: which notes, whose codings, under which grid, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from cpit_research.model.unit import Unit

RoundState = Literal["open", "closed", "cancelled", "disputed"]
#: Notes under which no interval can be told, and under which figures are indicative.
NO_INTERVAL, INDICATIVE = 5, 10


@dataclass(frozen=True, slots=True)
class Round:
    """Notes that several coders code apart, without reading each other, under one grid.

    Parameters
    ----------
    id : UUID
        Identity.
    name : str
        Short name, such as ``"tour-1"``.
    grid, fingerprint : str
        Version of the grid, and its content when the round was opened.
    unit : str
        On what agreement is counted: ``"sentence"``, ``"turn"``, ``"paragraph"`` or ``"span"``.
    coders : tuple of str
        Ids of the coders, two or more.
    sources : tuple of (str, str)
        Ids of the notes drawn, each with its text version.
    seed : int
        Seed of the draw.
    share : str
        What was asked for, ``"20%"`` or a number of notes.
    strata : tuple of str
        What the draw was stratified by, ``"territory"``, ``"visit_kind"``.
    by : str
        Id of who opened it.
    at : datetime
        When, in UTC.
    blind : bool
        Coders see nothing of each other until all of them have finished.
    finished : mapping of str to datetime
        Coders who said that they had gone through every note, and when.
    state : str
        ``"open"``, ``"closed"``, ``"cancelled"``, or ``"disputed"`` when two copies of the study
        left it in different states: closing or cancelling it again settles that.
    state_by, reason : str
        Who left it in that state, and why when a reason was asked for.
    state_at : datetime or None
        When; None when nothing happened since it was opened.
    figures : tuple of mapping
        Agreement at closing, a row a code: see :meth:`Study.round_close`.
    """

    id: UUID
    name: str
    grid: str
    fingerprint: str
    unit: Unit
    coders: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    seed: int
    share: str
    by: str
    at: datetime
    strata: tuple[str, ...] = ()
    blind: bool = True
    finished: Mapping[str, datetime] = field(default_factory=dict, hash=False)
    state: RoundState = "open"
    state_by: str = ""
    state_at: datetime | None = None
    reason: str = ""
    figures: tuple[Mapping[str, object], ...] = field(default=(), hash=False)

    def __post_init__(self) -> None:
        if len(set(self.coders)) < 2:
            message = "Round: coders"
            raise ValueError(message)
        if not self.sources:
            message = "Round: sources"
            raise ValueError(message)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Coders who have not said that they had finished."""
        return tuple(coder for coder in self.coders if coder not in self.finished)

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Coders who had not said so when it was left in its state, be it known since."""
        return tuple(
            coder
            for coder in self.coders
            if coder not in self.finished
            or (self.state_at is not None and self.finished[coder] > self.state_at)
        )

    @property
    def reference(self) -> str:
        """The end of its id, as lists show it."""
        return self.id.hex[-8:]

    @property
    def file_name(self) -> str:
        """Its name when a file can bear it, else the end of its id."""
        plain = self.name.replace("-", "").replace("_", "")
        return self.name if plain.isalnum() else self.reference
