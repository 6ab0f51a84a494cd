"""The same code put again on the same words, in another window: one coding, and nothing lost.

The second act is an event of the coding that stands, which it leaves as it was. What its window did
next, before it knew, names the coding by the id of that act: the event tells which one is meant.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from cpit_research.model import act as acts
from cpit_research.store.standing import Head, heads_on

if TYPE_CHECKING:
    from cpit_research.study.acts.hand import Hand
    from cpit_research.study.acts.places import Place

__all__ = ["meant", "same_there"]

_ON: Final = 'SELECT DISTINCT subject FROM event WHERE version = ? AND start = ? AND "end" = ?'
_BECAME: Final = (
    "SELECT subject FROM event WHERE id = ? AND actor = ? AND kind = 'apply' AND subject <> id"
)

A = TypeVar("A", bound=acts.Act)


def same_there(hand: Hand, act: acts.Apply, place: Place) -> list[Head]:
    """Return what stands of a coding of hers that says all that an act says; nothing if none does.

    Facets that the act does not name are those of the coding; other ones make another coding.
    """
    rows = hand.connection.exec_driver_sql(_ON, (place.version, place.start, place.end))
    heads = sorted(heads_on(hand.connection, {row[0] for row in rows}), key=lambda one: one.subject)
    for _subject, listed in groupby(heads, key=lambda one: one.subject):
        found = list(listed)
        if all(_says(hand, head, act, place) for head in found):
            return found
    return []


def meant(hand: Hand, act: A) -> A:
    """Return an act about the codings that stand, where it names one that was never begun apart."""
    if isinstance(act, acts.Group):
        principal = act.principal and _coding(hand, act.principal)
        codings = tuple(_coding(hand, key) for key in act.codings)
        return replace(act, codings=codings, principal=principal)
    return act if act.begins else replace(act, subject=_coding(hand, act.subject))


def _coding(hand: Hand, key: UUID) -> UUID:
    row = hand.connection.exec_driver_sql(_BECAME, (key.bytes, hand.coder)).first()
    return UUID(bytes=row[0]) if row else key


def _says(hand: Hand, head: Head, act: acts.Apply, place: Place) -> bool:
    return (
        (head.of, head.coder, head.gone) == ("coding", hand.coder, False)
        and head.begun != "decide"
        and (head.version, head.start, head.end) == (place.version, place.start, place.end)
        and hand.code_now(head) == act.code
        and act.facets in ({}, head.said.get("facets", {}))
    )
