"""Whether what an event says beside its columns can be read again, before it enters a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Final
from uuid import UUID

from cpit_research.model.adjudication import DISAGREEMENT_REASONS
from cpit_research.model.event import ANSWER_KINDS
from cpit_research.model.suggestion import are_terms
from cpit_research.model.unit import UNITS
from cpit_research.store.rounds import STEPS

__all__ = ["payload_fault", "things_told"]

#: Kinds whose payload must hold these words, or nothing reads them again.
_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "memo": ("words",),
    "propose": ("name", "words"),
    "episode": ("source",),
    "round": ("step",),
    "suggest": ("suggested",),
    "correct": ("step",),
    "read": ("source", "version"),
}
#: No passage is longer.
_LONGEST: Final = 1 << 62
_OPENED: Final = ("name", "fingerprint", "unit", "share")
_LISTS: Final = ("codings", "same_as")
#: What an event of these kinds is about, beside its subject.
_ABOUT: Final[Mapping[str, str]] = {
    "episode": "codings", "decide": "of", "accept": "of", "reject": "of", "reopen": "of",
}  # fmt: skip


def payload_fault(kind: str, payload: str, *, placed: bool) -> bool:
    """Tell whether what an event says beside its columns could not be read again.

    Parameters
    ----------
    kind : str
        What happened.
    payload : str
        JSON.
    placed : bool
        Whether the event stands on a text: a decision that does is about codings, one that does
        not answers a remark.
    """
    decides = kind == "decide" and placed
    if payload == "{}":
        return kind in _TEXTS or kind in ANSWER_KINDS or decides
    try:
        said = json.loads(payload)
    except (ValueError, RecursionError):
        return True
    if not isinstance(said, dict) or not _strings(said.get(one) for one in _TEXTS.get(kind, ())):
        return True
    facets = said.get("facets", {})
    return (
        not (isinstance(facets, dict) and _strings(facets.values()))
        or (kind == "episode" and not _is_grouping(said))
        or (kind == "round" and not _is_step(said))
        or (decides and not _is_decision(said))
        or (kind == "correct" and not _is_correction(said, placed=placed))
        or (kind == "read" and not _is_reading(said))
        or (kind == "suggest" and not _is_suggested(said))
        or (kind in ANSWER_KINDS and not _is_answer(kind, said))
    )


def things_told(kind: str, payload: str) -> set[bytes]:
    """Return the ids of what a sound event is about, beside its subject."""
    about = _ABOUT.get(kind)
    if about is None:
        return set()
    return {UUID(key).bytes for key in json.loads(payload).get(about, ())}


def _strings(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_grouping(said: Mapping[str, Any]) -> bool:
    """Tell whether the payload of an episode names codings, and nothing twice."""
    try:
        keys = {name: [UUID(key) for key in said.get(name, [])] for name in _LISTS}
        principal = {UUID(said["principal"])} if "principal" in said else set()
    except (ValueError, TypeError, AttributeError):
        return False
    texts = chain(said.get("actors", ()), (said.get(n, "") for n in ("posture", "label", "note")))
    codings = set(keys["codings"])
    return (
        0 < len(codings) == len(keys["codings"])
        and principal <= codings
        and _strings(texts)
        and len(set(said.get("actors", ()))) == len(said.get("actors", ()))
    )


def _is_reading(said: Mapping[str, Any]) -> bool:
    """Tell whether a reading says how far it went, and whether it was to the end."""
    through = said.get("through")
    return type(through) is int and through >= 0 and isinstance(said.get("finished"), bool)


def _is_decision(said: Mapping[str, Any]) -> bool:
    """Tell whether a decision says which codings it is about, and why."""
    try:
        about = {UUID(key) for key in said["of"]}
        kept = {UUID(said["kept"])} if "kept" in said else set()
        UUID(said.get("round", "0" * 32))
    except (LookupError, ValueError, TypeError, AttributeError):
        return False
    reasoned = said.get("reason") in DISAGREEMENT_REASONS and isinstance(said.get("why", ""), str)
    return bool(about) and kept <= about and reasoned


def _is_correction(said: Mapping[str, Any], *, placed: bool) -> bool:
    """Tell whether an event asks for a correction, makes one or declines one."""
    if said["step"] == "declined" or not placed:
        return said["step"] == "declined" and not placed and _strings([said.get("reason")])
    if said["step"] == "asked":
        return _strings([said.get("reads"), said.get("reason", "")])
    edits = said.get("edits")
    return (
        said["step"] == "applied"
        and _strings([said.get("into"), said.get("reason", "")])
        and isinstance(edits, list)
        and all(
            isinstance(edit, list) and [type(one) for one in edit] == [int] * 3 for edit in edits
        )
    )


def _is_suggested(said: Mapping[str, Any]) -> bool:
    """Tell whether the score and the terms of a suggestion are such; never where they end."""
    score, terms = said.get("score"), said.get("terms", [])
    if not (score is None or (isinstance(score, int | float) and 0 <= score <= 1)):
        return False
    try:
        return all(isinstance(one, int) for pair in terms for one in pair) and are_terms(
            [(start, end) for start, end in terms], _LONGEST
        )
    except (TypeError, ValueError):
        return False


def _is_answer(kind: str, said: Mapping[str, Any]) -> bool:
    """Tell whether an answer names one suggestion and, if it accepts, the coding that it put."""
    try:
        (of,) = said["of"]
        named = [UUID(of), *([UUID(said["coding"])] if kind == "accept" else [])]
    except (LookupError, ValueError, TypeError, AttributeError):
        return False
    return bool(named) and isinstance(said.get("reason", ""), str)


def _is_step(said: Mapping[str, Any]) -> bool:
    """Tell whether an event says what happened to a round; the first one, what the round is."""
    figures = said.get("figures", [])
    if said["step"] not in STEPS or not isinstance(said.get("reason", ""), str):
        return False
    if not isinstance(figures, list) or not all(isinstance(row, dict) for row in figures):
        return False
    return said["step"] != "opened" or _is_round(said)


def _is_round(said: Mapping[str, Any]) -> bool:
    coders, sources, strata = (said.get(name) for name in ("coders", "sources", "strata"))
    if not (isinstance(coders, list) and isinstance(sources, list) and isinstance(strata, list)):
        return False
    return (
        _strings((*coders, *strata, *(said.get(name) for name in _OPENED)))
        and len(set(coders)) > 1
        and bool(sources)
        and all(isinstance(one, list) and len(one) == 2 and _strings(one) for one in sources)
        and said["unit"] in UNITS
        and isinstance(said.get("seed"), int)
        and isinstance(said.get("blind"), bool)
    )
