"""Who said what, where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cpit_research.model.segment import Segment


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder put one code on one segment of one text version under one grid version.

    The quotation is derived from the text (``codings.quote(coding)``), never stored beside it.

    Parameters
    ----------
    id : UUID
        Identity of the coding, kept through its changes.
    segment : Segment
        Where.
    version : str
        Text version that the offsets count.
    code, grid : str
        Id of the code, and version of the grid under which it was put.
    coder : str
        Id of the coder.
    facets : mapping of str to str
        Facet ids to value ids; those of its episode when it is in one.
    """

    id: UUID
    segment: Segment
    version: str
    code: str
    coder: str
    grid: str
    facets: Mapping[str, str] = field(default_factory=dict, hash=False)
