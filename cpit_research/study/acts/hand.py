"""One coder at work in one transaction: what she may touch, where, and what follows what stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.act import Passage
from cpit_research.model.event import EventKind
from cpit_research.model.grid import Grid
from cpit_research.model.segment import Segment
from cpit_research.model.standing import SubjectKind
from cpit_research.store.episodes import append_dissolution
from cpit_research.store.rounds import stored_rounds
from cpit_research.store.standing import Head, append_after, heads_on
from cpit_research.store.versions import VersionOf, newest_of, version_of
from cpit_research.study.rounds.blind import hidden
from cpit_research.text.digest import passage_digest
from cpit_research.text.reanchoring import Reanchoring
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Hand", "Place", "state_of"]

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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands on the current text; `carried` when it was seen on a former one."""

    version: str
    source: str
    start: int
    end: int
    digest: bytes
    carried: bool = False


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
        self._versions: dict[str, VersionOf | None] = {}

    @cached_property
    def grid(self) -> Grid:
        """The grid in force."""
        return self.study.grid()

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

    def place(self, passage: Passage) -> Place:
        """Return where a passage stands on the current text, once its words are those that stand.

        Raises
        ------
        NotFound
            If the study has no such text.
        InvalidInput
            If the passage leaves the text, or its words are others.
        Conflict
            If the text was corrected meanwhile, and nothing proves where the passage stands.
        """
        there = self._version(passage.version)
        if there is None or there.source != passage.source:
            raise NotFound(
                _("The study has no such text of this note."), remedy=_("Read the note again.")
            )
        start, end = passage.start, passage.end
        words = _words(there, start, end)
        if words != passage.quote:
            raise InvalidInput(
                _("The words sent are not those of the text at {start}–{end}.").format(
                    start=start, end=end
                ),
                where=_("Document: {path}.").format(path=there.path),
                exists=_("There stands: “{words}”.").format(words=shortened(words)),
                remedy=_("Read the note again, and select the passage anew."),
            )
        moved = there.newest != passage.version
        if moved:
            start, end = self._carried(there, passage)
        digest = passage_digest(words, self.study.identity.key)
        return Place(there.newest, there.source, start, end, digest, moved)

    def stretch(self, segment: Segment) -> Place:
        """Return where a segment of the current text stands.

        Raises
        ------
        NotFound
            If there is no such document.
        InvalidInput
            If it leaves the text.
        """
        there = self.text_now(segment.source)
        words = _words(there, segment.start, segment.end)
        digest = passage_digest(words, self.study.identity.key)
        return Place(there.id, there.source, segment.start, segment.end, digest)

    def _carried(self, former: VersionOf, passage: Passage) -> tuple[int, int]:
        """Return where a passage of a former text stands on the newest one, by proof alone."""
        newest = self._version(former.newest)
        new = newest.text if newest is not None else ""
        found = Reanchoring(former.text, new).place(passage.start, passage.end)
        if found.outcome != "exact" or found.start is None or found.end is None:
            raise Conflict(
                _("The text was corrected meanwhile, and this passage with it: “{words}”.").format(
                    words=shortened(passage.quote)
                ),
                where=_("Document: {path}.").format(path=former.path),
                remedy=_("Read the note again, and select the passage anew."),
            )
        return found.start, found.end

    def _version(self, key: str) -> VersionOf | None:
        if key not in self._versions:
            self._versions[key] = version_of(self.connection, key)
        return self._versions[key]

    def text_now(self, source: str) -> VersionOf:
        """Return the current text of a note.

        Raises
        ------
        NotFound
            If there is no such note.
        """
        newest = newest_of(self.connection, source)
        found = self._version(newest) if newest else None
        if found is None:
            raise NotFound(
                _("The study has no such note."), remedy=_("Read the list of notes again.")
            )
        return found

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


def _words(there: VersionOf, start: int, end: int) -> str:
    if not 0 <= start < end <= len(there.text):
        raise InvalidInput(
            _("The segment {start}–{end} leaves the text of {path}.").format(
                start=start, end=end, path=there.path
            ),
            exists=_("It has {n} characters.").format(n=len(there.text)),
        )
    return there.text[start:end]


def _nothing(subject: UUID) -> NotFound:
    return NotFound(
        _("Nothing stands in the study under the id {id}.").format(id=_shown(subject)),
        remedy=_("Read the note again."),
    )


def _shown(key: UUID) -> str:
    return key.hex[-SHOWN_ID:]
