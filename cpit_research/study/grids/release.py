"""Versions of the grid: compared, released, followed back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.formats.working.grid_release import release_file
from cpit_research.model.evolution import Change
from cpit_research.model.grid import Grid
from cpit_research.model.grid_diff import GridDiff
from cpit_research.model.remark import Remark
from cpit_research.study.grids.remarks import grid_review_list
from cpit_research.study.holder import refuse_in_lot
from cpit_research.wording import gettext as _
from cpit_research.wording.vocabulary import name_of

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = ["Released", "grid_diff", "grid_lineage", "grid_release"]


@dataclass(frozen=True, slots=True)
class Released:
    """A version released, and the remarks that it answers, each with its decision."""

    grid: Grid
    remarks: tuple[Remark, ...]


def grid_diff(study: Study, older: str, newer: str) -> GridDiff:
    """Return what differs between two versions (see :meth:`Study.grid_diff`)."""
    return study.grid(newer).diff(study.grid(older))


def grid_lineage(
    study: Study, code: str, version: str | None = None
) -> tuple[tuple[str, Change], ...]:
    """Return what happened to a code (see :meth:`Study.grid_lineage`)."""
    used = study.grid(version)
    lineage = study.shelf.lineage(used)
    if all(code not in one for one in lineage):
        raise NotFound(
            _("No version up to {version} has a code “{code}”.").format(
                version=used.version, code=code
            )
        )
    return lineage.history(code, used.version)


def grid_release(study: Study, version: str | None = None) -> Released:
    """Release a draft (see :meth:`Study.grid_release`)."""
    refuse_in_lot(study)
    draft = study.grid(version)
    if draft.previous:
        _check_evolution(study, draft)
    reviewed = [one for one in (draft.previous, draft.version) if one]
    remarks = [remark for one in reviewed for remark in grid_review_list(study, one)]
    _check_remarks(draft, remarks)
    decided = tuple(remark for remark in remarks if remark.decision is not None)
    path = study.shelf.grid_versions()[draft.version]
    return Released(release_file(path, map(_cited, decided)), decided)


def _check_remarks(draft: Grid, remarks: Iterable[Remark]) -> None:
    """Refuse a draft while remarks wait, or when its changes cite some that nobody made."""
    known = {remark.reference: remark for remark in remarks}
    faults = [
        _("Remark {reference} ({code}) waits for an answer.").format(
            reference=remark.reference, code=remark.code or remark.name or remark.grid
        )
        for remark in known.values()
        if remark.state in {"open", "disputed"}
    ]
    faults += [
        _("A change cites the remark {reference}, which nobody made.").format(reference=cited)
        for change in draft.changes
        for cited in change.remarks
        if cited not in known
    ]
    if faults:
        raise InvalidInput(
            _("{version} cannot be released yet.").format(version=draft.version),
            remedy=_("“cpit grid review list” shows the remarks; each is accepted or declined."),
            faults=faults,
        )


def _cited(remark: Remark) -> str:
    """Return what a release says of one remark: who answered it, and why."""
    decision = remark.decision
    if decision is None:
        return ""
    answer = _("accepted by {coder}") if decision.accepted else _("declined by {coder}")
    return _("Remark {reference} of {organisation} on {code}, {answer}: {reason}").format(
        reference=remark.reference,
        organisation=remark.organisation or "–",
        code=remark.code or remark.name or remark.grid,
        answer=answer.format(coder=decision.coder),
        reason=decision.reason,
    )


def _check_evolution(study: Study, draft: Grid) -> None:
    """Refuse a draft whose differences from the version before are not all accounted for."""
    older = study.grid(draft.previous)
    if older.status != "released":
        raise Conflict(
            _("{version} comes from {previous}, which is still a draft.").format(
                version=draft.version, previous=older.version
            ),
            remedy=_("Release {previous} first.").format(previous=older.version),
        )
    unsaid = [
        _("{code}: {kinds}, and no change says so.").format(
            code=one.code, kinds=", ".join(map(name_of, one.undeclared))
        )
        for one in draft.diff(older).undeclared
    ]
    unsigned = [
        _("The change of {codes} ({kind}) has no author.").format(
            codes=", ".join(change.before or change.after), kind=name_of(change.kind)
        )
        for change in draft.changes
        if not change.author
    ]
    if unsaid or unsigned:
        raise InvalidInput(
            _("{version} cannot be released yet.").format(version=draft.version),
            remedy=_("Complete “changes:” in its file; each change says why and who decided it."),
            faults=(*unsaid, *unsigned),
        )
