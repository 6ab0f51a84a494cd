"""Episodes, among the other acts of a coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpit_research.model.act import Group
from cpit_research.store.standing import heads_on
from cpit_research.study.acts.meanwhile import meanwhile
from cpit_research.study.episode_draft import Draft, no_coding, no_episode

if TYPE_CHECKING:
    from cpit_research.study.acts.hand import Hand

__all__ = ["group"]


def group(hand: Hand, act: Group) -> str:
    """Make an episode, or say anew all that it is; return what had changed meanwhile."""
    heads = [] if act.begins else hand.hers(act.subject, "episode")
    _check_seen(hand, act)
    draft = Draft(hand.study, hand.connection, hand.study.corpus, hand.grid, hand.coder)
    draft.put(
        act.codings, principal=act.principal, actors=tuple(dict.fromkeys(act.actors)),
        posture=act.posture, facets=act.facets, label=act.label.strip(), note=act.words.strip(),
        same_as=act.same_as, subject=act.subject, event=act.id.bytes, prefills=act.begins,
    )  # fmt: skip
    return meanwhile(hand, act, heads)


def _check_seen(hand: Hand, act: Group) -> None:
    """Refuse what a round hides from her as what is not there, before all else."""
    named = {key.bytes for key in (*act.codings, *act.same_as)}
    seen = {head.subject for head in heads_on(hand.connection, named) if hand.sees(head)}
    for key in act.codings:
        if key.bytes not in seen:
            raise no_coding(key)
    for key in act.same_as:
        if key.bytes not in seen:
            raise no_episode(key)
