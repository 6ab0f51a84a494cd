"""Suggestions: what a machine or a person suggests to code, and what each coder answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

import numpy as np
from sqlalchemy import Connection

from cpit_research.corpus.codings import Codings
from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.grid import Grid
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested, Suggestion, is_machine
from cpit_research.store import suggestions as store
from cpit_research.store.sources import current_versions
from cpit_research.study.code import (
    check_code,
    check_coder,
)
from cpit_research.study.rounds.blind import apart
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Named", "Offer", "offered", "suggest", "suggestions", "waiting"]

#: A suggestion, or its id, or the end of it.
Named = Suggestion | UUID | str
#: More than a text has characters.
_FAR: Final = 2**40


@dataclass(frozen=True, slots=True)
class Offer:
    """What is suggested to one coder, in one state of the study.

    Parameters
    ----------
    listed : tuple of Suggestion
        The suggestions that she may answer, each with her own answer, by place.
    answers : mapping of UUID to StoredAnswer
        What she answered, by suggestion.
    twins : mapping of UUID to tuple of UUID
        The suggestions that say the same, by the one that is shown.
    """

    listed: tuple[Suggestion, ...]
    answers: Mapping[UUID, store.StoredAnswer]
    twins: Mapping[UUID, tuple[UUID, ...]]

    def told(self, one: Suggestion) -> tuple[store.StoredAnswer, ...]:
        """Return what she answered to a suggestion, under whichever of its ids."""
        return tuple(self.answers[key] for key in self.twins[one.id] if key in self.answers)

    def find(self, suggestion: Named) -> Suggestion:
        """Return a suggestion that she may answer.

        Raises
        ------
        NotFound
            If there is none, or several under the end of an id.
        """
        key = suggestion.id.hex if isinstance(suggestion, Suggestion) else str(suggestion)
        key = key.strip().lower().replace("-", "")
        found = [one for one in self.listed if key and one.id.hex.endswith(key)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(_("Several suggestions have an id that ends in {id}.").format(id=key))
        raise NotFound(
            _("No suggestion stands under the id “{id}”.").format(id=key),
            exists=_("Its passage has changed, its code no longer stands, or it was never made."),
        )


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
            stored = store.stored_suggestions(connection)
            return tuple(sorted(_standing(study, connection, used, stored), key=_place))
    check_coder(study, coder)
    if not answered:
        return waiting(study, coder, used)
    with study.shelf.database.reading() as connection:
        found = offered(study, connection, used, coder).listed
    return tuple(one for one in found if one.answer is not None)


def waiting(
    study: Study, coder: str, used: Grid, source: str | None = None
) -> tuple[Suggestion, ...]:
    """Return the suggestions that wait for one coder, by place; those of one note when it is said.

    Those of a code that she has put on those very words do not wait.
    """
    with study.shelf.database.reading() as connection:
        found = offered(study, connection, used, coder, source=source).listed
    unanswered = [one for one in found if one.answer is None]
    there = _coded(study.codings(used), coder, unanswered) if unanswered else set()
    return tuple(
        one
        for one in unanswered
        if (one.segment.source, one.segment.start, one.segment.end, one.code) not in there
    )


def _coded(
    codings: Codings, coder: str, listed: Iterable[Suggestion]
) -> set[tuple[str, int, int, str]]:
    """Return where codings of a coder stand, and their codes, where some suggestions begin."""
    columns = codings.columns
    rank = {name: at for at, name in enumerate(columns.source.names)}
    wanted = [
        rank[one.segment.source] * _FAR + one.segment.start
        for one in listed
        if one.segment.source in rank
    ]
    places = columns.source.rows.astype(np.int64) * _FAR + columns.start
    kept = columns.coder.among((coder,)) & np.isin(places, np.array(wanted, np.int64))
    rows = np.flatnonzero(kept)
    return {
        (columns.source[row], int(columns.start[row]), int(columns.end[row]), columns.code[row])
        for row in rows.tolist()
    }


def offered(
    study: Study,
    connection: Connection,
    used: Grid,
    coder: str,
    named: Named = "",
    *,
    source: str | None = None,
) -> Offer:
    """Return what is suggested to one coder under a version of the grid, with her answers.

    All of it, or that of one note: `source`, or that of the suggestion `named` by its whole id.
    """
    answers = store.stored_answers(connection, coder)
    hidden = apart(connection, coder)
    key = named.id if isinstance(named, Suggestion) else named
    if isinstance(key, UUID):
        source = store.source_of(connection, key)
    stored = store.stored_suggestions(connection, source)
    twins: dict[tuple[object, ...], list[UUID]] = {}
    for other in stored:
        twins.setdefault(other.said, []).append(UUID(bytes=other.subject))
    said = {UUID(bytes=one.subject): tuple(twins[one.said]) for one in stored}
    offer = Offer((), answers, said)
    shown = sorted(_standing(study, connection, used, stored, source), key=_place)
    return replace(
        offer,
        listed=tuple(
            _with_answer(one, offer.told(one))
            for one in shown
            if (one.segment.source, one.by) not in hidden
        ),
    )


def _with_answer(one: Suggestion, told: Iterable[store.StoredAnswer]) -> Suggestion:
    """Return a suggestion with the answer that counts: an acceptance first, then the oldest."""
    given = [stored.answer for stored in told if stored.answer is not None]
    if not given:
        return one
    return replace(one, answer=min(given, key=lambda answer: (not answer.accepted, answer.at)))


def _place(one: Suggestion) -> tuple[str, int, int, int]:
    """Return where it stands, then its id: plain values, quicker to compare than a segment."""
    return one.segment.source, one.segment.start, one.segment.end, one.id.int


def _standing(
    study: Study,
    connection: Connection,
    used: Grid,
    stored: Iterable[store.StoredSuggestion],
    source: str | None = None,
) -> Iterator[Suggestion]:
    """Yield the suggestions on the newest texts whose code stands under a version of the grid.

    Those `stored` are all of one note when `source` names one.
    """
    _prints, fates = study.shelf.fates(used)
    leaves = {code.id for code in used.leaves()}
    newest = {version for version, _n in current_versions(connection, source).values()}
    met: set[tuple[object, ...]] = set()
    for one in sorted(stored, key=lambda one: one.subject):
        code = one.code if one.grid == used.version else fates.get((one.grid, one.code)) or ""
        if one.version in newest and code in leaves and one.said not in met:
            met.add(one.said)
            yield Suggestion(
                UUID(bytes=one.subject), Segment(one.source, one.start, one.end), one.version,
                code, one.grid, one.by, datetime.fromtimestamp(one.at / 1000, UTC), one.score,
                one.terms,
            )  # fmt: skip
