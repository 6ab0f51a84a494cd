"""Undoing a correction of a text: withdrawn while it waits, corrected back once it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from cpit_research.errors import Conflict
from cpit_research.model.correction import Correction
from cpit_research.model.segment import Segment
from cpit_research.store import corrections as store
from cpit_research.store.sources import current_versions, text_of
from cpit_research.study.code import check_coder
from cpit_research.study.corrections import correct_in, correction_list, stored
from cpit_research.study.rounds.blind import hidden_coders
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest
from cpit_research.text.editing import placed
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["correction_undo"]


def correction_undo(study: Study, id: str, *, coder: str) -> Correction:
    """Undo a correction (see :meth:`Study.correction_undo`)."""
    check_coder(study, coder)
    with study.shelf.database.reading() as connection:
        one = stored(connection, id)
    if one.state == "applied":
        return _corrected_back(study, one, coder)
    told = next(told for told in correction_list(study) if told.id.bytes == one.subject)
    if told.coder != coder or told.state == "declined":
        raise Conflict(
            _("This correction cannot be undone: it was decided, or is of someone else."),
            remedy=_("“cpit correction list” shows what became of it."),
        )
    return told if told.state == "withdrawn" else _withdrawn(study, one)


def _withdrawn(study: Study, one: store.StoredCorrection) -> Correction:
    with writing(study) as connection:
        passage = text_of(connection, one.version)[one.start : one.end]
        store.append_withdrawn(
            connection, one, event=study.occasion.new_id(), at=study.occasion.milliseconds(),
            digest=passage_digest(passage, study.identity.key),
        )  # fmt: skip
    return next(told for told in correction_list(study) if told.id.bytes == one.subject)


def _corrected_back(study: Study, one: store.StoredCorrection, coder: str) -> Correction:
    """Correct back, unless what was done since would not come out of it as it stands.

    What a round hides from the coder is carried as by any correction: to refuse would tell of it.
    """
    held = list(_passages(study, one.source, hidden_coders(study, one.source, coder)))
    with writing(study) as connection:
        found = _standing(connection, one)
        if found is None or any(_is_cut(passage, found[1]) for passage in held):
            raise Conflict(
                _("This correction can no longer be undone: work was done since on what it reads."),
                remedy=_("Correct these words again where they stand."),
            )
        before = text_of(connection, one.version)[one.start : one.end]
        reason = _("Corrected back")
        return correct_in(study, connection, found[0], before, coder=coder, reason=reason)


def _passages(study: Study, source: str, apart: Collection[str]) -> Iterator[Segment]:
    """Yield where codings, memos and passages proposed stand, but for those of some coders."""
    proposed = [one for proposal in study.grid_proposals() for one in proposal.passages]
    placed_by = (
        *((one.coder, one.segment) for one in study.codings()),
        *((one.author, one.segment) for one in study.memos),
        *((one.coder, one.segment) for one in proposed),
    )
    return (one for by, one in placed_by if one.source == source and by not in apart)


def _is_cut(passage: Segment, changed: Segment) -> bool:
    """Tell whether a passage shares words with a stretch and does not cover the whole of it."""
    shared = passage & changed
    return shared is not None and shared != changed


def _standing(
    connection: Connection, one: store.StoredCorrection
) -> tuple[Segment, Segment] | None:
    """Return the passage corrected and the words changed, where they still read so; else None."""
    if not one.edits:
        return None
    version, newest = one.into, current_versions(connection)[one.source][0]
    first, last = one.edits[0], one.edits[-1]
    passage = placed(one.edits, one.start, one.end)
    changed = placed(one.edits, first.start, last.end)
    words = text_of(connection, version)[slice(*passage)]
    known = store.steps(connection)
    while version != newest:
        if version not in known:
            return None
        version, edits = known[version]
        passage, changed = placed(edits, *passage), placed(edits, *changed)
    if text_of(connection, version)[slice(*passage)] != words:
        return None
    return Segment(one.source, *passage), Segment(one.source, *changed)
