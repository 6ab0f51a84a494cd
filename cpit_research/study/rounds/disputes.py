"""Closing a round, listing where its coders differ, deciding of it one by one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cpit_research.corpus.codings import Codings
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.adjudication import Adjudication
from cpit_research.model.disagreement import DISPUTE_KINDS, Disagreement
from cpit_research.model.round import Round
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.results.result import Result
from cpit_research.store.adjudications import stored_adjudications
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.rounds.adjudicate import Verdict, adjudications, decide_all, undo_all
from cpit_research.study.rounds.figures import (
    agreement_of,
    disputes_of,
    plain_rows,
    round_codings,
)
from cpit_research.study.rounds.rounds import (
    check_finished,
    find_round,
    frozen_grid,
    round_list,
    step,
)
from cpit_research.study.writing import writing
from cpit_research.text.quotation import locate
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.agreement import Dispute
    from cpit_research.study.study import Study

__all__ = [
    "RoundClosed",
    "decide",
    "passage_of",
    "round_close",
    "round_decide",
    "round_disputes",
    "round_undo",
    "verdicts_keeping",
]


#: How many identifiers an error names.
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """A round that was closed, its agreement a row a code, and where its coders differ.

    `kinds` counts disagreements by kind.
    """

    round: Round
    agreement: Result
    disagreements: tuple[Disagreement, ...]

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many disagreements there are of each kind."""
        counted = Counter(one.kind for one in self.disagreements)
        return {kind: counted[kind] for kind in DISPUTE_KINDS}


def round_close(
    study: Study, round: str | Round, *, coder: str, anyway: str | None = None
) -> RoundClosed:
    """Close a round and keep its figures (see :meth:`Study.round_close`)."""
    refuse_in_lot(study)
    check_coder(study, coder)
    found = find_round(study, round)
    if found.state in {"closed", "cancelled"}:
        raise Conflict(
            _("The round {name} is no longer open.").format(name=found.name),
            remedy=_("“cpit round reopen” opens it again, with a reason."),
        )
    reason = (anyway or "").strip()
    if anyway is None:
        check_finished(found)
    elif not reason:
        raise InvalidInput(_("A round is closed before everybody has finished with a reason."))
    codings = round_codings(study, found)
    result = agreement_of(codings, found).noting(*_notes(study, found))
    closed = step(
        study, found, "closed", coder=coder, reason=reason, figures=list(plain_rows(result))
    )
    return RoundClosed(closed, result, _disagreements(study, closed, codings))


def round_disputes(study: Study, round: str | Round) -> tuple[Disagreement, ...]:
    """List where the coders of a closed round differ (see :meth:`Study.round_disputes`)."""
    found = find_round(study, round)
    _check_closed(found)
    return _disagreements(study, found, round_codings(study, found))


def round_decide(
    study: Study,
    id: str,
    *,
    keep: str | None = None,
    code: str | None = None,
    words: str | None = None,
    none: bool = False,
    reason: str,
    why: str,
    coder: str,
) -> tuple[Adjudication, ...]:
    """Decide of one disagreement (see :meth:`Study.round_decide`)."""
    if (keep is not None) + (code is not None) + none != 1:
        raise InvalidInput(
            _("A decision keeps one coder's coding, puts a code, or says that none stands."),
            remedy=_("Give one of --keep, --code, --none."),
        )
    if words is not None and code is None:
        raise InvalidInput(_("Words are given with the code that is put on them."))
    found, one = _find(study, id)
    if not one.is_open:
        raise _decided(one)
    if keep is not None:
        verdicts = verdicts_keeping(one, keep, reason, why, found.id)
    else:
        segment = None if words is None else passage_of(study, one, words)
        verdicts = [Verdict(one.undecided, reason, why, code, segment, None, found.id)]
    return decide(study, found, verdicts, coder=coder)


def decide(
    study: Study, found: Round, verdicts: Iterable[Verdict], *, coder: str
) -> tuple[Adjudication, ...]:
    """Write the decisions of a round under its grid: all of them, or none."""
    grid = frozen_grid(study, found)
    with writing(study) as connection:
        return tuple(decide_all(study, connection, list(verdicts), coder=coder, grid=grid))


def round_undo(study: Study, id: str, *, coder: str) -> tuple[Adjudication, ...]:
    """Take back what was decided of one disagreement (see :meth:`Study.round_undo`)."""
    refuse_in_lot(study)
    check_coder(study, coder)
    _found, one = _find(study, id)
    if not one.decisions:
        raise NotFound(_("Nothing was decided of the disagreement {id}.").format(id=one.id))
    taken = {decided.id for decided in one.decisions}
    with writing(study) as connection:
        standing = [d for d in stored_adjudications(connection) if d.id in taken]
        undo_all(study, connection, standing, coder=coder)
    return tuple(standing)


def verdicts_keeping(
    one: Disagreement, coder: str, reason: str, why: str, round_id: UUID
) -> list[Verdict]:
    """Return the verdicts that keep what one coder put there: nothing, if she put nothing.

    Of several codings of hers each is kept by a decision of its own; the first of them answers for
    those of the others.

    Raises
    ------
    NotFound
        If she is no coder of the round.
    """
    if coder not in one.codings:
        raise NotFound(
            _("“{coder}” is not a coder of the round {name}.").format(coder=coder, name=one.round),
            exists=_("Its coders are: {coders}.").format(coders=", ".join(one.codings)),
        )
    left = one.undecided
    kept = [coding for coding in left if coding.coder == coder]
    others = tuple(coding for coding in left if coding.coder != coder)
    if not kept:
        return [Verdict(left, reason, why, None, None, None, round_id)]
    first, *more = kept
    return [
        Verdict((first, *others), reason, why, None, None, first, round_id),
        *(Verdict((each,), reason, why, None, None, each, round_id) for each in more),
    ]


