"""Saying what a count holds and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpit_research.wording import ngettext
from cpit_research.wording.figures import number

if TYPE_CHECKING:
    from cpit_research.corpus.codings import Codings


def left_out(codings: Codings) -> tuple[str, ...]:
    """Return sentences on why codings are settled, and on those that a selection cannot hold."""
    counts = codings.left_out
    said = (
        (counts.get(reason, 0), sentence(counts.get(reason, 0)))
        for reason, sentence in (
            ("debt", _debt),
            ("other_grid", _other_grid),
            ("other_version", _other_version),
            ("conflict", _conflict),
            ("episode_conflict", _episode_conflict),
            ("decision_conflict", _decision_conflict),
        )
    )
    return (*settled_shares(codings), *(sentence.format(n=n) for n, sentence in said if n))


def settled_shares(codings: Codings) -> tuple[str, ...]:
    """Say why the codings of a settled selection are settled; nothing of any other selection."""
    if not codings.settled or not len(codings):
        return ()
    shares = codings.settled_shares
    return (
        ngettext(
            "{n} settled coding: {decided} decided by adjudication, {agreed} agreed by every "
            "coder of the note, {alone} by the only coder of the note.",
            "{n} settled codings: {decided} decided by adjudication, {agreed} agreed by every "
            "coder of the note, {alone} by the only coder of the note.",
            len(codings),
        ).format(n=number(len(codings)), **{name: number(n) for name, n in shares.items()}),
    )


def _debt(n: int) -> str:
    return ngettext(
        "{n} coding that a change of the grid leaves undecided is left out, until read again.",
        "{n} codings that changes of the grid leave undecided are left out, until read again.",
        n,
    )


def _other_grid(n: int) -> str:
    return ngettext(
        "{n} coding put under another version of the grid is left out.",
        "{n} codings put under another version of the grid are left out.",
        n,
    )


def _other_version(n: int) -> str:
    return ngettext(
        "{n} coding put on a text since corrected is left out, until anchored again.",
        "{n} codings put on a text since corrected are left out, until anchored again.",
        n,
    )


def _conflict(n: int) -> str:
    return ngettext(
        "{n} coding in conflict is left out.", "{n} codings in conflict are left out.", n
    )


def _decision_conflict(n: int) -> str:
    return ngettext(
        "{n} coding decided in two ways is left out.",
        "{n} codings decided in several ways are left out.",
        n,
    )


def _episode_conflict(n: int) -> str:
    return ngettext(
        "{n} episode in conflict is not counted as one: its codings stand alone.",
        "{n} episodes in conflict are not counted as such: their codings stand alone.",
        n,
    )
