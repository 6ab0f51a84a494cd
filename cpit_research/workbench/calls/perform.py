"""What the coder does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cpit_research.workbench.params import Call
from cpit_research.workbench.wire import act_from, done_to

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts, in the order they were done."""

    acts: tuple[Mapping[str, Any], ...]


def perform(desk: Desk, params: Acts) -> list[dict[str, Any]]:
    """Do what the coder did, each act once; say what became of it."""
    acts = [act_from(stated) for stated in params.acts]
    return [done_to(done) for done in desk.study.perform(acts, coder=desk.coder)]


CALLS: Final[Mapping[str, Call[Any]]] = {"perform": Call(perform, Acts)}
