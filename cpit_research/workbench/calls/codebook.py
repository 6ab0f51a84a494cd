"""The grid as the page shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cpit_research.model.code import Code
from cpit_research.model.episode import EFFECTIVITY
from cpit_research.model.grid import Grid
from cpit_research.workbench.params import Call, Nothing
from cpit_research.workbench.passages import passages_of
from cpit_research.workbench.rows import codes_used

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["CALLS"]

_NEXT_CASE: Final = re.compile(r"\s*[;\n]\s*")
#: « (voir S12) », at the end of a case.
_INSTEAD: Final = re.compile(r"\(?\b(?:voir|see)\s+(?P<code>[^\s().,]+)\)?\.?$", re.IGNORECASE)


def codebook(desk: Desk, _params: Nothing) -> dict[str, Any]:
    """Return the newest grid: axes, codes with their definitions, facets, use by the coder."""
    grid = desk.study.grid()
    used = codes_used(desk) if desk.who else Counter[str]()
    if desk.who:
        passages_of(desk)  # while all codings are at hand: later, only what changed is read
    usable = {code.id for code in grid.leaves()}
    return {
        "version": grid.version,
        "title": grid.title,
        "status": grid.status,
        "nature": grid.nature,
        "axes": [{"id": axis.id, "name": axis.name} for axis in grid.axes],
        "codes": [
            {**_code(grid, code), "usable": code.id in usable, "used": used[code.id]}
            for code in grid
        ],
        "facets": [
            {
                "id": facet.id,
                "name": facet.name,
                "values": [{"id": key, "name": name} for key, name in facet.values],
                "asked": facet.id == EFFECTIVITY,
            }
            for facet in grid.facets
        ],
    }


def _code(grid: Grid, code: Code) -> dict[str, Any]:
    return {
        "id": code.id,
        "axis": code.axis,
        "parent": code.parent or None,
        "name": code.name,
        "short": code.name,
        "definition": code.definition,
        "include": _cases(code.include),
        "exclude": [_exclusion(grid, case) for case in _cases(code.exclude)],
        "indicators": list(code.indicators),
        "example": code.example,
        "borderline": code.borderline,
        "family": _rank(grid, code),
    }


def _cases(words: str) -> list[str]:
    """Return the cases that a rule tells one after the other."""
    return [case for case in _NEXT_CASE.split(words.strip()) if case]


def _exclusion(grid: Grid, case: str) -> dict[str, str | None]:
    """Return a case when not to put a code, and the code to put instead if it names one."""
    named = _INSTEAD.search(case)
    if named is None or named["code"] not in grid:
        return {"when": case, "instead": None}
    return {"when": case[: named.start()].rstrip(" ,"), "instead": named["code"]}


def _rank(grid: Grid, code: Code) -> int:
    top = grid.children("", code.axis)
    return top.index(grid.family(code.id))


CALLS: Final[Mapping[str, Call[Any]]] = {"codebook": Call(codebook, Nothing)}
