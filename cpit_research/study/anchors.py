"""The queue of passages that a corrected text left behind: a person says where each one goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.event import EventKind
from cpit_research.model.segment import Segment
from cpit_research.store import anchors as store
from cpit_research.store.sources import current_versions, text_of
from cpit_research.study.code import check_coder
from cpit_research.study.reanchor import Proposal, proposals
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest
from cpit_research.text.quotation import locate
from cpit_research.text.reanchoring import Reason
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study

#: Last characters of an id, enough to name one coding of a study.
SHOWN_ID = 8


@dataclass(frozen=True, slots=True)
class WaitingAnchor:
    """One coding, memo or passage proposed that waits for a person.

    Parameters
    ----------
    id : str
        Last characters of its id.
    path : str
        Document.
    code : str or None
        The code put there; None for a memo or a passage proposed.
    coder : str
        Who put it.
    words : str
        The passage, in the text it was put on.
    reason : str
        ``"changed"``, ``"ambiguous"``, ``"surroundings"``, ``"gone"``; empty when it would move by
        itself, as after it was taken back.
    proposed : Segment or None
        Where it might go in the newest text.
    proposed_words : str
        The words there.
    name : str
        The provisional name of a passage proposed; empty otherwise.
    """

    id: str
    path: str
    code: str | None
    coder: str
    words: str
    reason: Reason
    proposed: Segment | None
    proposed_words: str
    name: str = ""


def anchors_list(study: Study) -> tuple[WaitingAnchor, ...]:
    """Return what waits (see :meth:`Study.anchors_list`)."""
    with study.shelf.database.reading() as connection:
        found = _queue(connection, _newest(connection))
        coders = {one.before.subject: _coder(connection, one.before) for one in found}
    corpus = study.corpus
    return tuple(
        WaitingAnchor(
            one.before.subject.hex()[-SHOWN_ID:],
            corpus[one.before.source].path,
            one.before.code,
            coders[one.before.subject],
            one.words,
            one.found.reason,
            Segment(one.before.source, one.found.start, one.found.end)
            if one.found.start is not None and one.found.end is not None
            else None,
            one.proposed,
            one.before.name,
        )
        for one in found
    )


def anchors_accept(study: Study, ids: Sequence[str] | None, *, coder: str) -> int:
    """Put passages where it is proposed (see :meth:`Study.anchors_accept`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        current = _newest(connection)
        queue = _queue(connection, current)
        if ids is None:
            asked = [one for one in queue if one.found.start is not None]
        else:  # the same passage may be named twice, by a longer and a shorter id
            named = [_one(queue, key) for key in ids]
            asked = list({one.before.subject: one for one in named}.values())
        moves = []
        for one in asked:
            if one.found.start is None or one.found.end is None:
                raise Conflict(
                    _("No place is proposed for {id}: “{words}”.").format(
                        id=_shown(one), words=shortened(one.words)
                    ),
                    remedy=_("Place it by hand, or discard it with the reason."),
                )
            place = (current[one.before.source], one.found.start, one.found.end)
            moves.append(_Hand(study, connection, coder).move(one.before, place, "accepted"))
        store.append_moves(connection, moves)
    return len(moves)


def anchors_place(study: Study, id: str, words: str, *, coder: str) -> Segment:
    """Put one passage on words of the newest text (see :meth:`Study.anchors_place`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        current = _newest(connection)
        one = _one(_queue(connection, current), id)
        version = current[one.before.source]
        places = locate(text_of(connection, version), words)
        if len(places) != 1:
            raise InvalidInput(
                ngettext(
                    "These words stand {n} time in the newest text of the document: “{words}”.",
                    "These words stand {n} times in the newest text of the document: “{words}”.",
                    len(places),
                ).format(n=len(places), words=shortened(words)),
                remedy=_("Give words that stand in it exactly once."),
            )
        place = (version, *places[0])
        move = _Hand(study, connection, coder).move(one.before, place, "placed")
        store.append_moves(connection, [move])
    return Segment(one.before.source, *places[0])


def anchors_discard(study: Study, id: str, reason: str, *, coder: str) -> None:
    """Take one passage back, with the reason (see :meth:`Study.anchors_discard`)."""
    check_coder(study, coder)
    if not reason.strip():
        raise InvalidInput(
            _("A passage is discarded with a reason."),
            remedy=_("Say why it no longer stands, in a few words."),
        )
    with writing(study) as connection:
        one = _one(_queue(connection, _newest(connection)), id).before
        place = (one.version, one.start, one.end)
        said = reason.strip()
        move = _Hand(study, connection, coder).move(
            one, place, "discarded", kind="retract", reason=said
        )
        store.append_moves(connection, [move])


def anchors_undo(study: Study, id: str, *, coder: str) -> None:
    """Bring one passage back where it was (see :meth:`Study.anchors_undo`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        event, before = store.last_move(connection, id.strip().lower())
        place = (before.version, before.start, before.end)
        move = _Hand(study, connection, coder).move(event, place, "undone")
        store.append_moves(connection, [move])


def _queue(connection: Connection, current: Mapping[str, str]) -> list[Proposal]:
    """Return what people are asked about; a suggestion left behind may be made again."""
    return [one for one in proposals(connection, current) if not one.before.is_suggestion]


def _newest(connection: Connection) -> dict[str, str]:
    return {source: version for source, (version, _n) in current_versions(connection).items()}


def _coder(connection: Connection, one: store.Anchored) -> str:
    """Return who put the code or wrote the memo: the actor of its first event."""
    return next(
        event.actor for event in store.events_on(connection, one.subject) if event.id == one.subject
    )


def _one(queue: Sequence[Proposal], key: str) -> Proposal:
    """Return what waits under an id, or the end of one."""
    key = key.strip().lower()
    found = [one for one in queue if key and one.before.subject.hex().endswith(key)]
    if len(found) == 1:
        return found[0]
    raise NotFound(
        _("Several passages that wait have an id that ends in {id}.").format(id=key)
        if found
        else _("No passage waits under the id “{id}”.").format(id=key),
        exists=_("Those that wait: {ids}.").format(
            ids=", ".join(_shown(one) for one in queue[:12]) + ("…" if len(queue) > 12 else "")
        )
        if queue
        else "",
        remedy=_("“cpit anchors list” shows them."),
    )


class _Hand:
    """A person who settles the queue, in one transaction."""

    def __init__(self, study: Study, connection: Connection, coder: str) -> None:
        self._study = study
        self._connection = connection
        self._coder = coder

    def move(
        self,
        before: store.Anchored,
        place: tuple[str, int, int],
        how: str,
        *,
        kind: EventKind = "confirm",
        reason: str = "",
    ) -> store.Move:
        """Return the event that puts one passage on a version, from a start to an end."""
        version, start, end = place
        passage = text_of(self._connection, version)[start:end]
        said = {"how": how, **({"reason": reason} if reason else {})}
        return store.Move(
            self._study.occasion.new_id(), kind, self._study.occasion.milliseconds(), self._coder,
            before, version, start, end, passage_digest(passage, self._study.identity.key), said,
        )  # fmt: skip


def _shown(one: Proposal) -> str:
    return one.before.subject.hex()[-SHOWN_ID:]
