"""One code of a grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["CODE_STATUSES", "Code", "CodeStatus"]

CodeStatus = Literal["proposed", "stable", "split", "merged", "retired"]
CODE_STATUSES: Final[tuple[CodeStatus, ...]] = ("proposed", "stable", "split", "merged", "retired")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of an axis: a professional situation, a family of them, an actor, a need.

    `id` is stable and never reused; `parent` is the id of the code above, empty at the top.
    Recognition `indicators` are for the coder; `professional_indicators` are what the
    practitioner watches. `redirects` are the ids of the codes that `exclude` sends to.

    References
    ----------
    MacQueen, K. M., McLellan, E., Kay, K., & Milstein, B. (1998). Codebook development for
    team-based qualitative analysis. *CAM Journal*, 10(2), 31–36.
    """

    id: str
    name: str
    axis: str = "situations"
    parent: str = ""
    definition: str = ""
    long_definition: str = ""
    goal: str = ""
    trigger: str = ""
    acts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    context: str = ""
    resources: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    tensions: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    professional_indicators: tuple[str, ...] = ()
    include: str = ""
    exclude: str = ""
    redirects: tuple[str, ...] = ()
    example: str = ""
    borderline: str = ""
    competences: tuple[str, ...] = ()
    publication: str = ""
    status: CodeStatus = "proposed"
    provenance: str = ""

    @property
    def stands(self) -> bool:
        """Whether it may be put on a passage: split, merged or retired, it only keeps its id."""
        return self.status not in {"split", "merged", "retired"}
