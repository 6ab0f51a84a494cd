"""What may be said: the grid of professional situations, one version of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from cpit_research.model.code import CODE_STATUSES, Code, CodeStatus
from cpit_research.model.evolution import Change
from cpit_research.model.grid_diff import GridDiff
from cpit_research.model.notebook import grid_html

__all__ = [
    "CODE_STATUSES",
    "GRID_NATURES",
    "GRID_STATUSES",
    "Axis",
    "Code",
    "CodeStatus",
    "Facet",
    "Grid",
    "GridNature",
    "GridStatus",
    "Reference",
    "version_order",
]

GridNature = Literal["illustrative", "team"]
GridStatus = Literal["draft", "released"]
GRID_NATURES: Final[tuple[GridNature, ...]] = ("illustrative", "team")
GRID_STATUSES: Final[tuple[GridStatus, ...]] = ("draft", "released")


@dataclass(frozen=True, slots=True)
class Axis:
    """A tree of codes: situations, needs, actors, postures."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A closed vocabulary stated once per episode; `values` pairs ids with names."""

    id: str
    name: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A text that the grid draws on; `id` is what provenances cite."""

    id: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One version of the grid.

    `codes` holds every code of every axis, parents before children, in the order of the file.
    `provenance` holds for every code that states none; `rules` are the coding rules by id.
    `changes` say how the version `previous` became this one. `released_as` is the fingerprint
    that the file bears since its release; empty for a draft.

    Examples
    --------
    >>> grid = Grid("demo", "v1", codes=(Code("F1", "Prendre place"),
    ...                                  Code("S11", "Faire clarifier son mandat", parent="F1")))
    >>> grid["S11"].name, grid.family("S11").id, [code.id for code in grid.leaves()]
    ('Faire clarifier son mandat', 'F1', ['S11'])
    """

    id: str
    version: str
    nature: GridNature = "team"
    status: GridStatus = "draft"
    title: str = ""
    language: str = "fr"
    warning: str = ""
    day: date | None = None
    provenance: str = ""
    rules: Mapping[str, str] = field(default_factory=dict, hash=False)
    references: tuple[Reference, ...] = ()
    axes: tuple[Axis, ...] = (Axis("situations", "Situations"),)
    facets: tuple[Facet, ...] = ()
    codes: tuple[Code, ...] = ()
    previous: str = ""
    changes: tuple[Change, ...] = ()
    released_as: str = field(default="", compare=False, hash=False)
    _by_id: Mapping[str, Code] = field(init=False, repr=False, compare=False, hash=False)
    _fingerprint: str = field(default="", init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", MappingProxyType({code.id: code for code in self.codes}))

    def __repr__(self) -> str:
        return f"<Grid {self.version}: {len(self)} codes>"

    def _repr_html_(self) -> str:
        return grid_html(self)

    def __getitem__(self, code: str) -> Code:
        return self._by_id[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_id

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the content in hexadecimal, whatever the comments and layout of the file.

        Empty fields do not count: a field that a later program adds changes nothing to the
        fingerprint of a grid that leaves it empty.
        """
        if not self._fingerprint:  # made once: a grid never changes
            canonical = json.dumps(
                _content(self),
                ensure_ascii=False,
                sort_keys=True,
                separators=(",", ":"),
            )
            digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "_fingerprint", digest)
        return self._fingerprint

    def diff(self, older: Grid) -> GridDiff:
        """Return what differs from an older version to this one."""
        return GridDiff(older, self)

    def get(self, code: str) -> Code | None:
        """Return the code of that id, or None."""
        return self._by_id.get(code)

    def family(self, code: str) -> Code:
        """Return the topmost code above `code` (itself when nothing is above)."""
        found = self._by_id[code]
        while found.parent:
            found = self._by_id[found.parent]
        return found

    def path(self, code: str) -> str:
        """Return the names from the family down to the code, joined by « › »."""
        names = [self._by_id[code].name]
        above = self._by_id[code].parent
        while above:
            names.append(self._by_id[above].name)
            above = self._by_id[above].parent
        return " › ".join(reversed(names))

    def children(self, code: str = "", axis: str | None = None) -> tuple[Code, ...]:
        """Return the codes right under `code`, or the topmost ones, of one axis or of all."""
        return tuple(
            known for known in self.codes if known.parent == code and axis in (None, known.axis)
        )

    def leaves(self, axis: str | None = None) -> tuple[Code, ...]:
        """Return the codes that have none under them and may be put on a segment."""
        above = {code.parent for code in self.codes}
        return tuple(
            code
            for code in self.codes
            if code.stands and code.id not in above and axis in (None, code.axis)
        )


#: What a grid holds besides its content.
_ASIDE: Final = frozenset({"released_as", "_by_id", "_fingerprint"})


def version_order(version: str) -> list[tuple[int, int, str]]:
    """Return what sorts versions as people count: v2 before v10.

    Examples
    --------
    >>> sorted(["v10", "v2"], key=version_order)
    ['v2', 'v10']
    """
    parts = re.split(r"(\d+)", version)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _content(value: Any) -> Any:
    """Return `value` in JSON's types, dataclasses and mappings without their empty fields."""
    if is_dataclass(value):
        named = {f.name: getattr(value, f.name) for f in fields(value) if f.name not in _ASIDE}
        return _content(named)
    if isinstance(value, Mapping):
        return {name: _content(held) for name, held in value.items() if held or held == 0}
    if isinstance(value, tuple):
        return [_content(held) for held in value]
    return value.isoformat() if isinstance(value, date) else value
