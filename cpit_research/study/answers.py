"""What one coder answers to suggestions: accepted, rejected, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.errors import Conflict
from cpit_research.model.coding import Coding
from cpit_research.model.suggestion import Answer, Suggestion
from cpit_research.store import suggestions as store
from cpit_research.store.codings import append_rows
from cpit_research.study.code import (
    check_coder,
    check_facets,
    coding_rows,
    retract_again,
)
from cpit_research.study.suggestions import Named, Offer, offered
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "accept",
    "answer_subject",
    "reject",
    "reopen",
    "suggestion_accept",
    "suggestion_reject",
    "suggestion_reopen",
]

#: Last characters of an id, enough to name one suggestion of a study.
_SHOWN = 8


def suggestion_accept(
    study: Study,
    suggestion: Named,
    *,
    coder: str,
    facets: Mapping[str, str] | None = None,
    grid: str | None = None,
) -> Coding:
    """Put the code suggested (see :meth:`Study.suggestion_accept`)."""
    with writing(study) as connection:
        return accept(study, connection, suggestion, coder=coder, facets=facets, grid=grid)


def suggestion_reject(
    study: Study, suggestion: Named, *, coder: str, reason: str = ""
) -> Suggestion:
    """Turn a suggestion down (see :meth:`Study.suggestion_reject`)."""
    with writing(study) as connection:
        return reject(study, connection, suggestion, coder=coder, reason=reason)


def suggestion_reopen(study: Study, suggestion: Named, *, coder: str) -> Suggestion:
    """Undo an answer (see :meth:`Study.suggestion_reopen`)."""
    with writing(study) as connection:
        return reopen(study, connection, suggestion, coder=coder)


def accept(
    study: Study,
    connection: Connection,
    suggestion: Named,
    *,
    coder: str,
    facets: Mapping[str, str] | None = None,
    grid: str | None = None,
    id: bytes | None = None,
    event: bytes | None = None,
) -> Coding:
    """Put the code suggested, in a transaction; `id` is the coding's, `event` the answer's."""
    check_coder(study, coder)
    used = study.grid(grid)
    stated = dict(facets or {})
    check_facets(used, stated)
    offer = offered(study, connection, used, coder, suggestion)
    one = offer.find(suggestion)
    if one.answer is not None and one.answer.accepted:
        raise Conflict(
            _("“{coder}” has accepted this suggestion already.").format(coder=coder),
            where=_("Suggestion: {id}.").format(id=one.id.hex[-_SHOWN:]),
            remedy=_("Undo that answer first."),
        )
    (row,) = coding_rows(
        study, study.corpus, [(one.segment, one.code)], coder=coder, grid=used, facets=stated,
        suggestion=one.id, ids=lambda: id or study.occasion.new_id(),
    )  # fmt: skip
    coding = UUID(bytes=row[0])
    append_rows(connection, [row])
    _append(study, connection, offer, one, "accept", coder=coder, coding=coding, id=event)
    return Coding(coding, one.segment, one.version, one.code, coder, used.version, stated)


def reject(
    study: Study,
    connection: Connection,
    suggestion: Named,
    *,
    coder: str,
    reason: str = "",
    id: bytes | None = None,
) -> Suggestion:
    """Turn a suggestion down, in a transaction; what an acceptance put is taken back."""
    check_coder(study, coder)
    offer = offered(study, connection, study.grid(), coder, suggestion)
    one = offer.find(suggestion)
    return _append(
        study, connection, offer, one, "reject", coder=coder, reason=reason.strip(), id=id
    )


def reopen(
    study: Study,
    connection: Connection,
    suggestion: Named,
    *,
    coder: str,
    id: bytes | None = None,
) -> Suggestion:
    """Undo an answer, in a transaction; what an acceptance put is taken back."""
    check_coder(study, coder)
    offer = offered(study, connection, study.grid(), coder, suggestion)
    one = offer.find(suggestion)
    if one.answer is None:
        raise Conflict(
            _("“{coder}” has not answered this suggestion.").format(coder=coder),
            where=_("Suggestion: {id}.").format(id=one.id.hex[-_SHOWN:]),
        )
    return _append(study, connection, offer, one, "reopen", coder=coder, id=id)


def answer_subject(study: Study, suggestion: UUID, coder: str) -> bytes:
    """Return the identity of what one coder answers to a suggestion: the same in every copy."""
    return passage_digest(f"answer\0{suggestion}\0{coder}", study.identity.key)


def _append(
    study: Study,
    connection: Connection,
    offer: Offer,
    one: Suggestion,
    kind: store.AnswerKind,
    *,
    coder: str,
    coding: UUID | None = None,
    reason: str = "",
    id: bytes | None = None,
) -> Suggestion:
    """Write an answer in the place of those before, and return the suggestion with it."""
    told, at = offer.told(one), study.occasion.milliseconds()
    store.append_answer(
        connection, kind, one.id, event=id or study.occasion.new_id(),
        subject=answer_subject(study, one.id, coder),
        at=at, coder=coder, coding=coding, reason=reason,
        replaces=[head for answer in told for head in answer.heads],
    )  # fmt: skip
    for former in (key for answer in told for key in answer.codings):
        retract_again(study, connection, former, coder=coder)
    if kind == "reopen":
        return replace(one, answer=None)
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return replace(one, answer=Answer(kind == "accept", coder, moment, reason, coding))
