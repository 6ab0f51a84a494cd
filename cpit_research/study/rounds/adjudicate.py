"""Deciding of codings that differ: what stands there, and why; theirs stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.adjudication import DISAGREEMENT_REASONS, Adjudication, DisagreementReason
from cpit_research.model.coding import Coding
from cpit_research.model.grid import Grid
from cpit_research.model.segment import Segment
from cpit_research.store import codings as coding_store
from cpit_research.store.adjudications import append_adjudication, stored_adjudications
from cpit_research.study.code import check_code, check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording.figures import long_date

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Verdict", "adjudicate", "adjudications", "check_decider", "decide_all", "undo_all"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided of some codings: one of them is kept, a code is put, or none stands."""

    codings: tuple[Coding, ...]
    reason: str
    why: str
    code: str | None = None
    segment: Segment | None = None
    keep: Coding | None = None
    round: UUID | None = None


def adjudications(study: Study) -> tuple[Adjudication, ...]:
    """Return the decisions that stand (see :attr:`Study.adjudications`)."""
    with study.shelf.database.reading() as connection:
        return tuple(stored_adjudications(connection))


def adjudicate(
    study: Study,
    codings: Iterable[Coding],
    *,
    code: str | None,
    segment: Segment | None = None,
    reason: DisagreementReason,
    why: str,
    coder: str,
    keep: Coding | None = None,
    grid: str | None = None,
) -> Adjudication:
    """Decide of codings that differ (see :meth:`Study.adjudicate`)."""
    refuse_in_lot(study)
    verdict = Verdict(tuple(codings), reason, why, code, segment, keep)
    with writing(study) as connection:
        (made,) = decide_all(study, connection, [verdict], coder=coder, grid=study.grid(grid))
    return made


def decide_all(
    study: Study,
    connection: Connection,
    verdicts: Sequence[Verdict],
    *,
    coder: str,
    grid: Grid,
) -> list[Adjudication]:
    """Write decisions, or none of them.

    Raises
    ------
    InvalidInput, NotFound, Conflict
        As :meth:`Study.adjudicate <cpit_research.study.study.Study.adjudicate>`.
    """
    check_decider(study, coder)
    corpus = study.corpus
    bench = _Bench(study, connection, corpus, grid)
    made = []
    for verdict in verdicts:
        decided, facets = bench.decision(verdict, coder)
        digest = passage_digest(corpus.quote(decided.segment), study.identity.key)
        append_adjudication(connection, decided, digest, facets)
        bench.judged |= dict.fromkeys(decided.of, decided)
        made.append(decided)
    return made


def undo_all(
    study: Study, connection: Connection, decisions: Iterable[Adjudication], *, coder: str
) -> None:
    """Take decisions back: the codings that they are about may be decided again."""
    events = []
    for one in decisions:
        standing = coding_store.standing_events(connection, one.id.bytes)
        events.append(
            replace(
                standing[0],
                id=study.occasion.new_id(),
                kind="retract",
                at=study.occasion.milliseconds(),
                actor=coder,
                replaces=tuple(event.id for event in standing),
            )
        )
    coding_store.append(connection, events)


