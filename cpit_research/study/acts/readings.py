"""How far each coder has read each note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.errors import InvalidInput
from cpit_research.model.reading import Reading
from cpit_research.store import readings as store
from cpit_research.store.standing import heads_on
from cpit_research.study.acts.hand import Hand
from cpit_research.study.code import check_coder
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["keep", "read", "reading_subject", "readings"]


def read(
    study: Study, source: str, *, coder: str, through: int | None = None, finished: bool = True
) -> Reading:
    """Say how far one has read a note (see :meth:`Study.read`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        keep(hand, source, through, finished)
        (found,) = (
            one
            for one in store.stored_readings(connection)
            if (one.source, one.coder) == (source, coder)
        )
    return found


def readings(study: Study) -> tuple[Reading, ...]:
    """Return how far each coder has read each note (see :attr:`Study.readings`)."""
    with study.shelf.database.reading() as connection:
        return tuple(store.stored_readings(connection))


def keep(
    hand: Hand,
    source: str,
    through: int | None,
    finished: bool,  # noqa: FBT001  one of the two things said
    *,
    id: UUID | None = None,
    seen: Iterable[UUID] | None = None,
) -> bytes:
    """Append how far a coder has read a note, in the place of what she said; return its subject.

    Where she had gone in another window, not `seen` here, counts: she has gone that far.
    """
    text = hand.places.text_now(source)
    reached = len(text.text) if through is None else through
    if not 0 <= reached <= len(text.text):
        raise InvalidInput(
            _("The offset {at} leaves the text of {path}.").format(at=reached, path=text.path),
            exists=_("It has {n} characters.").format(n=len(text.text)),
        )
    subject = reading_subject(hand.study, hand.coder, source)
    if seen is not None:
        reached = max(reached, *_elsewhere(hand, subject, text.id, seen))
    reading = Reading(
        source, hand.coder, text.id, reached, finished, hand.study.occasion.now(),
        hand.grid.version,
    )  # fmt: skip
    event = id.bytes if id else hand.study.occasion.new_id()
    store.append_reading(hand.connection, reading, event=event, subject=subject)
    return subject


def _elsewhere(hand: Hand, subject: bytes, version: str, seen: Iterable[UUID]) -> Iterator[int]:
    """Yield how far she went on this text in windows that this one had not heard of, and 0."""
    known = {key.bytes for key in seen}
    yield 0
    for head in heads_on(hand.connection, [subject]):
        if head.id not in known and head.said["version"] == version:
            yield head.said["through"]


def reading_subject(study: Study, coder: str, source: str) -> bytes:
    """Return the identity of the reading of a note by a coder: the same in every copy."""
    return passage_digest(f"reading\0{coder}\0{source}", study.identity.key)
