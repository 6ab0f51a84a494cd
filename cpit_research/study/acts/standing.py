"""What stands in a note, and what came to stand since a mark, as one coder may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.model.standing import StandingEvent
from cpit_research.store.positions import added_since, position, still_holds
from cpit_research.store.standing import subjects_in
from cpit_research.store.suggestions import source_of
from cpit_research.study.acts.marks import Mark, read_mark, write_mark
from cpit_research.study.acts.telling import Teller

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Changes", "mark_now", "since", "standing"]

#: Things beyond which it is quicker to read everything again.
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Changes:
    """What a coder has not heard of yet.

    Parameters
    ----------
    mark : str
        To be given the next time. It changes only with what she may see.
    events : tuple of StandingEvent
        What stands now of all that changed, what was taken back included.
    sources : frozenset of str
        Notes that changed.
    decided : bool
        Whether something was decided of her codings, or no longer is.
    reset : bool
        Whether the mark tells nothing any more: everything is to be read again.
    """

    mark: str
    events: tuple[StandingEvent, ...] = ()
    sources: frozenset[str] = frozenset()
    decided: bool = False
    reset: bool = False


def standing(
    study: Study, source: str, *, coder: str, coders: Collection[str] | None = None
) -> tuple[StandingEvent, ...]:
    """Return the events of one note that nothing replaces, oldest first.

    Parameters
    ----------
    study : Study
        The study.
    source : str
        Id of the note.
    coder : str
        Who looks: what a round under way hides from her is not there.
    coders : collection of str, optional
        Others whose work she asks for; all of them by default, none when empty.

    Returns
    -------
    tuple of StandingEvent
        All the last events of each thing, unless they all take it back.
    """
    with study.shelf.database.reading() as connection:
        teller = Teller(study, connection, coder, coders=coders)
        events = teller.on(subjects_in(connection, source))
        events += teller.on(teller.own_subjects(source, events))
    left = {event.subject for event in events if not event.gone}
    return tuple(_once([event for event in events if event.subject in left]))


def _once(events: Sequence[StandingEvent]) -> Iterator[StandingEvent]:
    """Yield events, suggestions that copies of the study made alike once, with their answers."""
    shown: dict[UUID, UUID] = {}
    first: dict[tuple[object, ...], UUID] = {}
    for one in sorted(events, key=lambda event: event.subject):
        if one.of == "suggestion":
            said = (one.coder, one.version, one.start, one.end, one.put or one.code, one.grid)
            shown[one.subject] = first.setdefault(said, one.subject)
    for one in events:
        if one.of == "answer" and one.suggestion is not None:
            yield replace(one, suggestion=shown.get(one.suggestion, one.suggestion))
        elif one.of != "suggestion" or shown[one.subject] == one.subject:
            yield one


def mark_now(study: Study, *, coder: str) -> str:
    """Return the mark of all that is written, to be taken before what stands is read."""
    with study.shelf.database.reading() as connection:
        teller = Teller(study, connection, coder)
        return _word(study, Mark(position(connection), teller.context))


def since(
    study: Study, mark: str | None, *, coder: str, coders: Collection[str] | None = None
) -> Changes:
    """Return what came to stand since a mark.

    Parameters
    ----------
    study : Study
        The study.
    mark : str or None
        As :func:`mark_now` or this function gave it, in this process or an earlier one.
    coder, coders
        As for :func:`standing`.

    Returns
    -------
    Changes
        With `reset` when there was no mark, or the study was put back to an older state, its file
        rewritten, its grid changed, suggestions were made, or a round began or ceased to hide
        something from her.
    """
    heard = study.shelf.heard((coder, None if coders is None else frozenset(coders)))
    if mark is not None and mark in heard:
        return Changes(mark)
    with study.shelf.database.reading() as connection:
        teller = Teller(study, connection, coder, coders=coders)
        changes = _changes(study, connection, teller, mark)
    if not changes.events and not changes.reset:
        heard.add(changes.mark)
    return changes


def _changes(study: Study, connection: Connection, teller: Teller, word: str | None) -> Changes:
    now = position(connection)
    fresh = _word(study, Mark(now, teller.context))
    mark = read_mark(word, study.identity.key) if word else None
    if word is None or mark is None or mark.context != teller.context:
        return Changes(fresh, reset=True)
    if not still_holds(connection, mark.position, now):
        return Changes(fresh, reset=True)
    subjects, texts = added_since(connection, mark.position)
    if len(subjects) > _MOST:
        return Changes(fresh, reset=True)
    events = teller.on(subjects)
    if any(event.kind == "suggest" for event in events):  # some may say what others said
        return Changes(fresh, reset=True)
    decided = teller.decided(subjects)
    if not events and not texts and not decided:
        return Changes(word)
    met = {event.source for event in events if event.source is not None}
    told = frozenset(met | texts | set(_answered(connection, events)))
    return Changes(fresh, events, told, decided)


def _answered(connection: Connection, events: Iterable[StandingEvent]) -> Iterator[str]:
    """Yield the notes of the suggestions that were answered: an answer stands on no text."""
    for event in events:
        source = event.suggestion and source_of(connection, event.suggestion)
        if source:
            yield source


def _word(study: Study, mark: Mark) -> str:
    return write_mark(mark, study.identity.key)
