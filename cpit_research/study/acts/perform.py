"""Acts become events: one transaction, each act done once, on what stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.errors import CpitError
from cpit_research.model.act import Act, Done, Retract
from cpit_research.study.acts.again import meant
from cpit_research.study.acts.doing import do
from cpit_research.study.acts.done_before import done_before
from cpit_research.study.acts.hand import Hand
from cpit_research.study.acts.ids import check_time
from cpit_research.study.acts.telling import Teller
from cpit_research.study.code import check_coder
from cpit_research.study.writing import writing

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["perform"]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one act, before what stands is told."""

    act: UUID
    subjects: tuple[bytes, ...] = ()
    rebased: str = ""
    refused: CpitError | None = None


def perform(study: Study, acts: Iterable[Act], *, coder: str) -> tuple[Done, ...]:
    """Do what a coder meant (see :meth:`Study.perform`)."""
    check_coder(study, coder)
    listed = tuple(acts)
    if not listed:
        return ()
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        outcomes = [_one(hand, act) for act in listed]
        changed = {subject for outcome in outcomes for subject in outcome.subjects}
        told = Teller(study, connection, coder).on(changed)
    return tuple(
        Done(
            one.act,
            tuple(event for event in told if event.subject.bytes in one.subjects),
            one.rebased,
            one.refused,
        )
        for one in outcomes
    )


def _one(hand: Hand, said: Act) -> _Outcome:
    """Do one act, whole or not at all; a refusal is told, and stops nothing."""
    act = meant(hand, said)
    try:
        check_time(hand.study, act.id)
        before = done_before(hand, act)
        if before is not None:
            return _Outcome(act.id, before)
        if isinstance(act, Retract) and act.subject != said.subject:
            # What she takes back, she never put apart: what her other window put stays.
            return _Outcome(act.id, (act.subject.bytes,))
        with hand.connection.begin_nested():
            subjects, rebased = do(act, hand)
    except CpitError as error:
        hand.refused.add(act.id)
        return _Outcome(act.id, refused=error)
    return _Outcome(act.id, subjects, rebased)
