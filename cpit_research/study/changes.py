"""Changing what was put, written, proposed or grouped, and bringing back what was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cpit_research.errors import Conflict, InvalidInput
from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.model.memo import Memo, MemoKind
from cpit_research.model.proposal import ProposedPassage
from cpit_research.model.segment import Segment
from cpit_research.model.standing import SubjectKind
from cpit_research.study.acts.hand import Hand, base_of
from cpit_research.study.acts.restoring import restore_one
from cpit_research.study.code import check_coder, check_facets
from cpit_research.study.grids.proposals import checked_name
from cpit_research.study.memos import check_memo
from cpit_research.study.writing import writing
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

__all__ = [
    "memo_retract",
    "memo_rewrite",
    "proposal_rename",
    "proposal_retract",
    "reinstate",
    "resize",
    "restate",
]

Thing = Coding | Memo | ProposedPassage | Episode
_KINDS: Final[Mapping[type[Thing], SubjectKind]] = {
    Coding: "coding",
    Memo: "memo",
    ProposedPassage: "proposal",
    Episode: "episode",
}


def resize(study: Study, coding: Coding, segment: Segment, *, coder: str) -> Coding:
    """Put a coding on another stretch of its text (see :meth:`Study.resize`)."""
    check_coder(study, coder)
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        heads = hand.standing(coding.id, "coding")
        base = base_of(heads)
        if base.source != segment.source:
            raise InvalidInput(
                _("A coding stays in its document."),
                remedy=_("Take it back, and code the passage of the other document."),
            )
        place = hand.places.stretch(segment)
        hand.follow(base, heads, "resize", place=place)
    return replace(coding, segment=segment, version=place.version)


def restate(study: Study, coding: Coding, facets: Mapping[str, str], *, coder: str) -> Coding:
    """Say all the facets of a coding anew (see :meth:`Study.restate`)."""
    check_coder(study, coder)
    stated = dict(facets)
    check_facets(study.grid(), stated)
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        heads = hand.standing(coding.id, "coding")
        hand.follow(base_of(heads), heads, "facet", said={"facets": stated} if stated else {})
    return replace(coding, facets=stated)


def reinstate(study: Study, thing: Thing, *, coder: str) -> None:
    """Bring back what was taken back (see :meth:`Study.reinstate`)."""
    check_coder(study, coder)
    kind = _KINDS[type(thing)]
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        is_own = kind in {"memo", "proposal"}
        heads = (hand.hers if is_own else hand.standing)(thing.id, kind)
        if not all(head.gone for head in heads):
            raise Conflict(_("This was not taken back: it stands."))
        restore_one(hand, base_of(heads), heads)


def memo_rewrite(
    study: Study, memo: Memo, words: str, *, coder: str, kind: MemoKind | None = None
) -> Memo:
    """Write a memo anew (see :meth:`Study.memo_rewrite`)."""
    check_coder(study, coder)
    check_memo(words, kind)
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        heads = hand.hers(memo.id, "memo")
        said = {"words": words, **({"kind": kind} if kind else {})}
        hand.follow(base_of(heads), heads, "memo", said=said)
    return replace(memo, words=words, kind=kind)


def memo_retract(study: Study, memo: Memo, *, coder: str) -> None:
    """Take a memo back (see :meth:`Study.memo_retract`)."""
    _retract(study, memo.id, "memo", coder)


def proposal_rename(
    study: Study, passage: ProposedPassage, name: str, *, coder: str, words: str | None = None
) -> ProposedPassage:
    """Give a passage *hors grille* another name (see :meth:`Study.proposal_rename`)."""
    check_coder(study, coder)
    said = {
        "name": checked_name(name),
        "words": passage.words if words is None else words.strip(),
    }
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        heads = hand.hers(passage.id, "proposal")
        hand.follow(base_of(heads), heads, "propose", said=said)
    return replace(passage, name=said["name"], words=said["words"], settled=None)


def proposal_retract(study: Study, passage: ProposedPassage, *, coder: str) -> None:
    """Take a passage *hors grille* back (see :meth:`Study.proposal_retract`)."""
    _retract(study, passage.id, "proposal", coder)


def _retract(study: Study, key: UUID, kind: SubjectKind, coder: str) -> None:
    check_coder(study, coder)
    with writing(study) as connection:
        hand = Hand(study, connection, coder)
        heads = hand.hers(key, kind)
        hand.retract(base_of(heads), heads)
