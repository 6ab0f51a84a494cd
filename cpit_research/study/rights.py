"""Whose words may be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpit_research.model.coding import Coding
from cpit_research.model.register import Participant
from cpit_research.model.source import Source
from cpit_research.model.structure import Part
from cpit_research.privacy.names import Names
from cpit_research.text.folding import fold
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

    The people concerned are the participants who speak in it and those named in it (one named
    by id alone adds to those found otherwise, since « 12 » may be no one); failing
    both, or when somebody speaks whom the register does not tell, all those met on the visit.
    Each must have given the right to quote. Nobody can have given that of an unknown visit.
    """
    source = codings.corpus[coding.segment.source]
    visit = codings.corpus.visit(source)
    register = codings.corpus.register
    people = {person.id: person for person in register.participants}
    team = {fold(label) for person in register.researchers for label in (person.id, person.role)}
    turns = _turns(source, coding)
    speakers = [_speaker(turn, names, people) for turn in turns]
    concerned = {found.id for found in names.find(codings.quote(coding)) if found.id in people}
    concerned |= {speaker.id for speaker in speakers if speaker is not None}
    strangers = any(
        speaker is None and not _of_the_team(turn.speaker, team)
        for turn, speaker in zip(turns, speakers, strict=True)
    )
    told = bool(concerned) and not strangers
    concerned |= _named_by_id(codings.quote(coding), people)
    if not told:
        concerned |= set(visit.participants if visit else ())
    allowed = (told or visit is not None) and all(
        key in people and people[key].quoting_right == "yes" for key in concerned
    )
    speaker = speakers[0] if speakers else None
    who = speaker.role if speaker else name_of(source.kind)
    where = name_of(visit.kind) if visit else _("unknown visit")
    return Quotable(
        allowed, _("{who}, {where}").format(who=who, where=where[:1].lower() + where[1:])
    )


def _speaker(turn: Part, names: Names, people: dict[str, Participant]) -> Participant | None:
    if turn.speaker in people:
        return people[turn.speaker]
    found = next(names.find(turn.speaker), None)
    return people.get(found.id) if found is not None else None


def _named_by_id(words: str, people: Iterable[str]) -> set[str]:
    """Return the people whose id stands in `words`, as in a text already pseudonymised."""
    return {
        key
        for key in people
        if key in words and re.search(rf"(?<![^\W_]){re.escape(key)}(?![^\W_])", words)
    }


def _of_the_team(label: str, team: set[str]) -> bool:
    folded = fold(label)
    return folded in team or folded.startswith("chercheu")


def _turns(source: Source, coding: Coding) -> list[Part]:
    """Return the turns that a coding marks some words of."""
    segment = coding.segment
    return [t for t in source.structure.turns if t.start < segment.end and segment.start < t.end]
