"""The disagreements of a round, computed once for a whole adjudication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.corpus.codings import Codings
from cpit_research.model.adjudication import Adjudication
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.round import Round
from cpit_research.study.rounds.disputes import round_disputes
from cpit_research.study.rounds.figures import round_codings
from cpit_research.study.rounds.rounds import find_round

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["Docket", "docket_after", "docket_of"]


@dataclass(frozen=True, slots=True)
class Docket:
    """The disagreements of a round by id, in the order of the notes.

    `counter` is that of the study and `events` how many it had: a decision made here adds its own
    and leaves the rest as it was, so that the next one waits for nothing to be computed again.
    """

    counter: object
    fingerprint: str
    events: int
    round: Round
    codings: Codings
    listed: Mapping[str, Disagreement]


def docket_of(desk: Desk, round: str) -> Docket:
    """Return the disagreements of a closed round, computed again if anything else changed.

    Raises
    ------
    NotFound
        If there is no such round.
    Conflict
        If it is not closed, or its grid has changed.
    """
    study = desk.study
    found = find_round(study, round)
    counter, events = desk.counter(), _events(desk)
    fingerprint = study.grid(found.grid).fingerprint
    docket = _kept(desk).get(found.id)
    if docket is None or (docket.counter, docket.fingerprint) != (counter, fingerprint):
        listed = {one.id: one for one in round_disputes(study, found)}
        codings = round_codings(study, found)
        docket = Docket(counter, fingerprint, events, found, codings, listed)
        _kept(desk)[found.id] = docket
    return docket


def docket_after(
    desk: Desk, docket: Docket, one: Disagreement, steps: Iterable[Adjudication]
) -> None:
    """Keep what was computed after decisions on one disagreement, if nothing else happened.

    Parameters
    ----------
    desk : Desk
        Where it is decided.
    docket : Docket
        As it was before.
    one : Disagreement
        As it is now.
    steps : iterable of Adjudication
        What was decided or taken back, an event each.
    """
    made = list(steps)
    hers = {coding.id for marks in one.codings.values() for coding, _words in marks}
    counter = desk.counter()
    expected = docket.events + len(made)
    if _events(desk) == expected and all(hers.issuperset(step.of) for step in made):
        listed = {**docket.listed, one.id: one}
        after = replace(docket, counter=counter, events=expected, listed=listed)
        _kept(desk).clear()
        _kept(desk)[docket.round.id] = after


def _kept(desk: Desk) -> dict[UUID, Docket]:
    return desk.keep("dockets", dict)


def _events(desk: Desk) -> int:
    with desk.study.shelf.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one())
