"""Closing a round: its agreement, kept with it, and where its coders differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.model.disagreement import DISPUTE_KINDS, Disagreement
from cpit_research.model.round import Round
from cpit_research.results.result import Result
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.rounds.disputes import disagreements
from cpit_research.study.rounds.figures import agreement_of, plain_rows, round_codings
from cpit_research.study.rounds.rounds import check_finished, find_round, step
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["RoundClosed", "round_close"]


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
    return RoundClosed(closed, result, disagreements(study, closed, codings))


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
