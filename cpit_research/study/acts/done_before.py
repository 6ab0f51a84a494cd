"""Whether an act was done already: sent twice, it is done once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cpit_research.model import act as acts
from cpit_research.study.acts.ids import taken
from cpit_research.study.acts.readings import reading_subject
from cpit_research.study.answers import answer_subject

if TYPE_CHECKING:
    from cpit_research.study.acts.hand import Hand

__all__ = ["done_before"]

_EVENT: Final = (
    'SELECT kind, actor, subject, version, start, "end", code, payload FROM event WHERE id = ?'
)
_RESTORED: Final = frozenset({"apply", "memo", "propose", "episode"})


def done_before(hand: Hand, act: acts.Act) -> tuple[bytes, ...] | None:
    """Return what an act changed when it was first sent; None when it was not.

    Raises
    ------
    Conflict
        If its id is that of something else.
    """
    row = hand.connection.exec_driver_sql(_EVENT, (act.id.bytes,)).first()
    if row is None:
        return None
    kind, actor, subject, version, start, end, code, payload = row
    said = json.loads(payload)
    kinds = _RESTORED if isinstance(act, acts.Restore) else {act.kind}
    place = getattr(act, "passage", None)
    moved = place is not None and place.version == version and (place.start, place.end) != (
        start, end,
    )  # fmt: skip
    again = isinstance(act, acts.Apply) and subject != act.id.bytes
    meant = {name: value for name, value in _said(act).items() if value or not again}
    same = actor == hand.coder and kind in kinds and (again or subject == _subject(hand, act))
    if not same or moved or meant != {name: _found(said, code, name) for name in meant}:
        raise taken(act.id)
    coding = said.get("coding")
    return (subject, UUID(coding).bytes) if coding else (subject,)


def _subject(hand: Hand, act: acts.Act) -> bytes:
    if isinstance(act, acts.Read):
        return reading_subject(hand.study, hand.coder, act.source)
    if isinstance(act, acts.Accept | acts.Reject | acts.Reopen):
        return answer_subject(hand.study, act.subject, hand.coder)
    return act.subject.bytes


def _found(said: Mapping[str, Any], code: str | None, name: str) -> object:
    """Return what an event holds under the name of what an act says."""
    empty: Mapping[str, object] = {"facets": {}, "kind": None}
    return code if name == "code" else said.get(name, empty.get(name, ""))


def _said(act: acts.Act) -> dict[str, object]:
    """Return what an act says, under the names that its event says it with."""
    match act:
        case acts.Apply(code=code, facets=facets):
            return {"code": code, "facets": dict(facets)}
        case acts.Recode(code=code):
            return {"code": code}
        case acts.Refacet(facets=facets):
            return {"facets": dict(facets)}
        case acts.WriteMemo(words=words, memo_kind=kind):
            return {"words": words, "kind": kind}
        case acts.Propose(words=words):
            return {"words": words.strip()}
        case acts.Group(codings=codings, label=label):
            return {"codings": [str(key) for key in sorted(codings)], "label": label.strip()}
        case acts.Accept(coding=coding):
            return {"coding": str(coding)}
        case acts.Read(finished=finished):
            return {"finished": finished}
    return {}
