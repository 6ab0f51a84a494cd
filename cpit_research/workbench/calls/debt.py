"""The recoding debt as it travels: what a coder must read again, gathered by change of the grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cpit_research.errors import NotFound
from cpit_research.model.coding import Coding
from cpit_research.model.evolution import Change
from cpit_research.study.code import recode, retract
from cpit_research.study.grids.debt import Owed, grid_debt
from cpit_research.study.reanchor import carry
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _
from cpit_research.wording.places import shown_place
from cpit_research.workbench.around import around
from cpit_research.workbench.params import Call, Nothing

if TYPE_CHECKING:
    from cpit_research.study.study import Study
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Codings read again, and the code that they bear; none takes them back."""

    ids: tuple[UUID, ...]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Undoing:
    """Codings that are to be read again after all."""

    ids: tuple[UUID, ...]


def debt(desk: Desk, _params: Nothing) -> list[dict[str, Any]]:
    """Return what the coder at work must read again, a group for each change of the grid."""
    groups: dict[tuple[str, str, tuple[Change, ...]], list[Owed]] = {}
    for one in grid_debt(desk.study, coder=desk.coder):
        groups.setdefault((one.coding.grid, one.coding.code, one.changes), []).append(one)
    return [_group(desk, list(owed)) for owed in groups.values()]


def debt_read(desk: Desk, params: Reading) -> dict[str, int]:
    """Give codings read again the code that they bear now, or take them back.

    Raises
    ------
    NotFound
        If one of them is not hers, or no longer to be read again: none is changed.
    """
    owed = {one.coding.id: one.coding for one in grid_debt(desk.study, coder=desk.coder)}
    listed = _known(params.ids, owed)
    if params.code is not None:
        recode(desk.study, listed, params.code, coder=desk.coder)
    else:
        for coding in listed:
            retract(desk.study, coding, coder=desk.coder)
    _read(desk).update((one.id, one) for one in listed)
    return {"left": len(owed) - len(listed)}


def debt_undo(desk: Desk, params: Undoing) -> dict[str, int]:
    """Put codings that were read again here back as they were.

    Raises
    ------
    NotFound
        If one of them was not read again since the workbench was opened.
    """
    read = _read(desk)
    listed = _known(params.ids, read)
    for code, grid in dict.fromkeys((one.code, one.grid) for one in listed):
        alike = [one for one in listed if (one.code, one.grid) == (code, grid)]
        recode(desk.study, alike, code, coder=desk.coder, grid=grid)
    _bring(desk.study, listed)
    for coding in listed:
        del read[coding.id]
    return {"left": len(grid_debt(desk.study, coder=desk.coder))}


def _bring(study: Study, codings: Iterable[Coding]) -> None:
    """Carry what stands again to a text that was corrected while it was taken back."""
    newest = {source.id: source.version for source in study.corpus}
    late = {
        one.segment.source: newest[one.segment.source]
        for one in codings
        if one.version != newest[one.segment.source]
    }
    if late:
        with writing(study) as connection:
            carry(study, connection, late)


def _known(ids: Iterable[UUID], known: dict[UUID, Coding]) -> list[Coding]:
    wanted = dict.fromkeys(ids)
    if not known.keys() >= wanted.keys():
        raise NotFound(_("One of these passages is no longer to be read again."))
    return [known[key] for key in wanted]


def _read(desk: Desk) -> dict[UUID, Coding]:
    """Return what was read again at this desk, as it was before."""
    found: dict[UUID, Coding] = desk.keep("read again", dict)
    return found


def _group(desk: Desk, owed: list[Owed]) -> dict[str, Any]:
    """Return one change, what it says, and the passages that it leaves to be read again."""
    coding = owed[0].coding
    before = desk.study.grid(coding.grid)[coding.code]
    return {
        "code": coding.code,
        "name": before.name,
        "definition": before.definition,
        "grid": coding.grid,
        "changes": [
            {
                "kind": change.kind,
                "before": list(change.before),
                "after": list(change.after),
                "reason": change.reason,
                "author": change.author,
                "day": change.day.isoformat() if change.day else None,
            }
            for change in owed[0].changes
        ],
        "candidates": list(owed[0].candidates),
        "owed": [_owed(desk, one) for one in owed],
    }


def _owed(desk: Desk, one: Owed) -> dict[str, Any]:
    corpus, segment = desk.study.corpus, one.coding.segment
    return {
        "id": str(one.coding.id),
        "place": shown_place(corpus.place(segment)),
        **around(corpus[segment.source], segment.start, segment.end),
    }


CALLS: Final[Mapping[str, Call[Any]]] = {
    "debt": Call(debt, Nothing),
    "debt.read": Call(debt_read, Reading),
    "debt.undo": Call(debt_undo, Undoing),
}
