"""Answers to suggestions, among the other acts of a coder."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.model.act import Accept, Reject, Reopen
from cpit_research.store.suggestions import stored_answers
from cpit_research.study import answers
from cpit_research.study.acts.ids import check_fresh, taken

if TYPE_CHECKING:
    from cpit_research.study.acts.hand import Hand

__all__ = ["accept", "unput"]


def accept(hand: Hand, act: Accept) -> tuple[bytes, ...]:
    """Put the code suggested; return the answer and the coding."""
    check_fresh(hand.study, hand.connection, act.coding)
    if act.coding == act.id:
        raise taken(act.id)
    coding = answers.accept(
        hand.study, hand.connection, act.subject, coder=hand.coder, facets=act.facets,
        id=act.coding.bytes, event=act.id.bytes,
    )  # fmt: skip
    return answers.answer_subject(hand.study, act.subject, hand.coder), coding.id.bytes


def unput(hand: Hand, act: Reject | Reopen) -> tuple[bytes, ...]:
    """Turn a suggestion down, or undo an answer; return the answer and the coding taken back."""
    study, connection, coder = hand.study, hand.connection, hand.coder
    before = _codings_put(hand, act.subject)
    if isinstance(act, Reject):
        answers.reject(
            study, connection, act.subject, coder=coder, reason=act.words, id=act.id.bytes
        )
    else:
        answers.reopen(study, connection, act.subject, coder=coder, id=act.id.bytes)
    return answers.answer_subject(study, act.subject, coder), *before


def _codings_put(hand: Hand, suggestion: UUID) -> tuple[bytes, ...]:
    """Return the codings that her answers to a suggestion have put."""
    before = stored_answers(hand.connection, hand.coder).get(suggestion)
    return tuple(key.bytes for key in before.codings) if before else ()
