"""One note: its text, what it is made of, what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from cpit_research.language import sentences
from cpit_research.model.source import Source
from cpit_research.model.structure import Part
from cpit_research.study.acts.standing import standing
from cpit_research.study.rounds.blind import hidden_coders
from cpit_research.study.study import Study
from cpit_research.workbench.params import Call
from cpit_research.workbench.recordings import recording_of
from cpit_research.workbench.rows import note_rows
from cpit_research.workbench.wire import event_to

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]

_NAMES: Final = tuple(field.name for field in fields(Part))
_DEFAULTS: Final = dict(zip(_NAMES, astuple(Part("paragraph", 0, 0)), strict=True))
_AT_WORK: Final = (
    "SELECT DISTINCT actor FROM event WHERE kind IN ('apply', 'memo', 'propose') "
    "AND version IN (SELECT id FROM text_version WHERE source = ?)"
)
_ALWAYS: Final = frozenset({"kind", "start", "end"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A note, and the other coders whose work is to be shown on it."""

    source: str
    coders: tuple[str, ...] = ()


def note(desk: Desk, params: Wanted) -> dict[str, Any]:
    """Return one note with what the coder may see on it."""
    study, coder = desk.study, desk.coder
    source = study.corpus[params.source]
    shown = standing(study, source.id, coder=coder, coders=params.coders)
    return {
        **note_rows(desk)[source.id],
        "text": source.text,
        "parts": [_part(part) for part in source.structure],
        "sentences": list(_sentences(desk, source)),
        "events": [event_to(event) for event in shown],
        "blind": _blind(study, source.id, coder),
        "others": _others(study, source.id, coder),
        "audio": _audio(desk, source),
    }


def _blind(study: Study, source: str, coder: str) -> dict[str, Any] | None:
    """Return whose work is not sent, and the round that hides it."""
    hidden = hidden_coders(study, source, coder)
    for one in study.shelf.rounds():
        if hidden & set(one.coders) and coder in one.coders and source in dict(one.sources):
            return {"round": one.name, "coders": sorted(hidden)}
    return None


def _others(study: Study, source: str, coder: str) -> list[str]:
    """Return the other coders who put anything on a note, those whom a round hides apart."""
    with study.shelf.database.reading() as connection:
        met = {row[0] for row in connection.exec_driver_sql(_AT_WORK, (source,))}
    return sorted(met - {coder} - hidden_coders(study, source, coder))


def _part(part: Part) -> dict[str, Any]:
    """Return what a part says, without what has its default."""
    said = {name: getattr(part, name) for name in _NAMES}
    return {
        name: value for name, value in said.items() if name in _ALWAYS or value != _DEFAULTS[name]
    }


def _sentences(desk: Desk, source: Source) -> tuple[int, ...]:
    """Return the ranges on which agreement is counted, starts and ends one after the other."""
    return desk.keep(
        ("sentences", source.version),
        lambda: tuple(chain.from_iterable(sentences(source.text, source.structure))),
    )


def _audio(desk: Desk, source: Source) -> str | None:
    if "audio" not in desk.abilities or recording_of(desk.study, source) is None:
        return None
    return f"/audio/{source.id}"


CALLS: Final[Mapping[str, Call[Any]]] = {"note": Call(note, Wanted)}
