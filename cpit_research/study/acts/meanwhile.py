"""What changed while a coder acted on what she saw, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from cpit_research.model.act import Act, Restore
from cpit_research.model.event import PROGRAM
from cpit_research.store.standing import Head
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.acts.hand import Hand
    from cpit_research.study.acts.places import Place

__all__ = ["carried", "meanwhile"]


def carried(place: Place) -> str:
    """Return what is told of a passage seen on a former text; empty when it was not."""
    return (
        _("The text was corrected meanwhile: the passage now stands on the new one.")
        if place.carried
        else ""
    )


def meanwhile(hand: Hand, act: Act, heads: Sequence[Head], place: Place | None = None) -> str:
    """Return what is told of changes that a coder had not seen; empty when she saw all that stood.

    Nothing is, where she had seen an act of hers that was refused since: she knows.
    """
    seen = set(act.seen)
    unseen = [head for head in heads if UUID(bytes=head.id) not in seen]
    if not unseen or seen & hand.refused:
        return carried(place) if place is not None else ""
    last = max(unseen, key=lambda head: (head.at, head.id))
    if isinstance(act, Restore) and last.gone and last.actor == hand.coder:
        return ""  # she brings back what she took back
    if last.actor == PROGRAM:
        return _("The text was corrected meanwhile: the passage now stands on the new one.")
    by = _("in another window") if last.actor == hand.coder else last.actor
    return _("Meanwhile: {change} ({by}). Yours was done on that.").format(
        change=_change(last), by=by
    )


def _change(head: Head) -> str:
    """Name what an event did."""
    changes = {
        "retract": _("taken back"),
        "recode": _("recoded to {code}").format(code=head.code or ""),
        "resize": _("its limits were moved"),
        "facet": _("its facets were changed"),
        "confirm": _("placed on the corrected text"),
        "memo": _("written anew"),
        "propose": _("renamed"),
        "episode": _("grouped otherwise"),
    }
    restored = _("brought back")
    return changes.get(head.kind, restored)
