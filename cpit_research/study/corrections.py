"""Corrections of texts: made by whoever holds the study, asked for in a lot, then decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.correction import Correction, CorrectionState
from cpit_research.model.segment import Segment
from cpit_research.store import corrections as store
from cpit_research.store.sources import current_versions, text_of
from cpit_research.study.code import check_coder
from cpit_research.study.correct import correct_text
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.text.editing import placed
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "accept_correction",
    "correct",
    "correct_in",
    "correction_accept",
    "correction_decline",
    "correction_list",
    "stored",
]

_STATES: Mapping[str, CorrectionState] = {
    "applied": "made", "declined": "declined", "retract": "declined"
}  # fmt: skip


def correct(
    study: Study, segment: Segment, words: str, *, coder: str, reason: str = ""
) -> Correction:
    """Correct a passage, or ask for it in a lot (see :meth:`Study.correct`)."""
    with writing(study) as connection:
        return correct_in(study, connection, segment, words, coder=coder, reason=reason)


def correct_in(
    study: Study,
    connection: Connection,
    segment: Segment,
    words: str,
    *,
    coder: str,
    reason: str = "",
    id: bytes | None = None,
) -> Correction:
    """Correct a passage, or ask for it, in a transaction; `id` is that of the correction."""
    key = correct_text(study, connection, segment, words, coder=coder, reason=reason, id=id)
    return _named(_all(connection), key.hex())


def correction_list(study: Study) -> tuple[Correction, ...]:
    """Return the corrections, those that wait first (see :meth:`Study.correction_list`)."""
    with study.shelf.database.reading() as connection:
        found = _all(connection)
    return tuple(sorted(found, key=lambda one: one.state != "waiting"))


def correction_accept(study: Study, id: str, *, coder: str) -> Correction:
    """Make a correction that was asked for (see :meth:`Study.correction_accept`)."""
    with writing(study) as connection:
        return accept_correction(study, connection, id, coder=coder)


def accept_correction(study: Study, connection: Connection, id: str, *, coder: str) -> Correction:
    """Make a correction that was asked for, in a transaction."""
    one = _waiting(study, connection, id, coder)
    newest = current_versions(connection)[one.source][0]
    if one.version != newest:
        raise Conflict(
            _("The passage to correct no longer stands on the newest text."),
            remedy=_("“cpit anchors list” shows it: place it or discard it first."),
        )
    segment = Segment(one.source, one.start, one.end)
    correct_text(study, connection, segment, one.words, coder=coder, reason=one.reason, asked=one)
    return _named(_all(connection), one.subject.hex())


def correction_decline(study: Study, id: str, reason: str, *, coder: str) -> Correction:
    """Leave a text as it is (see :meth:`Study.correction_decline`)."""
    if not reason.strip():
        raise InvalidInput(
            _("A correction is declined with a reason."),
            remedy=_("Say in a few words why the text stays as it is."),
        )
    with writing(study) as connection:
        one = _waiting(study, connection, id, coder)
        store.append_declined(
            connection, one, event=study.occasion.new_id(), at=study.occasion.milliseconds(),
            coder=coder, why=reason.strip(),
        )  # fmt: skip
        return _named(_all(connection), one.subject.hex())


def _waiting(study: Study, connection: Connection, id: str, coder: str) -> store.StoredCorrection:
    """Return a correction that waits for the one who holds the study."""
    refuse_in_lot(study)
    check_coder(study, coder)
    found = _named(_all(connection), id)
    if found.state != "waiting":
        raise Conflict(
            _("The correction {id} was decided already.").format(id=found.reference),
            remedy=_("“cpit correction list” shows what became of it."),
        )
    return stored(connection, id)


def stored(connection: Connection, id: str) -> store.StoredCorrection:
    """Return a correction as the record keeps it; the end of its id is enough."""
    key = _named(_all(connection), id).id.bytes
    (found,) = (one for one in store.stored_corrections(connection) if one.subject == key)
    return found


def _all(connection: Connection) -> list[Correction]:
    paths = dict(
        tuple(row) for row in connection.exec_driver_sql("SELECT id, path FROM source").fetchall()
    )
    text = cache(lambda version: text_of(connection, version))
    return [_correction(one, paths, text) for one in store.stored_corrections(connection)]


def _correction(
    one: store.StoredCorrection, paths: Mapping[str, str], text: Callable[[str], str]
) -> Correction:
    state = "withdrawn" if _is_withdrawn(one) else _STATES.get(one.state, "waiting")
    before, words, result = text(one.version)[one.start : one.end], one.words, None
    if state == "made":
        start, end = placed(one.edits, one.start, one.end)
        words, result = text(one.into)[start:end], Segment(one.source, start, end)
    return Correction(
        UUID(bytes=one.subject), Segment(one.source, one.start, one.end), one.version,
        paths[one.source], before, words, one.reason, one.coder, _moment(one.at), state,
        one.into, "" if state == "waiting" else one.by,
        None if state == "waiting" else _moment(one.decided_at), one.why, result,
    )  # fmt: skip


def _is_withdrawn(one: store.StoredCorrection) -> bool:
    """Tell whether who asked took it back: what another one discards has a reason."""
    return one.state == "retract" and one.by == one.coder and not one.why


def _named(listed: Sequence[Correction], key: str) -> Correction:
    key = key.strip().lower().replace("-", "")
    found = [one for one in listed if key and one.id.hex.endswith(key)]
    if len(found) == 1:
        return found[0]
    raise NotFound(
        _("Several corrections have an id that ends in {id}.").format(id=key)
        if found
        else _("No correction has an id that ends in {id}.").format(id=key),
        remedy=_("“cpit correction list” shows them."),
    )


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
