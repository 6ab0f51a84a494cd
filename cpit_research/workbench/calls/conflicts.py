"""What people changed at once, as it travels, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cpit_research.errors import NotFound
from cpit_research.study.sharing.conflicts import Conflict, State
from cpit_research.wording import gettext as _
from cpit_research.workbench.calls.rounds import moment, sealed
from cpit_research.workbench.params import Call, Nothing

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A conflict, and the state that is kept."""

    id: str
    keep: str


def conflicts(desk: Desk, _params: Nothing) -> list[dict[str, Any]]:
    """Return what people changed at once, but on notes that are being coded apart."""
    return [_told(one) for one in _seen(desk)]


def conflict_settle(desk: Desk, params: Kept) -> dict[str, Any]:
    """Keep one of the states in conflict."""
    if params.id not in {one.id for one in _seen(desk)}:
        raise NotFound(_("This is no longer in conflict."))
    return _state(desk.study.conflict_settle(params.id, keep=params.keep, coder=desk.coder))


def _seen(desk: Desk) -> list[Conflict]:
    """Return the conflicts that the coder at work may see: others' work on these notes is not."""
    apart = {desk.study.corpus[key].path for key in sealed(desk) if key in desk.study.corpus}
    return [
        one
        for one in desk.study.conflict_list()
        if one.path not in apart or all(state.coder == desk.coder for state in one.states)
    ]


def _told(one: Conflict) -> dict[str, Any]:
    return {"id": one.id, "path": one.path, "states": [_state(state) for state in one.states]}


def _state(state: State) -> dict[str, Any]:
    return {
        "id": state.id,
        "kind": state.kind,
        "coder": state.coder,
        "at": moment(state.at),
        "code": state.code,
        "grid": state.grid,
        "words": state.words,
    }


CALLS: Final[Mapping[str, Call[Any]]] = {
    "conflicts": Call(conflicts, Nothing),
    "conflict.settle": Call(conflict_settle, Kept),
}
