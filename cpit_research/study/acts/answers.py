"""Answers to suggestions, among the other acts of a coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpit_research.model.act import Accept, Reject, Reopen
from cpit_research.study import suggestions
from cpit_research.study.acts.ids import check_fresh

if TYPE_CHECKING:
    from cpit_research.study.acts.hand import Hand

__all__ = ["accept", "unput"]


def accept(hand: Hand, act: Accept) -> tuple[bytes, ...]:
    """Put the code suggested; return the answer and the coding."""
    check_fresh(hand.study, hand.connection, act.coding)
    coding = suggestions.accept(
        hand.study, hand.connection, act.subject, coder=hand.coder, facets=act.facets,
        id=act.coding.bytes, event=act.id.bytes,
    )  # fmt: skip
    return suggestions.answer_subject(hand.study, act.subject, hand.coder), coding.id.bytes


def unput(hand: Hand, act: Reject | Reopen) -> tuple[bytes, ...]:
    """Turn a suggestion down, or undo an answer; return the answer and the coding taken back."""
    study, connection, coder = hand.study, hand.connection, hand.coder
    before = suggestions.codings_put(connection, act.subject, coder=coder)
    if isinstance(act, Reject):
        suggestions.reject(
            study, connection, act.subject, coder=coder, reason=act.words, id=act.id.bytes
        )
    else:
        suggestions.reopen(study, connection, act.subject, coder=coder, id=act.id.bytes)
    return suggestions.answer_subject(study, act.subject, coder), *before
