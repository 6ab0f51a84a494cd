"""Rounds of double coding as they travel: how they stand, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from cpit_research.model.round import Round
from cpit_research.model.unit import Unit
from cpit_research.study.rounds.blind import hidden
from cpit_research.workbench.params import Call, Nothing

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS", "moment", "round_row", "sealed"]

#: What is told of the agreement on a code.
_FIGURES: Final = (
    "id", "name", "alpha", "low", "high", "n_units", "n_notes", "both", "first_only", "second_only",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """A round to be opened."""

    coders: tuple[str, ...]
    sample: str
    stratify: tuple[str, ...] = ("territory", "visit_kind")
    name: str = ""
    grid: str | None = None
    unit: Unit = "sentence"


@dataclass(frozen=True, slots=True)
class Named:
    """A round."""

    round: str


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A round, and why."""

    round: str
    reason: str = ""


def rounds(desk: Desk, _params: Nothing) -> list[dict[str, Any]]:
    """Return every round, the newest first, as the coder at work may see it."""
    return [round_row(one, desk.coder) for one in reversed(desk.study.round_list())]


def round_open(desk: Desk, params: Opening) -> dict[str, Any]:
    """Draw notes and open a round on them (see :meth:`Study.round_open`)."""
    opened = desk.study.round_open(
        params.coders, coder=desk.coder, sample=params.sample, stratify=params.stratify,
        name=params.name.strip() or None, grid=params.grid, unit=params.unit,
    )  # fmt: skip
    return {"round": round_row(opened.round, desk.coder), "remarks": list(opened.remarks)}


def round_finish(desk: Desk, params: Named) -> dict[str, Any]:
    """Say that the coder at work has gone through every note of a round."""
    return round_row(desk.study.round_finish(params.round, coder=desk.coder), desk.coder)


def round_resume(desk: Desk, params: Named) -> dict[str, Any]:
    """Say that she has not finished it after all."""
    return round_row(desk.study.round_resume(params.round, coder=desk.coder), desk.coder)


def round_close(desk: Desk, params: Reasoned) -> dict[str, Any]:
    """Close a round, with a reason when a coder has not finished."""
    closed = desk.study.round_close(
        params.round, coder=desk.coder, anyway=params.reason.strip() or None
    )
    return round_row(closed.round, desk.coder)


def round_reopen(desk: Desk, params: Reasoned) -> dict[str, Any]:
    """Open a round again."""
    again = desk.study.round_reopen(params.round, reason=params.reason, coder=desk.coder)
    return round_row(again, desk.coder)


def round_cancel(desk: Desk, params: Reasoned) -> dict[str, Any]:
    """Give a round up."""
    given_up = desk.study.round_cancel(params.round, reason=params.reason, coder=desk.coder)
    return round_row(given_up, desk.coder)


def sealed(desk: Desk) -> frozenset[str]:
    """Return the notes where a round under way hides other coders from the coder at work."""
    return frozenset(hidden(desk.study.shelf.rounds(), desk.coder))


def round_row(found: Round, coder: str) -> dict[str, Any]:
    """Return how a round stands; what anybody put on its notes is not in it."""
    return {
        "id": found.id.hex,
        "name": found.name,
        "grid": found.grid,
        "unit": found.unit,
        "coders": list(found.coders),
        "sources": [key for key, _version in found.sources],
        "strata": list(found.strata),
        "blind": found.blind,
        "by": found.by,
        "at": moment(found.at),
        "finished": {one: moment(at) for one, at in found.finished.items()},
        "waiting": list(found.waiting),
        "state": found.state,
        "state_by": found.state_by,
        "state_at": moment(found.state_at) if found.state_at else None,
        "reason": found.reason,
        "mine": coder in found.coders,
        "figures": [_figures(row) for row in found.figures] if found.state == "closed" else [],
    }


def _figures(row: Mapping[str, object]) -> dict[str, object]:
    return {name: row[name] for name in _FIGURES if name in row}


def moment(at: datetime) -> int:
    """Return a time in milliseconds since 1970."""
    return int(at.timestamp() * 1000)


CALLS: Final[Mapping[str, Call[Any]]] = {
    "rounds": Call(rounds, Nothing),
    "round.open": Call(round_open, Opening),
    "round.finish": Call(round_finish, Named),
    "round.resume": Call(round_resume, Named),
    "round.close": Call(round_close, Reasoned),
    "round.reopen": Call(round_reopen, Reasoned),
    "round.cancel": Call(round_cancel, Reasoned),
}
