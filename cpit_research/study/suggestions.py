"""Suggestions: what a machine or a person suggests to code, and what each coder answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.corpus.codings import Codings
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.coding import Coding
from cpit_research.model.grid import Grid
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested, Suggestion, is_machine
from cpit_research.store import suggestions as store
from cpit_research.store.codings import append_rows
from cpit_research.store.sources import current_versions
from cpit_research.study.code import (
    check_code,
    check_coder,
    check_facets,
    coding_rows,
    retract_again,
)
from cpit_research.study.rounds.blind import apart
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "accept",
    "answer_subject",
    "codings_put",
    "reject",
    "reopen",
    "suggest",
    "suggestion_accept",
    "suggestion_reject",
    "suggestion_reopen",
    "suggestions",
]

#: A suggestion, or its id, or the end of it.
Named = Suggestion | UUID | str
_SHOWN = 8


def suggest(
    study: Study, marks: Iterable[Suggested], *, coder: str, grid: str | None = None
) -> int:
    """Keep suggestions that are not there yet (see :meth:`Study.suggest`)."""
    used = study.grid(grid)
    if not is_machine(coder):
        check_coder(study, coder)
    listed = list(marks)
    corpus = study.corpus
    for code in {mark.code for mark in listed}:
        check_code(code, used)
    with writing(study) as connection:
        held = {one.first_said for one in store.stored_suggestions(connection)}
        fresh = []
        for mark in listed:
            source = corpus[mark.segment.source]
            if mark.segment.end > len(source.text):
                raise InvalidInput(
                    _("The segment {start}–{end} leaves the text of {path}.").format(
                        start=mark.segment.start, end=mark.segment.end, path=source.path
                    ),
                    exists=_("It has {n} characters.").format(n=len(source.text)),
                )
            one = store.StoredSuggestion(
                study.occasion.new_id(), coder, study.occasion.milliseconds(), source.version,
                source.id, mark.segment.start, mark.segment.end, mark.code, used.version,
                mark.score, mark.terms,
            )  # fmt: skip
            if one.said not in held:  # made on this very text; on a former one, it is made anew
                held.add(one.said)
                fresh.append((one, passage_digest(corpus.quote(mark.segment), study.identity.key)))
        store.append_suggestions(connection, fresh)
    return len(fresh)


def suggestions(
    study: Study,
    coder: str | None = None,
    *,
    answered: bool = False,
    grid: str | None = None,
) -> tuple[Suggestion, ...]:
    """Return the suggestions that wait, or that were answered (see :meth:`Study.suggestions`)."""
    used = study.grid(grid)
    if coder is None:
        if answered:
            raise InvalidInput(_("Each coder answers for herself: say whose answers."))
        with study.shelf.database.reading() as connection:
            return tuple(_standing(study, connection, used))
    check_coder(study, coder)
    with study.shelf.database.reading() as connection:
        found = list(_asked(study, connection, used, coder))
    if answered:
        return tuple(one for one in found if one.answer is not None)
    waiting = [one for one in found if one.answer is None]
    there = _coded(study.codings(used).where(coder=coder)) if waiting else set()
    return tuple(
        one
        for one in waiting
        if (one.segment.source, one.segment.start, one.segment.end, one.code) not in there
    )


def _coded(codings: Codings) -> set[tuple[str, int, int, str]]:
    """Return where codings stand, and their codes."""
    columns = codings.columns
    sources = map(columns.source.names.__getitem__, columns.source.rows.tolist())
    codes = map(columns.code.names.__getitem__, columns.code.rows.tolist())
    places = columns.start.tolist(), columns.end.tolist()
    return set(zip(sources, *places, codes, strict=True))


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
    one = _found(study, connection, used, suggestion, coder)
    if one.answer is not None and one.answer.accepted and one.answer.coding is not None:
        raise Conflict(
            _("“{coder}” has accepted this suggestion already.").format(coder=coder),
            where=_("Suggestion: {id}.").format(id=one.id.hex[-_SHOWN:]),
            remedy=_("Undo that answer first: “study.suggestion_reopen”."),
        )
    check_code(one.code, used)
    (row,) = coding_rows(
        study, study.corpus, [(one.segment, one.code)], coder=coder, grid=used, facets=stated,
        suggestion=one.id, ids=lambda: id or study.occasion.new_id(),
    )  # fmt: skip
    coding = UUID(bytes=row[0])
    append_rows(connection, [row])
    _answer(study, connection, one, "accept", coder, coding=coding, id=event)
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
    """Turn a suggestion down, in a transaction."""
    return _unput(study, connection, suggestion, "reject", coder, reason=reason.strip(), id=id)


def reopen(
    study: Study,
    connection: Connection,
    suggestion: Named,
    *,
    coder: str,
    id: bytes | None = None,
) -> Suggestion:
    """Undo an answer, in a transaction: the coding that it put is taken back."""
    return _unput(study, connection, suggestion, "reopen", coder, id=id)


def answer_subject(study: Study, suggestion: UUID, coder: str) -> bytes:
    """Return the identity of what one coder answers to a suggestion."""
    return passage_digest(f"answer\0{suggestion}\0{coder}", study.identity.key)


def codings_put(connection: Connection, suggestion: UUID, *, coder: str) -> tuple[bytes, ...]:
    """Return the codings that the answers of one coder to a suggestion have put."""
    before = store.stored_answers(connection, coder).get(suggestion)
    return tuple(key.bytes for key in before.codings) if before else ()


def _unput(
    study: Study,
    connection: Connection,
    suggestion: Named,
    kind: store.AnswerKind,
    coder: str,
    *,
    reason: str = "",
    id: bytes | None = None,
) -> Suggestion:
    """Answer otherwise than by accepting; what an acceptance put is taken back."""
    check_coder(study, coder)
    used = study.grid()
    one = _found(study, connection, used, suggestion, coder)
    if kind == "reopen" and one.answer is None:
        raise Conflict(
            _("“{coder}” has not answered this suggestion.").format(coder=coder),
            where=_("Suggestion: {id}.").format(id=one.id.hex[-_SHOWN:]),
        )
    for coding in _answer(study, connection, one, kind, coder, reason=reason, id=id):
        retract_again(study, connection, coding, coder=coder)
    return _found(study, connection, used, one.id, coder)


def _answer(
    study: Study,
    connection: Connection,
    one: Suggestion,
    kind: store.AnswerKind,
    coder: str,
    *,
    coding: UUID | None = None,
    reason: str = "",
    id: bytes | None = None,
) -> tuple[UUID, ...]:
    """Write an answer in the place of those before; return the codings that those put."""
    before = store.stored_answers(connection, coder)
    twins = [
        UUID(bytes=other.subject)
        for other in _alike(connection, one)
        if UUID(bytes=other.subject) in before or other.subject == one.id.bytes
    ]
    told = [before[twin] for twin in twins if twin in before]
    store.append_answer(
        connection, kind, one.id, event=id or study.occasion.new_id(),
        subject=answer_subject(study, one.id, coder),
        at=study.occasion.milliseconds(), coder=coder, coding=coding, reason=reason,
        replaces=[head for answer in told for head in answer.heads],
    )  # fmt: skip
    return tuple(key for answer in told for key in answer.codings)


def _alike(connection: Connection, one: Suggestion) -> Iterator[store.StoredSuggestion]:
    """Yield a suggestion and those that say the same."""
    listed = store.stored_suggestions(connection)
    said = {other.said for other in listed if other.subject == one.id.bytes}
    return (other for other in listed if other.said in said)


def _standing(study: Study, connection: Connection, used: Grid) -> Iterator[Suggestion]:
    """Yield the suggestions on the newest texts whose code stands under a version of the grid."""
    fates = study.shelf.lineage(used).fates(used.version)
    leaves = {code.id for code in used.leaves()}
    newest = {version for version, _n in current_versions(connection).values()}
    met: set[tuple[object, ...]] = set()
    for one in sorted(store.stored_suggestions(connection), key=lambda one: one.subject):
        code = one.code if one.grid == used.version else fates.get((one.grid, one.code)) or ""
        if one.version in newest and code in leaves and one.said not in met:
            met.add(one.said)
            yield Suggestion(
                UUID(bytes=one.subject), Segment(one.source, one.start, one.end), one.version,
                code, one.grid, one.by, datetime.fromtimestamp(one.at / 1000, UTC), one.score,
                one.terms,
            )  # fmt: skip


def _asked(study: Study, connection: Connection, used: Grid, coder: str) -> Iterator[Suggestion]:
    """Yield the suggestions that one coder may see, each with her own answer, by place."""
    answers = store.stored_answers(connection, coder)
    hidden = apart(connection, coder)
    twins: dict[tuple[object, ...], list[UUID]] = {}
    said = {}
    for other in store.stored_suggestions(connection):
        key = said[other.subject] = other.said
        twins.setdefault(key, []).append(UUID(bytes=other.subject))
    listed = sorted(_standing(study, connection, used), key=lambda one: (one.segment, one.id))
    for one in listed:
        if (one.segment.source, one.by) in hidden:
            continue
        told = [answers[key].answer for key in twins[said[one.id.bytes]] if key in answers]
        given = sorted(
            (answer for answer in told if answer is not None),
            key=lambda answer: (not answer.accepted, answer.at),
        )
        yield replace(one, answer=given[0]) if given else one


def _found(
    study: Study, connection: Connection, used: Grid, suggestion: Named, coder: str
) -> Suggestion:
    """Return a suggestion that a coder may answer.

    Raises
    ------
    NotFound
        If there is none, or several under the end of an id.
    """
    key = suggestion.id.hex if isinstance(suggestion, Suggestion) else str(suggestion)
    key = key.strip().lower().replace("-", "")
    listed = list(_asked(study, connection, used, coder))
    found = [one for one in listed if key and one.id.hex.endswith(key)]
    if len(found) == 1:
        return found[0]
    raise NotFound(
        _("Several suggestions have an id that ends in {id}.").format(id=key)
        if found
        else _("No suggestion stands under the id “{id}”.").format(id=key),
        exists=""
        if found
        else _("Its passage has changed, its code no longer stands, or it was never made."),
        remedy=_("“study.suggestions” gives those that stand."),
    )
