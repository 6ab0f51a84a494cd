"""What happened since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cpit_research.workbench.params import Call
from cpit_research.workbench.standing import changes_since

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class Since:
    """A mark that an earlier answer gave; none asks for the mark of now."""

    since: str | None


def changes(desk: Desk, params: Since) -> dict[str, Any]:
    """Return what happened since a mark, as the coder may see it."""
    return changes_since(desk.study, desk.coder, params.since)


CALLS: Final[Mapping[str, Call[Any]]] = {"changes": Call(changes, Since)}
