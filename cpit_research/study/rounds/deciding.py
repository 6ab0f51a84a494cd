"""Deciding of the disagreements of a round, one by one, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.adjudication import Adjudication
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.round import Round
from cpit_research.model.segment import Segment
from cpit_research.store.adjudications import stored_adjudications
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.rounds.adjudicate import Verdict, decide_all, undo_all
from cpit_research.study.rounds.disputes import find_dispute
from cpit_research.study.rounds.rounds import frozen_grid
from cpit_research.study.writing import writing
from cpit_research.text.quotation import locate
from cpit_research.text.shortening import shortened
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["decide", "passage_of", "round_decide", "round_undo", "verdicts_keeping"]


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
    found, one = find_dispute(study, id)
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
    _found, one = find_dispute(study, id)
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


def _decided(one: Disagreement) -> Conflict:
    last = one.decisions[-1]
    return Conflict(
        _("The disagreement {id} was decided by {by}: “{why}”.").format(
            id=one.id, by=last.by, why=last.why
        ),
        remedy=_("“cpit round undo {id}” takes that back first.").format(id=one.id),
    )
