"""Remarks of the partner laboratory: listed, answered with a reason that a version cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cpit_research.errors import InvalidInput, NotFound
from cpit_research.model.remark import Decision, Remark
from cpit_research.store import remarks as store
from cpit_research.store.codings import heads_of
from cpit_research.study.code import check_coder
from cpit_research.study.holder import refuse_in_lot
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "decided_remarks",
    "grid_review_accept",
    "grid_review_decline",
    "grid_review_list",
    "grid_review_reopen",
]

_SHOWN: Final = 12


def grid_review_list(study: Study, version: str | None = None) -> tuple[Remark, ...]:
    """Return the remarks (see :meth:`Study.grid_review_list`)."""
    with study.shelf.database.reading() as connection:
        found = store.stored_remarks(connection)
    versions = list(study.shelf.grid_versions())
    if version is not None:
        study.grid(version)  # unknown: said with those that there are
    ranks = {
        (known, code.id): rank
        for known in {one.grid for one in found} & set(versions)
        for rank, code in enumerate(study.grid(known))
    }

    def order(one: Remark) -> tuple[int, float, datetime, str]:
        at = versions.index(one.grid) if one.grid in versions else len(versions)
        return at, ranks.get((one.grid, one.code), float("inf")), one.at, one.id.hex

    return tuple(sorted((one for one in found if version in {None, one.grid}), key=order))


def decided_remarks(study: Study, version: str) -> tuple[Remark, ...]:
    """Return the remarks on a version that were accepted or declined, each with its decision."""
    return tuple(one for one in grid_review_list(study, version) if one.decision is not None)


def grid_review_accept(study: Study, id: str, *, reason: str, coder: str) -> Remark:
    """Accept one remark (see :meth:`Study.grid_review_accept`)."""
    return _decide(study, id, coder, accept=True, reason=reason)


def grid_review_decline(study: Study, id: str, *, reason: str, coder: str) -> Remark:
    """Decline one remark (see :meth:`Study.grid_review_decline`)."""
    return _decide(study, id, coder, accept=False, reason=reason)


def grid_review_reopen(study: Study, id: str, *, coder: str) -> Remark:
    """Open one remark again (see :meth:`Study.grid_review_reopen`)."""
    return _decide(study, id, coder, accept=None)


def _decide(study: Study, id: str, coder: str, *, accept: bool | None, reason: str = "") -> Remark:
    """Write the answer to a remark, None for none yet; return it as it stands."""
    refuse_in_lot(study)
    check_coder(study, coder)
    if accept is not None and not reason.strip():
        raise InvalidInput(
            _("A remark is accepted or declined with a reason."),
            remedy=_("Say in a few words why: the next version of the grid will cite it."),
        )
    at = study.occasion.now()
    decision = None if accept is None else Decision(accept, reason.strip(), coder, at)
    with writing(study) as connection:
        remark = _one(store.stored_remarks(connection), id)
        store.append_decision(
            connection,
            remark,
            event=study.occasion.new_id(),
            at=at,
            coder=coder,
            decision=decision,
            replaces=heads_of(connection, remark.id.bytes),
        )
    return replace(remark, decision=decision, disputed=False)


def _one(remarks: Iterable[Remark], key: str) -> Remark:
    """Return the remark of an id, or of the end of one."""
    key = key.strip().lower().replace("-", "")
    listed = list(remarks)
    found = [one for one in listed if key and one.id.hex.endswith(key)]
    if len(found) == 1:
        return found[0]
    shown = [one.reference for one in listed if one.state == "open"]
    raise NotFound(
        _("Several remarks have an id that ends in {id}.").format(id=key)
        if found
        else _("There is no remark under the id “{id}”.").format(id=key),
        exists=_("Those that are open: {ids}.").format(
            ids=", ".join(shown[:_SHOWN]) + ("…" if len(shown) > _SHOWN else "")
        )
        if shown
        else "",
        remedy=_("“cpit grid review list” shows them."),
    )
