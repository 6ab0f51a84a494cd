"""What the team concludes, with what supports it and what qualifies it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cpit_research.model.coding import Coding
from cpit_research.model.notebook import finding_html
from cpit_research.text.shortening import shortened


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim, the codings that support it and those that qualify it.

    Parameters
    ----------
    claim : str
        One sentence that can be confirmed, nuanced or contested.
    supports, qualifies : iterable of Coding
        Codings (a selection of ``study.codings()`` will do).
    scope : str
        Where and for whom the claim holds.
    reference : str
        Short name used in documents, ``"E1"``; given by the study when empty.
    id : UUID or None
        Identity, given by the study when it is kept.

    Raises
    ------
    ValueError
        If the claim is empty.

    Examples
    --------
    >>> Finding("Le mandat flou retarde l'action").supports
    ()
    """

    claim: str
    supports: Iterable[Coding] = ()
    qualifies: Iterable[Coding] = ()
    scope: str = ""
    reference: str = ""
    id: UUID | None = None

    def __post_init__(self) -> None:
        if not self.claim.strip():
            message = "Finding: claim"
            raise ValueError(message)
        object.__setattr__(self, "supports", tuple(self.supports))
        object.__setattr__(self, "qualifies", tuple(self.qualifies))

    def __repr__(self) -> str:
        supports, qualifies = len(tuple(self.supports)), len(tuple(self.qualifies))
        name = self.reference or shortened(self.claim)
        return f"<Finding {name}: {supports} codings support it, {qualifies} qualify it>"

    def _repr_html_(self) -> str:
        return finding_html(self)
