"""Where coders of a round differ, and what was decided of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from cpit_research.model.adjudication import Adjudication
from cpit_research.model.coding import Coding
from cpit_research.model.segment import Segment

DisputeKind = Literal["boundary", "omission", "neighbouring_code"]
DISPUTE_KINDS: Final[tuple[DisputeKind, ...]] = (
    "boundary",
    "omission",
    "neighbouring_code",
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One passage that coders of a round did not code alike.

    Parameters
    ----------
    id : str
        Eight characters made from the codings that differ: the same in every copy of a study.
    round : str
        Name of the round.
    kind : str
        ``"boundary"``: the same code on other ends; ``"omission"``: a passage that somebody did
        not code; ``"neighbouring_code"``: several codes on one passage.
    code : str
        Code that it is listed under.
    segment : Segment
        The passage, from where the first of these codings begins to where the last one ends.
    path, place, quotation, context : str
        Its document, where it stands there, its words, and the paragraphs or turns around them.
    codings : mapping of str to tuple of (Coding, str)
        By coder of the round, what she put there with the words; empty for who put nothing.
    decisions : tuple of Adjudication
        What was decided about these codings.
    """

    id: str
    round: str
    kind: DisputeKind
    code: str
    segment: Segment
    path: str
    place: str
    quotation: str
    context: str
    codings: Mapping[str, tuple[tuple[Coding, str], ...]] = field(hash=False)
    decisions: tuple[Adjudication, ...] = ()

    @property
    def undecided(self) -> tuple[Coding, ...]:
        """Codings that no decision is about."""
        judged = {key for one in self.decisions for key in one.of}
        return tuple(
            coding
            for marks in self.codings.values()
            for coding, _words in marks
            if coding.id not in judged
        )

    @property
    def is_open(self) -> bool:
        """Whether something is left to decide."""
        return bool(self.undecided)