class _Bench:
    """What is known of the codings when decisions are written: nobody writes meanwhile."""

    def __init__(self, study: Study, connection: Connection, corpus: Corpus, grid: Grid) -> None:
        self._study, self._corpus, self._grid = study, corpus, grid
        columns = study.shelf.load(connection, corpus, grid).columns
        self._codings = Codings(columns, corpus, grid)
        self._rows = {key: row for row, key in enumerate(columns.ids.tolist())}
        self.judged: dict[UUID, Adjudication] = {}
        self._put: dict[UUID, Adjudication] = {}
        for decided in stored_adjudications(connection):
            self._put[decided.id] = decided
            self.judged |= dict.fromkeys(decided.of, decided)

    def decision(self, verdict: Verdict, coder: str) -> tuple[Adjudication, Mapping[str, str]]:
        """Return what a verdict decides, and the facets of the coding that it puts."""
        _check_words(verdict)
        listed = [self._standing(coding.id) for coding in _once(verdict.codings)]
        if not listed:
            raise InvalidInput(_("A decision is about one coding or more."))
        _check_together(listed, self._corpus)
        code, segment = self._stands(verdict, listed)
        facets: Mapping[str, str] = {}
        if verdict.keep is not None:
            facets = self._standing(verdict.keep.id).facets
        decided = Adjudication(
            UUID(bytes=self._study.occasion.new_id()),
            segment,
            self._corpus[segment.source].version,
            tuple(sorted((one.id for one in listed), key=lambda key: key.int)),
            _reason(verdict.reason),
            verdict.why.strip(),
            coder,
            self._study.occasion.now(),
            code,
            self._grid.version if code else "",
            verdict.keep.id if verdict.keep is not None else None,
            verdict.round,
        )
        return decided, facets

    def _standing(self, key: UUID) -> Coding:
        """Return a coding as it stands, of which nothing is decided yet."""
        if key in self._put:
            raise InvalidInput(
                _("The coding {id} was put by a decision of {by}, not by a coder.").format(
                    id=key.hex[-8:], by=self._put[key].by
                ),
                remedy=_("Take that decision back first."),
            )
        if key.bytes not in self._rows:
            raise NotFound(
                _("The coding {id} does not stand under the grid {version}.").format(
                    id=key.hex[-8:], version=self._grid.version
                ),
                remedy=_("Take the codings anew from the study."),
            )
        coding = self._codings.coding(self._rows[key.bytes])
        if key in self.judged:
            raise _decided_already(self._codings, coding, self.judged[key])
        return coding

    def _stands(self, verdict: Verdict, listed: Sequence[Coding]) -> tuple[str, Segment]:
        """Return the code that stands, empty for none, and the passage decided on."""
        first, last = listed[0].segment, listed[-1].segment
        whole = Segment(
            first.source, min(one.segment.start for one in listed),
            max(one.segment.end for one in listed),
        )  # fmt: skip
        if verdict.keep is not None:
            kept = next((one for one in listed if one.id == verdict.keep.id), None)
            if kept is None:
                raise InvalidInput(_("A coding is kept among those that the decision is about."))
            if verdict.segment not in {None, kept.segment} or verdict.code not in {None, kept.code}:
                raise InvalidInput(
                    _("A coding that is kept stays as it is: neither its code nor its passage "
                      "changes."),
                    remedy=_("Put a code on a passage instead of keeping a coding."),
                )  # fmt: skip
            return kept.code, kept.segment
        segment = verdict.segment or (first if first == last else whole)
        if segment.source != first.source or segment.end > len(self._corpus[first.source].text):
            raise InvalidInput(_("The passage decided on is in the document of the codings."))
        if verdict.code is not None:
            check_code(verdict.code, self._grid)
        return verdict.code or "", segment


def _once(codings: Iterable[Coding]) -> list[Coding]:
    found = {coding.id: coding for coding in codings}
    return sorted(found.values(), key=lambda one: (one.segment, one.id.int))


def _check_words(verdict: Verdict) -> None:
    _reason(verdict.reason)
    if not verdict.why.strip():
        raise InvalidInput(
            _("A decision says why, in a few words."),
            remedy=_("What decided it is what the next coder, and the next grid, will need."),
        )


def _reason(reason: str) -> DisagreementReason:
    for known in DISAGREEMENT_REASONS:
        if known == reason:
            return known
    raise InvalidInput(
        _("“{value}” is not a value of {name}.").format(value=reason, name="reason"),
        exists=_("It can be: {values}.").format(values=", ".join(DISAGREEMENT_REASONS)),
    )


def _check_together(listed: Sequence[Coding], corpus: Corpus) -> None:
    sources = list(dict.fromkeys(one.segment.source for one in listed))
    if len(sources) > 1:
        raise InvalidInput(
            _("A decision is about codings of one document."),
            exists=_("These are of: {paths}.").format(
                paths=", ".join(corpus[key].path for key in sources)
            ),
        )


def check_decider(study: Study, coder: str) -> None:
    """Refuse who cannot decide: somebody unknown, a machine, somebody in training."""
    check_coder(study, coder)
    person = next((one for one in study.register.researchers if one.id == coder), None)
    if person is not None and person.standing != "member":
        raise InvalidInput(
            _("{coder} cannot decide: machines and people in training settle nothing.").format(
                coder=coder
            )
        )


def _decided_already(codings: Codings, coding: Coding, decided: Adjudication) -> Conflict:
    words = shortened(codings.quote(coding))
    return Conflict(
        _("The coding {code} of {coder}, “{words}”, was decided by {by} on {date}.").format(
            code=coding.code, coder=coding.coder, words=words, by=decided.by,
            date=long_date(decided.at.date()),
        ),
        where=_("Why: {why}").format(why=decided.why),
        remedy=_("Take that decision back first (“cpit round undo”)."),
    )  # fmt: skip
