"""What happened since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cpit_research.study.acts.standing import since
from cpit_research.workbench.params import Call
from cpit_research.workbench.wire import event_to

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]


@dataclass(frozen=True, slots=True)
class Since:
    """A mark that an earlier answer gave, none for that of now; whose work is shown beside."""

    since: str | None
    coders: tuple[str, ...] = ()


def changes(desk: Desk, params: Since) -> dict[str, Any]:
    """Return what happened since a mark, as the coder may see it."""
    found = since(desk.study, params.since, coder=desk.coder, coders=params.coders)
    return {
        "mark": found.mark,
        "events": [event_to(event) for event in found.events],
        "notes": sorted(found.sources),
        "decided": found.decided,
        "reset": found.reset,
    }


CALLS: Final[Mapping[str, Call[Any]]] = {"changes": Call(changes, Since)}
