"""Each act, done on what stands: the event it becomes, the things that it changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import Any, Literal

from cpit_research.errors import InvalidInput
from cpit_research.model import act as acts
from cpit_research.study.acts import answers, grouping, readings
from cpit_research.study.acts.again import same_there
from cpit_research.study.acts.hand import Hand, base_of
from cpit_research.study.acts.meanwhile import carried, meanwhile
from cpit_research.study.acts.restoring import restore_one
from cpit_research.study.code import check_code, check_facets
from cpit_research.study.grids.proposals import checked_name
from cpit_research.study.memos import check_memo
from cpit_research.wording import gettext as _

__all__ = ["Outcome", "do"]

#: Things that an act changed, and a sentence that names what had changed meanwhile.
Outcome = tuple[tuple[bytes, ...], str]


@singledispatch
def do(act: acts.Act, hand: Hand) -> Outcome:
    """Do one act in its transaction; return the things that it changed, and what is to be told.

    Raises
    ------
    CpitError
        If it cannot be done: nothing of it is to be kept.
    """
    raise TypeError(act, hand)


@do.register
def _apply(act: acts.Apply, hand: Hand) -> Outcome:
    if not act.begins:
        raise InvalidInput(_("An act that puts a code begins a coding, under its own id."))
    check_code(act.code, hand.grid)
    check_facets(hand.grid, act.facets)
    place, said = hand.places.of(act.passage), _facets(act.facets)
    grid = hand.grid.version
    if there := same_there(hand, act, place):
        hand.follow(there[0], there, "apply", id=act.id, code=act.code)
        return (there[0].subject,), _("This passage already bears this code.")
    hand.begin(act.id, "apply", "coding", place, said=said, code=act.code, grid=grid)
    return (act.id.bytes,), carried(place)


@do.register
def _recode(act: acts.Recode, hand: Hand) -> Outcome:
    check_code(act.code, hand.grid)
    heads = hand.hers(act.subject, "coding")
    hand.follow(base_of(heads, act.seen), heads, "recode", id=act.id, code=act.code)
    return (act.subject.bytes,), meanwhile(hand, act, heads)


@do.register
def _resize(act: acts.Resize, hand: Hand) -> Outcome:
    heads = hand.hers(act.subject, "coding")
    place = hand.places.of(act.passage)
    hand.follow(base_of(heads, act.seen), heads, "resize", id=act.id, place=place)
    return (act.subject.bytes,), meanwhile(hand, act, heads, place)


@do.register
def _refacet(act: acts.Refacet, hand: Hand) -> Outcome:
    check_facets(hand.grid, act.facets)
    heads = hand.hers(act.subject, "coding")
    hand.follow(base_of(heads, act.seen), heads, "facet", id=act.id, said=_facets(act.facets))
    return (act.subject.bytes,), meanwhile(hand, act, heads)


@do.register
def _memo(act: acts.WriteMemo, hand: Hand) -> Outcome:
    check_memo(act.words, act.memo_kind)
    said = {"words": act.words, **({"kind": act.memo_kind} if act.memo_kind else {})}
    return _written(act, hand, "memo", said)


@do.register
def _propose(act: acts.Propose, hand: Hand) -> Outcome:
    said = {"name": checked_name(act.name), "words": act.words.strip()}
    return _written(act, hand, "proposal", said)


@do.register
def _retract(act: acts.Retract, hand: Hand) -> Outcome:
    heads = hand.hers(act.subject, "coding", "memo", "proposal", "episode")
    hand.retract(base_of(heads, act.seen), heads, id=act.id)
    return (act.subject.bytes,), meanwhile(hand, act, heads)


@do.register
def _restore(act: acts.Restore, hand: Hand) -> Outcome:
    heads = hand.hers(act.subject, "coding", "memo", "proposal", "episode")
    restore_one(hand, base_of(heads, act.seen), heads, id=act.id)
    return (act.subject.bytes,), meanwhile(hand, act, heads)


@do.register
def _group(act: acts.Group, hand: Hand) -> Outcome:
    return (act.subject.bytes,), grouping.group(hand, act)


@do.register
def _accept(act: acts.Accept, hand: Hand) -> Outcome:
    return answers.accept(hand, act), ""


@do.register(acts.Reject)
@do.register(acts.Reopen)
def _unput(act: acts.Reject | acts.Reopen, hand: Hand) -> Outcome:
    return answers.unput(hand, act), ""


@do.register
def _read(act: acts.Read, hand: Hand) -> Outcome:
    kept = readings.keep(hand, act.source, act.through, act.finished, id=act.id, seen=act.seen)
    return (kept,), ""


def _written(
    act: acts.WriteMemo | acts.Propose,
    hand: Hand,
    of: Literal["memo", "proposal"],
    said: Mapping[str, Any],
) -> Outcome:
    """Begin a memo or a passage proposed, or write it anew on what stands."""
    kind: Literal["memo", "propose"] = "memo" if of == "memo" else "propose"
    place = hand.places.of(act.passage)
    if act.begins:
        grid = hand.grid.version if of == "proposal" else None
        hand.begin(act.id, kind, of, place, said=said, grid=grid)
        return (act.id.bytes,), carried(place)
    heads = hand.hers(act.subject, of)
    hand.follow(base_of(heads, act.seen), heads, kind, id=act.id, place=place, said=said)
    return (act.subject.bytes,), meanwhile(hand, act, heads, place)


def _facets(facets: Mapping[str, str]) -> dict[str, Any]:
    return {"facets": dict(facets)} if facets else {}