def passage_of(study: Study, one: Disagreement, words: str) -> Segment:
    """Return where words stand: in the passage that is disputed, else once in its document.

    Raises
    ------
    InvalidInput
        If they are not there, or several times.
    """
    text = study.corpus[one.segment.source].text
    near = locate(text, words, one.segment.start, one.segment.end)
    places = near if len(near) == 1 else locate(text, words)
    if len(places) != 1:
        raise InvalidInput(
            ngettext(
                "These words stand {n} time in {path}: “{words}”.",
                "These words stand {n} times in {path}: “{words}”.",
                len(places),
            ).format(n=len(places), path=one.path, words=shortened(words)),
            remedy=_("Copy them from the document, with a few more around if they come twice."),
        )
    return Segment(one.segment.source, *places[0])


def _check_closed(found: Round) -> None:
    if found.state == "open":
        check_finished(found)
        raise Conflict(
            _("The round {name} is not closed.").format(name=found.name),
            remedy=_("“cpit round close {name}” computes its agreement first.").format(
                name=found.name
            ),
        )
    if found.state == "cancelled":
        raise Conflict(_("The round {name} was cancelled.").format(name=found.name))


def _find(study: Study, id: str) -> tuple[Round, Disagreement]:
    """Return the disagreement of that id, or last characters, among the rounds that are closed."""
    key = id.strip().lower()
    listed: list[tuple[Round, Disagreement]] = []
    for found in round_list(study):
        if found.state not in {"closed", "disputed"} or not _is_readable(study, found):
            continue
        here = _disagreements(study, found, round_codings(study, found))
        exact = next((one for one in here if one.id == key), None)
        if exact is not None:  # a whole id: the later rounds are not computed
            return found, exact
        listed += ((found, one) for one in here)
    met = {one.id: (found, one) for found, one in reversed(listed) if key and one.id.endswith(key)}
    if len(met) == 1:
        return next(iter(met.values()))
    left = [one.id for _found, one in listed if one.is_open]
    shown = (*left[:_SHOWN], *(["…"] if len(left) > _SHOWN else []))
    raise NotFound(
        _("Several disagreements end with “{id}”.").format(id=id)
        if met
        else _("There is no disagreement “{id}”.").format(id=id),
        exists=_("Left to decide: {ids}.").format(ids=", ".join(shown)) if shown else "",
        remedy=_("“cpit round disputes” lists them."),
    )


def _is_readable(study: Study, found: Round) -> bool:
    try:
        frozen_grid(study, found)
    except (Conflict, NotFound):  # what can be decided elsewhere still can
        return False
    return True


def _decided(one: Disagreement) -> Conflict:
    last = one.decisions[-1]
    return Conflict(
        _("The disagreement {id} was decided by {by}: “{why}”.").format(
            id=one.id, by=last.by, why=last.why
        ),
        remedy=_("“cpit round undo {id}” takes that back first.").format(id=one.id),
    )


def _disagreements(study: Study, found: Round, codings: Codings) -> tuple[Disagreement, ...]:
    decided: dict[UUID, list[Adjudication]] = {}
    for one in adjudications(study):
        for key in one.of:
            decided.setdefault(key, []).append(one)
    met: dict[str, Disagreement] = {}
    for dispute in disputes_of(codings, found):
        made = _disagreement(found, codings, dispute, decided)
        met.setdefault(made.id, made)
    return tuple(met.values())


def _disagreement(
    found: Round,
    codings: Codings,
    dispute: Dispute,
    decided: Mapping[UUID, Iterable[Adjudication]],
) -> Disagreement:
    corpus = codings.corpus
    segment = Segment(dispute.source, dispute.start, dispute.end)
    marks = {
        coder: tuple((one, codings.quote(one)) for one in dispute.codings.get(coder, ()))
        for coder in found.coders
    }
    keys = sorted(one.id for own in marks.values() for one, _words in own)
    about = {one.id: one for key in keys for one in decided.get(key, ())}
    return Disagreement(
        _short(keys),
        found.name,
        dispute.kind,
        dispute.code,
        segment,
        corpus[dispute.source].path,
        corpus.place(segment),
        corpus.quote(segment),
        _context(corpus[dispute.source], segment),
        marks,
        tuple(sorted(about.values(), key=lambda one: (one.at, one.id.int))),
    )


def _context(source: Source, segment: Segment) -> str:
    """Return the whole paragraphs or turns that a passage touches."""
    touched = [
        unit
        for unit in source.structure.units
        if unit.start < segment.end and segment.start < unit.end
    ]
    start = min([segment.start, *(unit.start for unit in touched)])
    end = max([segment.end, *(unit.end for unit in touched)])
    return source.text[start:end]


def _short(keys: Iterable[UUID]) -> str:
    """Return the id of a disagreement between some codings, the same in every copy."""
    joined = b"".join(key.bytes for key in keys)
    return hashlib.blake2b(joined, digest_size=4).hexdigest()


def _notes(study: Study, found: Round) -> Iterable[str]:
    """Yield what a reader of the figures of a round must know of it."""
    if found.waiting:
        yield _(
            "{coders} had not finished: where they put no code, it is not known that they saw none."
        ).format(coders=", ".join(found.waiting))
    current = {source.version for source in study.corpus}
    moved = sum(version not in current for _key, version in found.sources)
    if moved:
        yield ngettext(
            "The text of {n} note was corrected since the round was opened.",
            "The text of {n} notes was corrected since the round was opened.",
            moved,
        ).format(n=moved)
