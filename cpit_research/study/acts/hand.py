"""One coder at work in one transaction: what she may touch, where, and what follows what stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.event import EventKind
from cpit_research.model.grid import Grid
from cpit_research.model.standing import SubjectKind
from cpit_research.store.episodes import append_dissolution
from cpit_research.store.rounds import stored_rounds
from cpit_research.store.standing import Head, append_after, heads_on
from cpit_research.study.acts.places import Place, Places
from cpit_research.study.reanchor import carry
from cpit_research.study.rounds.blind import hidden
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Hand", "base_of", "state_of"]

#: How a thing that was taken back is begun again.
_AGAIN: Final[Mapping[SubjectKind, EventKind]] = {
    "coding": "apply",
    "memo": "memo",
    "proposal": "propose",
    "episode": "episode",
}
#: What an event says of itself, and not of the state that it leaves.
_OF_ITSELF: Final = frozenset({"anchor", "suggestion"})
SHOWN_ID: Final = 8


class Hand:
    """One coder at work, in one transaction.

    Parameters
    ----------
    study : Study
        For its grid, its key and its clock.
    connection : Connection
        The transaction.
    coder : str
        Who.
    """

    def __init__(self, study: Study, connection: Connection, coder: str) -> None:
        self.study = study
        self.connection = connection
        self.coder = coder
        #: Acts of hers refused in this transaction.
        self.refused: set[UUID] = set()
        self.places = Places(connection, study.identity.key)

    @cached_property
    def grid(self) -> Grid:
        """The grid in force."""
        return self.study.grid()

    def code_now(self, head: Head) -> str | None:
        """Return the code of a coding under the grid in force; None when it is to be read again."""
        put, grid = head.code or "", head.grid or ""
        if grid == self.grid.version:
            return put
        return self.study.shelf.fates(self.grid)[1].get((grid, put), put)

    @cached_property
    def _hidden(self) -> Mapping[str, frozenset[str]]:
        return hidden(stored_rounds(self.connection), self.coder)

    def sees(self, head: Head) -> bool:
        """Tell whether a round under way lets her see what somebody did on a note."""
        return head.coder == self.coder or head.coder not in self._hidden.get(head.source, ())

    def standing(self, subject: UUID, *kinds: SubjectKind) -> list[Head]:
        """Return the last events of one thing, of one of some kinds.

        Raises
        ------
        NotFound
            If there is no such thing.
        """
        heads = [head for head in heads_on(self.connection, [subject.bytes]) if head.of in kinds]
        if not heads:
            raise _nothing(subject)
        return heads

    def hers(self, subject: UUID, *kinds: SubjectKind) -> list[Head]:
        """Return the last events of one thing of hers.

        Raises
        ------
        NotFound
            If there is no such thing, or a round hides it from her.
        InvalidInput
            If it is somebody else's.
        """
        heads = self.standing(subject, *kinds)
        if not self.sees(heads[0]):
            raise _nothing(subject)
        if heads[0].coder != self.coder or heads[0].begun == "decide":
            raise InvalidInput(
                _("This is the work of {coder}: each coder changes her own.").format(
                    coder=heads[0].coder
                ),
                remedy=_("Where two coders differ, an adjudication decides, and changes neither."),
            )
        return heads

    def begin(
        self,
        id: UUID,
        kind: EventKind,
        of: SubjectKind,
        place: Place,
        *,
        said: Mapping[str, object],
        code: str | None = None,
        grid: str | None = None,
    ) -> None:
        """Append the event that begins a coding, a memo or a passage proposed."""
        head = Head(
            id.bytes, kind, self.study.occasion.milliseconds(), self.coder, id.bytes,
            place.version, place.source, place.start, place.end, code, grid, place.digest,
            "", of, self.coder, kind, "",
        )  # fmt: skip
        append_after(self.connection, head, (), payload=said)

    def follow(
        self,
        base: Head,
        heads: Iterable[Head],
        kind: EventKind,
        *,
        id: UUID | None = None,
        place: Place | None = None,
        said: Mapping[str, object] | None = None,
        code: str | None = None,
    ) -> None:
        """Append an event that leaves the state of `base`, changed, in the place of `heads`.

        What it takes are the `place`, the `code` (under the grid in force) and what is `said`, when
        they are given.
        """
        columns: dict[str, Any] = {"code": code, "grid": self.grid.version} if code else {}
        if place is not None:
            columns |= {
                "version": place.version,
                "start": place.start,
                "end": place.end,
                "digest": place.digest,
            }
        head = replace(
            base,
            id=id.bytes if id else self.study.occasion.new_id(),
            kind=kind,
            at=self.study.occasion.milliseconds(),
            actor=self.coder,
            **columns,
        )
        append_after(self.connection, head, heads, payload=state_of(base) if said is None else said)
        if base.gone and not head.gone:
            self._bring(head)

    def _bring(self, head: Head) -> None:
        """Carry what stands again to the newest text: taken back, it had stayed on its own."""
        newest = self.places.text_now(head.source).id
        if head.version != newest:
            carry(self.study, self.connection, {head.source: newest})

    def retract(self, base: Head, heads: Iterable[Head], *, id: UUID | None = None) -> None:
        """Take a thing back."""
        if base.of != "episode":
            self.follow(base, heads, "retract", id=id)
            return
        append_dissolution(
            self.connection,
            UUID(bytes=base.subject),
            event=id.bytes if id else self.study.occasion.new_id(),
            actor=self.coder,
            at=self.study.occasion.milliseconds(),
            replaces=[head.id for head in heads],
        )

    def restore(self, base: Head, heads: Iterable[Head], *, id: UUID | None = None) -> None:
        """Bring back a coding, a memo, a passage proposed: as it was, or as it stands."""
        self.follow(base, heads, _AGAIN[base.of], id=id)


def state_of(head: Head) -> dict[str, Any]:
    """Return what an event says of the state that it leaves, beside its columns."""
    return {name: value for name, value in head.said.items() if name not in _OF_ITSELF}


def base_of(heads: Sequence[Head], seen: Iterable[UUID] = ()) -> Head:
    """Return, of the last events of one thing, the one whose state an act changes.

    One that she saw, if she saw one; one that stands rather than one that takes back; the latest.
    """
    known = set(seen)
    return max(heads, key=lambda one: (UUID(bytes=one.id) in known, not one.gone, one.at, one.id))


def _nothing(subject: UUID) -> NotFound:
    return NotFound(
        _("Nothing stands in the study under the id {id}.").format(id=_shown(subject)),
        remedy=_("Read the note again."),
    )


def _shown(key: UUID) -> str:
    return key.hex[-SHOWN_ID:]
