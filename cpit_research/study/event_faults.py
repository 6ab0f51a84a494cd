"""What is wrong in an event that is kept, said against the rest of what the study holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from cpit_research.model.event import (
    ANSWER_KINDS,
    CODING_KINDS,
    EVENT_FORMAT,
    EVENT_KINDS,
    UNBEGUN_KINDS,
)
from cpit_research.model.grid import Grid
from cpit_research.model.suggestion import are_terms
from cpit_research.store.rounds import STEPS
from cpit_research.text.digest import passage_digest
from cpit_research.text.editing import Edit, joins
from cpit_research.wording import gettext as _

__all__ = ["Held", "fault_of_event", "named", "shown_key"]

#: Last characters of an id in a sentence.
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Held:
    """What events are verified against.

    Texts by version, ids of documents, grids by version (None for one that cannot be read), the
    event that began what each event is about, by id, and the key of the digests.
    """

    texts: Mapping[str, str]
    sources: Collection[str]
    grids: Mapping[str, Grid | None]
    events: Mapping[bytes, bytes]
    key: bytes
    is_lot: bool = False


def fault_of_event(row: tuple[Any, ...], held: Held, *, sound: bool) -> str:
    """Say what is wrong in an event, whose seal is `sound` or not; nothing, if nothing is."""
    key, kind, number, _at, _actor, subject, version, *_passage, more = row
    if not sound:
        return _("the event {id} has changed since it was written.").format(id=shown_key(key))
    if kind not in EVENT_KINDS or number > EVENT_FORMAT:
        return _("the event {id} is of a newer version of the program.").format(id=shown_key(key))
    if kind not in UNBEGUN_KINDS and held.events.get(subject) != subject:
        return _("the event that began it is missing.")
    if kind in ANSWER_KINDS:
        return _fault_of_answer(kind, more, held)
    if kind in _ON_NO_TEXT:
        return _ON_NO_TEXT[kind](more, held)
    return "" if version is None else _fault_of_passage(row, held)


def _fault_of_passage(row: tuple[Any, ...], held: Held) -> str:
    """Say what is wrong in an event that stands on a text."""
    version, start, end, *_said, digest, _more = row[6:]
    text = held.texts.get(version)
    if text is None:
        return _("its text is not in the study.")
    if not 0 <= start < end <= len(text):
        return _("it leaves its text.")
    if passage_digest(text[start:end], held.key) != digest:
        return _("the passage is not the one that was coded.")
    return _fault_of_saying(row, text, held)


def _fault_of_saying(row: tuple[Any, ...], text: str, held: Held) -> str:
    """Say what is wrong in what an event says of its passage."""
    kind, start, end, code, grid, more = row[1], row[7], row[8], row[9], row[10], row[12]
    if kind == "decide" and (fault := _fault_of_decision(more, held)):
        return fault
    if kind == "correct":
        return _fault_of_correction(more, text, held)
    if kind == "suggest":
        return _fault_of_suggestion(more, grid, end - start, held)
    coded = kind in CODING_KINDS and code is not None
    return _fault_of_code(code, grid, held) if coded else ""


def _fault_of_round(payload: str, held: Held) -> str:
    try:
        stated = json.loads(payload)
        is_known = stated["step"] in STEPS
        sources = [source for source, _version in stated.get("sources", ())]
    except (ValueError, KeyError, TypeError, AttributeError):
        is_known, sources = False, []
    if not is_known:
        return _("it does not say what happened to the round.")
    lost = [source for source in sources if source not in held.sources]
    return _("a note that it drew is not in the study.") if lost else ""


def _fault_of_reading(payload: str, held: Held) -> str:
    try:
        stated = json.loads(payload)
        source, version, through = stated["source"], stated["version"], stated["through"]
        is_sound = 0 <= through <= len(held.texts.get(version, "")) or _is_left(version, held)
    except (ValueError, KeyError, TypeError):
        return _("it does not say how far a note was read.")
    if source not in held.sources:
        return _("the note that was read is not in the study.")
    return "" if is_sound else _("it leaves its text.")


def _is_left(version: str, held: Held) -> bool:
    """Tell whether a text version is one of those that a lot leaves in the whole study."""
    return held.is_lot and version not in held.texts


def _fault_of_correction(payload: str, text: str, held: Held) -> str:
    try:
        said = json.loads(payload)
        edits = [Edit(*edit) for edit in said.get("edits", ())]
        into = said["into"] if said["step"] == "applied" else None
    except (ValueError, KeyError, TypeError):
        return _("it does not say what it corrects.")
    if into is None or not edits:
        return ""
    if into not in held.texts or not joins(text, held.texts[into], edits):
        return _("the text does not read as it says.")
    return ""


def _fault_of_suggestion(payload: str, grid: str, length: int, held: Held) -> str:
    try:
        said = json.loads(payload)
        code = str(said["suggested"])
        sound = are_terms([(low, high) for low, high in said.get("terms", ())], length)
    except (ValueError, KeyError, TypeError):
        return _("it does not say what it suggests.")
    if not sound:
        return _("what it went by leaves its passage.")
    return _fault_of_code(code, grid, held)


def _fault_of_code(code: str, version: str, held: Held) -> str:
    if version not in held.grids:
        return _("there is no grid {version}.").format(version=version)
    grid = held.grids[version]
    if grid is not None and code not in grid:
        return _("the grid {version} has no code {code}.").format(version=version, code=code)
    return ""


def _fault_of_episode(payload: str, held: Held) -> str:
    """Say what is wrong in an episode that bears its seal."""
    unsaid = _("it does not say what it groups.")
    lost = _("it groups a coding that is not in the study.")
    return _fault_of_links(payload, lambda said: said["codings"], held, unsaid, lost)


def _fault_of_decision(payload: str, held: Held) -> str:
    """Say what is wrong in a decision about codings that bears its seal."""
    unsaid = _("it does not say what it decides about.")
    lost = _("it decides about a coding that is not in the study.")
    return _fault_of_links(payload, lambda said: said["of"], held, unsaid, lost)


def _fault_of_answer(kind: str, payload: str, held: Held) -> str:
    """Say what is wrong in an answer to a suggestion that bears its seal."""

    def answered(said: Any) -> list[str]:
        (of,) = said["of"]
        return [of, said["coding"]] if kind == "accept" else [of]

    unsaid = _("it does not say what it answers.")
    lost = _("it answers a suggestion that is not in the study.")
    return _fault_of_links(payload, answered, held, unsaid, lost)


def _fault_of_links(
    payload: str, links: Callable[[Any], Iterable[str]], held: Held, unsaid: str, lost: str
) -> str:
    """Say `unsaid` if an event does not name others, `lost` if one of them began nothing here."""
    try:
        about = [UUID(key).bytes for key in links(json.loads(payload))]
    except (ValueError, KeyError, TypeError, AttributeError):
        return unsaid
    return "" if all(held.events.get(key) == key for key in about) else lost


#: Those that stand on no text.
_ON_NO_TEXT: Final[Mapping[str, Callable[[str, Held], str]]] = {
    "episode": _fault_of_episode,
    "round": _fault_of_round,
    "read": _fault_of_reading,
}


def named(row: tuple[Any, ...]) -> str:
    """Name what an event is about."""
    if row[1] == "decide" and row[6] is not None:  # what stands on a text is about codings
        return _("Decision {id}").format(id=shown_key(row[5]))
    if row[1] == "retract" and row[6] is None:  # what stands on no text groups codings
        return _("Episode {id}").format(id=shown_key(row[5]))
    names = {
        "conclude": _("Finding {id}"),
        "episode": _("Episode {id}"),
        "remark": _("Remark {id}"),
        "decide": _("Remark {id}"),
        "propose": _("Proposal {id}"),
        "settle": _("Proposal {id}"),
        "round": _("Round {id}"),
        "read": _("Reading {id}"),
        "suggest": _("Suggestion {id}"),
        "correct": _("Correction {id}"),
        **dict.fromkeys(ANSWER_KINDS, _("Answer {id}")),
    }
    return names.get(row[1], _("Coding or memo {id}")).format(id=shown_key(row[5]))


def shown_key(key: object) -> str:
    """Return the last characters of the key of an event, as sentences show it."""
    return key.hex()[-_SHOWN:] if isinstance(key, bytes) else str(key)
