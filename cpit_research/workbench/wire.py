"""What travels, as `frontend/src/wire/` says it: acts in, events out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from types import NoneType
from typing import Any, Final
from uuid import UUID

from cpit_research.errors import InvalidInput
from cpit_research.model.act import ACTS, Act, Done, Passage
from cpit_research.model.standing import StandingEvent
from cpit_research.wording import gettext as _
from cpit_research.workbench.params import read_params
from cpit_research.workbench.trouble import trouble_of

__all__ = ["act_from", "done_to", "event_to"]

_PASSAGE: Final = tuple(field.name for field in fields(Passage))
_STATED: Final = tuple(field.name for field in fields(StandingEvent))
_state: Final = attrgetter(*_STATED)
_PLAIN: Final = frozenset({str, int, float, bool, NoneType})
#: What is told even when it is nothing, of each kind of thing.
_OPEN: Final[Mapping[str, frozenset[str]]] = {
    "memo": frozenset({"memo_kind"}),
    "episode": frozenset({"principal"}),
    "suggestion": frozenset({"score"}),
    "answer": frozenset({"answer"}),
    "reading": frozenset({"finished"}),
}


def act_from(stated: Mapping[str, Any]) -> Act:
    """Return the act that an object states: a passage stands flat in it.

    Raises
    ------
    InvalidInput
        If it is no act, or lacks something.
    """
    kind = stated.get("kind")
    wanted = ACTS.get(kind) if isinstance(kind, str) else None
    if wanted is None:
        raise InvalidInput(
            _("“{name}” is not what was expected.").format(name="kind"),
            exists=_("What is expected: {names}.").format(names=", ".join(ACTS)),
        )
    said = {name: value for name, value in stated.items() if name != "kind"}
    if any(field.name == "passage" for field in fields(wanted)):
        said["passage"] = {name: said.pop(name) for name in _PASSAGE if name in said}
    return read_params(wanted, said)


def done_to(done: Done) -> dict[str, Any]:
    """Return what became of an act, in JSON's types."""
    told: dict[str, Any] = {"act": str(done.act), "events": [event_to(one) for one in done.events]}
    if done.rebased:
        told["rebased"] = done.rebased
    if done.refused is not None:
        told["refused"] = trouble_of(done.refused)
    return told


def event_to(event: StandingEvent) -> dict[str, Any]:
    """Return an event in JSON's types, without what it has nothing to say of."""
    open_ones = _OPEN.get(event.of, frozenset())
    return {
        name: value if type(value) in _PLAIN else _plain(value)
        for name, value in zip(_STATED, _state(event), strict=True)
        if (value is not None and value is not False) or name in open_ones
    }


def _plain(value: object) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value
