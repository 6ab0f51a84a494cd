"""Where the coders of a closed round differ, each place with what was decided of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cpit_research.corpus.codings import Codings
from cpit_research.errors import Conflict, NotFound
from cpit_research.model.adjudication import Adjudication
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.round import Round
from cpit_research.model.segment import Segment
from cpit_research.model.source import Source
from cpit_research.study.rounds.adjudicate import adjudications
from cpit_research.study.rounds.figures import disputes_of, round_codings
from cpit_research.study.rounds.rounds import check_finished, find_round, frozen_grid, round_list
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.agreement import Dispute
    from cpit_research.study.study import Study

__all__ = ["disagreements", "find_dispute", "round_disputes"]


#: How many identifiers an error names.
_SHOWN: Final = 12


def round_disputes(study: Study, round: str | Round) -> tuple[Disagreement, ...]:
    """List where the coders of a closed round differ (see :meth:`Study.round_disputes`)."""
    found = find_round(study, round)
    _check_closed(found)
    return disagreements(study, found, round_codings(study, found))


def _check_closed(found: Round) -> None:
    if found.state in {"open", "disputed"}:  # left in several states, it may be open
        check_finished(found)
    if found.state == "open":
        raise Conflict(
            _("The round {name} is not closed.").format(name=found.name),
            remedy=_("“cpit round close {name}” computes its agreement first.").format(
                name=found.name
            ),
        )
    if found.state == "cancelled":
        raise Conflict(_("The round {name} was cancelled.").format(name=found.name))


def find_dispute(study: Study, id: str) -> tuple[Round, Disagreement]:
    """Return the disagreement of that id, or last characters, among the rounds that are closed.

    Raises
    ------
    NotFound
        If there is none, or several.
    """
    key = id.strip().lower()
    listed: list[tuple[Round, Disagreement]] = []
    for found in round_list(study):
        if not _is_readable(study, found):
            continue
        here = disagreements(study, found, round_codings(study, found))
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
        _check_closed(found)
        frozen_grid(study, found)
    except (Conflict, NotFound):  # what can be decided elsewhere still can
        return False
    return True


def disagreements(study: Study, found: Round, codings: Codings) -> tuple[Disagreement, ...]:
    """Return where the coders of a round differ, each place with what was decided of it."""
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
