"""Whose words may be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpit_research.model.coding import Coding
from cpit_research.model.register import Participant
from cpit_research.model.source import Source
from cpit_research.model.structure import Part
from cpit_research.privacy.names import Names
from cpit_research.wording import gettext as _
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.corpus.codings import Codings


@dataclass(frozen=True, slots=True)
class Quotable:
    """Whether a passage may be printed, and who is said to speak."""

    allowed: bool
    attribution: str


def quotable(coding: Coding, codings: Codings, names: Names) -> Quotable:
    """Tell whether the words of a coding may be printed.

    The people concerned are the speaker of the turn, when a participant speaks, and every
    participant named in the passage; failing both, all those met on the visit. Each must have
    given the right to quote.
    """
    source = codings.corpus[coding.segment.source]
    visit = codings.corpus.visit(source)
    people = {person.id: person for person in codings.corpus.register.participants}
    speaker = _speaker(source, coding, names, people)
    concerned = {found.id for found in names.find(codings.quote(coding)) if found.id in people}
    if speaker is not None:
        concerned.add(speaker.id)
    if not concerned:
        concerned = set(visit.participants if visit else ())
    allowed = all(key in people and people[key].quoting_right == "yes" for key in concerned)
    who = speaker.role if speaker else name_of(source.kind)
    where = name_of(visit.kind) if visit else _("unknown visit")
    return Quotable(
        allowed, _("{who}, {where}").format(who=who, where=where[:1].lower() + where[1:])
    )


def _speaker(
    source: Source, coding: Coding, names: Names, people: dict[str, Participant]
) -> Participant | None:
    turn = _turn(source, coding.segment.start)
    if turn is None:
        return None
    if turn.speaker in people:
        return people[turn.speaker]
    found = next(names.find(turn.speaker), None)
    if found is not None:
        return people.get(found.id)
    return None


def _turn(source: Source, at: int) -> Part | None:
    return next((turn for turn in source.structure.turns if turn.start <= at < turn.end), None)
