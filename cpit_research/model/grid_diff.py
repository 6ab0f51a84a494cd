"""What differs between two versions of the grid, and which changes say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cpit_research.model.code import Code
from cpit_research.model.evolution import Change, ChangeKind
from cpit_research.model.notebook import diff_html, difference_html
from cpit_research.text.word_diff import Stretch, word_diff

if TYPE_CHECKING:
    from cpit_research.model.grid import Grid

__all__ = ["CodeDifference", "FieldDifference", "GridDiff"]

#: Fields whose difference has a kind of its own, or says nothing of the meaning.
_NAMED: Final[dict[str, ChangeKind]] = {"name": "renamed", "parent": "moved", "axis": "moved"}
_SILENT: Final = frozenset({"id", "status", "provenance"})
#: What a declared change covers besides its own kind: those who redefine a code may rename it.
_COVERED: Final[dict[ChangeKind, frozenset[ChangeKind]]] = {
    "added": frozenset({"added"}),
    "retired": frozenset({"retired"}),
    "renamed": frozenset({"renamed"}),
    "moved": frozenset({"moved"}),
    "redefined": frozenset({"redefined", "renamed"}),
    "split": frozenset({"retired", "added", "redefined", "renamed"}),
    "merged": frozenset({"retired", "added", "redefined", "renamed", "moved"}),
}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of a code, before and after; lists are joined, an item a line."""

    field: str
    before: str
    after: str

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What changed, word by word."""
        return word_diff(self.before, self.after)


@dataclass(frozen=True, slots=True)
class CodeDifference:
    """What differs for one id.

    Parameters
    ----------
    code : str
        The id.
    kinds : tuple of ChangeKind
        What the two versions show: ``added``, ``retired``, ``renamed``, ``moved``, ``redefined``.
    before, after : Code or None
        The code in each version.
    fields : tuple of FieldDifference
        The fields that differ, when it stands in both.
    declared : tuple of Change
        The changes of the newer version that speak of it.
    """

    code: str
    kinds: tuple[ChangeKind, ...]
    before: Code | None
    after: Code | None
    fields: tuple[FieldDifference, ...] = ()
    declared: tuple[Change, ...] = ()

    def __repr__(self) -> str:
        return f"<CodeDifference {self.code}: {', '.join(self.kinds)}>"

    def _repr_html_(self) -> str:
        return difference_html(self)

    @property
    def undeclared(self) -> tuple[ChangeKind, ...]:
        """What no change says."""
        said = frozenset(kind for change in self.declared for kind in _COVERED[change.kind])
        return tuple(kind for kind in self.kinds if kind not in said)


class GridDiff:
    """What differs from one version of the grid to another.

    Parameters
    ----------
    older, newer : Grid
        The two versions. Changes that `newer` declares count when it comes from `older`.

    Examples
    --------
    >>> from cpit_research.model.grid import Grid
    >>> first = Grid("g", "v1", codes=(Code("S1", "Prévenir"), Code("S2", "Tenir")))
    >>> second = Grid("g", "v2", codes=(Code("S1", "Prévenir les siens"), Code("S3", "Céder")))
    >>> for difference in GridDiff(first, second):
    ...     print(difference.code, difference.kinds)
    S1 ('renamed',)
    S2 ('retired',)
    S3 ('added',)
    """

    def __init__(self, older: Grid, newer: Grid) -> None:
        self.older = older
        self.newer = newer

    def __iter__(self) -> Iterator[CodeDifference]:
        return iter(self.differences)

    def __len__(self) -> int:
        return len(self.differences)

    def __getitem__(self, code: str) -> CodeDifference:
        for one in self.differences:
            if one.code == code:
                return one
        raise KeyError(code)

    def __repr__(self) -> str:
        return f"<GridDiff {self.older.version} → {self.newer.version}: {len(self)} codes>"

    def _repr_html_(self) -> str:
        return diff_html(self)

    @cached_property
    def differences(self) -> tuple[CodeDifference, ...]:
        """One difference a code that differs, in the order of the grids."""
        ids = dict.fromkeys(code.id for grid in (self.older, self.newer) for code in grid)
        found = (self._difference(code) for code in ids)
        return tuple(one for one in found if one.kinds or one.declared)

    @property
    def undeclared(self) -> tuple[CodeDifference, ...]:
        """The differences that no change of the newer version says."""
        return tuple(one for one in self.differences if one.undeclared)

    @cached_property
    def _changes(self) -> tuple[Change, ...]:
        return self.newer.changes if self.newer.previous == self.older.version else ()

    def _difference(self, code: str) -> CodeDifference:
        before, after = self.older.get(code), self.newer.get(code)
        declared = tuple(
            change for change in self._changes if code in (*change.before, *change.after)
        )
        was, stands = _standing(before), _standing(after)
        if was is None or stands is None:
            kinds: tuple[ChangeKind, ...] = ()
            if stands is not None:
                kinds = ("added",)
            elif was is not None:
                kinds = ("retired",)
            return CodeDifference(code, kinds, before, after, declared=declared)
        differing = _differing(was, stands)
        shown = dict.fromkeys(_NAMED.get(one.field, "redefined") for one in differing)
        return CodeDifference(code, tuple(shown), before, after, differing, declared)


def _standing(code: Code | None) -> Code | None:
    return code if code is not None and code.stands else None


def _differing(before: Code, after: Code) -> tuple[FieldDifference, ...]:
    pairs = (
        (one.name, _words(getattr(before, one.name)), _words(getattr(after, one.name)))
        for one in fields(Code)
        if one.name not in _SILENT
    )
    return tuple(FieldDifference(*pair) for pair in pairs if pair[1] != pair[2])


def _words(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
