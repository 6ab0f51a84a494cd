"""Who is hidden from whom while a round of double coding is under way: the one rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.round import Round
from cpit_research.store.rounds import stored_rounds
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["apart", "hidden", "hidden_coders", "unsealed"]


def hidden(rounds: Iterable[Round], coder: str) -> dict[str, frozenset[str]]:
    """Return the coders whose work is hidden from one of them, by note.

    A round hides its coders from each other, those who have finished too, until all of them have.
    One that copies of the study left in several states may be open: it still hides. Somebody who
    is no coder of it sees everything.
    """
    found: dict[str, frozenset[str]] = {}
    for one in rounds:
        if _hides(one) and coder in one.coders:
            others = frozenset(one.coders) - {coder}
            for source, _version in one.sources:
                found[source] = found.get(source, frozenset()) | others
    return found


def _hides(one: Round) -> bool:
    """Return whether a round is under way: blind, not closed for sure, and not gone through."""
    return one.state in {"open", "disputed"} and one.blind and bool(one.waiting)


def hidden_coders(study: Study, source: str, coder: str) -> frozenset[str]:
    """Return the coders whose work on one note is hidden from a coder, by the rounds under way."""
    return hidden(study.shelf.rounds(), coder).get(source, frozenset())


def apart(connection: Connection, coder: str) -> set[tuple[str, str]]:
    """Return the notes of rounds under way that a coder takes part in, each with another coder."""
    by_source = hidden(stored_rounds(connection), coder)
    return {(source, other) for source, others in by_source.items() for other in others}


def unsealed(study: Study, codings: Codings) -> tuple[Codings, tuple[str, ...]]:
    """Leave out the notes that coders are still coding apart, and say so.

    Whoever compares coders sees what each of them put: on these notes nobody does before all of
    them have finished.

    Returns
    -------
    Codings
        Those on the other notes.
    tuple of str
        A sentence for each round that is sealed.
    """
    sealed: set[str] = set()
    told = []
    for found in study.shelf.rounds():
        here = {key for key, _version in found.sources if key in codings.corpus}
        if _hides(found) and here:
            sealed |= here
            told.append(
                ngettext(
                    "{n} note of the round {name}, still being coded apart, is left out.",
                    "{n} notes of the round {name}, still being coded apart, are left out.",
                    len(here),
                ).format(n=len(here), name=found.name)
            )
    if not sealed:
        return codings, ()
    corpus = codings.corpus
    left = Corpus((one for one in corpus if one.id not in sealed), corpus.register)
    return codings.on(left), tuple(told)
