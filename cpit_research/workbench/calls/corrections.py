"""Words that were mis-transcribed: corrected, asked for, decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cpit_research.errors import Conflict, NotFound
from cpit_research.model.segment import Segment
from cpit_research.study.rounds.blind import hidden
from cpit_research.wording import gettext as _
from cpit_research.workbench.params import Call, Nothing

if TYPE_CHECKING:
    from cpit_research.model.correction import Correction
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]

#: Characters shown on each side of the words.
_AROUND: Final = 160


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of a text as they were read, and what they should be."""

    source: str
    version: str
    start: int
    end: int
    quote: str
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A correction, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Declined:
    """A correction asked for, and why it is not made."""

    id: str
    reason: str


def correct(desk: Desk, params: Wanted) -> dict[str, Any]:
    """Correct words; in a lot, ask for it."""
    source = desk.study.corpus[params.source]
    read = source.text[params.start : params.end] if 0 <= params.start < params.end else ""
    if source.version != params.version or read != params.quote:
        raise Conflict(
            _("The text has changed since it was read."),
            remedy=_("Open the note again, and select the words again."),
        )
    segment = Segment(source.id, params.start, params.end)
    made = desk.study.correct(segment, params.words, coder=desk.coder, reason=params.reason)
    return _told(desk, made)


def listed(desk: Desk, _params: Nothing) -> list[dict[str, Any]]:
    """Return the corrections made, asked for and declined: those that wait first."""
    return [_told(desk, one) for one in _seen(desk)]


def accept(desk: Desk, params: Accepted) -> dict[str, Any]:
    """Make a correction asked for."""
    _check_seen(desk, params.id)
    return _told(desk, desk.study.correction_accept(params.id, coder=desk.coder))


def decline(desk: Desk, params: Declined) -> dict[str, Any]:
    """Leave the text as it is."""
    _check_seen(desk, params.id)
    done = desk.study.correction_decline(params.id, params.reason, coder=desk.coder)
    return _told(desk, done)


def undo(desk: Desk, params: Accepted) -> dict[str, Any]:
    """Take back a correction asked for; correct back one that was made."""
    _check_seen(desk, params.id)
    return _told(desk, desk.study.correction_undo(params.id, coder=desk.coder))


def _seen(desk: Desk) -> list[Correction]:
    """Return the corrections, but those that a round under way hides from the coder at work."""
    apart = hidden(desk.study.shelf.rounds(), desk.coder)
    return [
        one
        for one in desk.study.correction_list()
        if one.coder not in apart.get(one.segment.source, ())
    ]


def _check_seen(desk: Desk, id: str) -> None:
    """Refuse a correction that she does not see; the end of an id would find one."""
    if id not in {str(one.id) for one in _seen(desk)}:
        raise NotFound(_("This correction is no longer there."), remedy=_("Read the list again."))


def _told(desk: Desk, one: Correction) -> dict[str, Any]:
    """Return a correction, with the words around it where the text is still the one it was of."""
    source = desk.study.corpus[one.segment.source]
    start, end = one.segment.start, one.segment.end
    around = ("", "")
    if source.version == one.version:
        around = (_before(source.text, start), _after(source.text, end))
    return {
        "id": str(one.id),
        "source": source.id,
        "path": one.path,
        "start": start,
        "end": end,
        "before": one.before,
        "words": one.words,
        "reason": one.reason,
        "coder": one.coder,
        "at": int(one.at.timestamp() * 1000),
        "state": one.state,
        "by": one.by,
        "why": one.why,
        "left": around[0],
        "right": around[1],
    }


def _before(text: str, start: int) -> str:
    """Return the words before a place, in its line, from a whole word on."""
    line = text.rfind("\n", 0, start) + 1
    if start - line <= _AROUND:
        return text[line:start]
    return "…" + text[start - _AROUND : start].partition(" ")[2]


def _after(text: str, end: int) -> str:
    """Return the words after a place, in its line, up to a whole word."""
    line = text.find("\n", end)
    stop = line if line >= 0 else len(text)
    if stop - end <= _AROUND:
        return text[end:stop]
    return text[end : end + _AROUND].rpartition(" ")[0] + "…"


CALLS: Final[Mapping[str, Call[Any]]] = {
    "corrections": Call(listed, Nothing),
    "corrections.ask": Call(correct, Wanted),
    "corrections.accept": Call(accept, Accepted),
    "corrections.decline": Call(decline, Declined),
    "corrections.undo": Call(undo, Accepted),
}
