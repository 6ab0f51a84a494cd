"""What the visit and the speaker already say of an episode, so that only effectivity is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cpit_research.language.roles import ROLES, named_role
from cpit_research.model.grid import Grid
from cpit_research.model.register import Register, Visit
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.text.folding import fold

__all__ = ["prefilled"]

#: The facet that says who speaks.
_VOICE: Final = "voice"
#: Words of the roles whose situations the grid is about, folded.
_CONCERNED: Final = (
    "chef de projet",
    "cheffe de projet",
    "charge de mission",
    "chargee de mission",
    "coordinateur",
    "coordinatrice",
)
#: Roles that name somebody's place, folded; the others only say that somebody speaks.
_TELLING: Final = frozenset(ROLES) - {
    *("enquete", "enquetee", "interviewe", "interviewee", "repondant", "repondante", "locuteur"),
    *("locutrice", "intervenant", "intervenante", "participant", "participante", "public"),
    *("salle", "inconnu", "inconnue", "speaker", "voix", "personne"),
}
#: How the roles of those who ask begin.
_RESEARCHERS: Final = (
    "chercheu",
    "enqueteu",
    "enquetri",
    "intervieweu",
    "interviewer",
    "researcher",
)


def prefilled(
    grid: Grid, source: Source, segments: Iterable[Segment], register: Register
) -> dict[str, str]:
    """Return the facets of an episode that follow from where its passages stand.

    Who speaks: ``document`` on an exercise sheet; ``observation`` in the field note of an
    observation visit, outside any turn; in a turn, ``self`` if whoever speaks bears a role that
    the grid is about, ``third_party`` if another one. A name that the register does not tell is
    taken for one of the people met when all of them have such a role. Nothing is said where the
    passages disagree, where a researcher speaks, nor of a value that the grid has not. Phase,
    engineering and certainty follow from nothing that the register holds.

    Parameters
    ----------
    grid : Grid
        Whose facets may be filled.
    source : Source
        The document.
    segments : iterable of Segment
        The passages.
    register : Register
        Visits, participants and researchers.

    Returns
    -------
    dict of str to str
        Facet ids to value ids.
    """
    voices = {_voice(source, segment, register) for segment in segments}
    known = {value for facet in grid.facets if facet.id == _VOICE for value, _name in facet.values}
    return {_VOICE: voice} if len(voices) == 1 and (voice := voices.pop()) in known else {}


def _voice(source: Source, segment: Segment, register: Register) -> str:
    visit = register.visit(source.visit)
    if source.kind == "exercise_sheet":
        return "document"
    spoken = {
        _speaking(turn.speaker, visit, register)
        for turn in source.structure.turns
        if turn.start < segment.end and segment.start < turn.end
    }
    if spoken:
        return spoken.pop() if len(spoken) == 1 else ""
    observed = visit is not None and visit.kind == "observation" and source.kind == "field_note"
    return "observation" if observed else ""


def _speaking(label: str, visit: Visit | None, register: Register) -> str:
    """Return whose words a turn holds, empty for a researcher or when nothing tells."""
    role = named_role(label)
    team = {fold(said) for one in register.researchers for said in (one.id, one.role)}
    if fold(label) in team or role.startswith(_RESEARCHERS):
        return ""
    person = register.participant(label)
    told = fold(person.role) if person else role if role in _TELLING else ""
    if told:
        return "self" if _is_concerned(told) else "third_party"
    met = [register.participant(key) for key in (visit.participants if visit else ())]
    everyone = bool(met) and all(one is not None and _is_concerned(fold(one.role)) for one in met)
    return "self" if everyone else ""


def _is_concerned(role: str) -> bool:
    return any(word in role for word in _CONCERNED)
