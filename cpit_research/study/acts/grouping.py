"""Episodes, among the other acts of a coder."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.model.act import Group
from cpit_research.store.standing import heads_on
from cpit_research.study import episodes
from cpit_research.study.acts.meanwhile import meanwhile

if TYPE_CHECKING:
    from cpit_research.study.acts.hand import Hand

__all__ = ["group"]


def group(hand: Hand, act: Group) -> str:
    """Make an episode, or say anew all that it is; return what had changed meanwhile."""
    heads = [] if act.begins else hand.hers(act.subject, "episode")
    _check_seen(hand, act)
    draft = episodes.Draft(hand.study, hand.connection, hand.study.corpus, hand.grid, hand.coder)
    draft.put(
        act.codings, principal=act.principal, actors=tuple(dict.fromkeys(act.actors)),
        posture=act.posture, facets=act.facets, label=act.label.strip(), note=act.words.strip(),
        same_as=act.same_as, subject=act.subject, event=act.id.bytes, prefills=act.begins,
    )  # fmt: skip
    return meanwhile(hand, act, heads)


def _check_seen(hand: Hand, act: Group) -> None:
    """Refuse, as if they were not there, what a round hides from her."""
    told = heads_on(hand.connection, [key.bytes for key in (*act.codings, *act.same_as)])
    for head in told:
        if not hand.sees(head):
            key = UUID(bytes=head.subject)
            raise episodes.no_coding(key) if head.of == "coding" else episodes.no_episode(key)
