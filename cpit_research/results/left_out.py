"""Saying what a count leaves out."""

from __future__ import annotations

from cpit_research.corpus.codings import Codings
from cpit_research.wording import ngettext


def left_out(codings: Codings) -> tuple[str, ...]:
    """Return a sentence for each kind of codings or episodes that a selection cannot hold."""
    counts = codings.left_out
    said = (
        (counts.get(reason, 0), sentence(counts.get(reason, 0)))
        for reason, sentence in (
            ("debt", _debt),
            ("other_grid", _other_grid),
            ("other_version", _other_version),
            ("conflict", _conflict),
            ("episode_conflict", _episode_conflict),
        )
    )
    return tuple(sentence.format(n=n) for n, sentence in said if n)


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


def _episode_conflict(n: int) -> str:
    return ngettext(
        "{n} episode in conflict is not counted as one: its codings stand alone.",
        "{n} episodes in conflict are not counted as such: their codings stand alone.",
        n,
    )
