"""From one version of the grid to another: which codes follow, which must be read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cpit_research.model.evolution import Change
from cpit_research.model.grid import Grid

__all__ = ["Carried", "Lineage"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a code of one version became in another.

    Parameters
    ----------
    code : str or None
        The code that its codings bear now; None when they must be read again, or when a version
        between the two is missing.
    changes : tuple of Change
        What happened on the way, oldest first.
    candidates : tuple of str
        When they must be read again, the codes among which one may choose; any other may be right.
    """

    code: str | None
    changes: tuple[Change, ...] = ()
    candidates: tuple[str, ...] = ()


class Lineage:
    """The versions of a grid, each with the one that it came from.

    Parameters
    ----------
    grids : iterable of Grid
        In any order.

    Examples
    --------
    >>> from cpit_research.model.grid import Code
    >>> first = Grid("g", "v1", codes=(Code("S1", "a"), Code("S2", "b")))
    >>> second = Grid("g", "v2", codes=(Code("S2", "c"), Code("S3", "d"), Code("S4", "e")),
    ...               previous="v1", changes=(Change("split", ("S1",), ("S3", "S4")),
    ...                                       Change("renamed", ("S2",), ("S2",), follows=True)))
    >>> lineage = Lineage([first, second])
    >>> lineage.carry("v1", "S2", "v2").code, lineage.carry("v1", "S1", "v2").candidates
    ('S2', ('S3', 'S4'))
    """

    def __init__(self, grids: Iterable[Grid]) -> None:
        self._grids: Mapping[str, Grid] = {grid.version: grid for grid in grids}

    def __iter__(self) -> Iterator[Grid]:
        return iter(self._grids.values())

    def fates(self, to: str) -> dict[tuple[str, str], str | None]:
        """Return what every code of every version became in `to`, by version and code.

        None stands for those whose codings must be read again; versions that do not lead to `to`
        are not there.
        """
        return {
            (version, code): found.code
            for version in self._grids
            if self.path(version, to) is not None
            for code, found in self.table(version, to).items()
        }

    def path(self, since: str, to: str) -> tuple[Grid, ...] | None:
        """Return the versions after `since` up to `to`; None when it does not lead there."""
        steps: list[Grid] = []
        version = to
        while version != since:
            grid = self._grids.get(version)
            if grid is None or not grid.previous or grid in steps:
                return None
            steps.append(grid)
            version = grid.previous
        return tuple(reversed(steps))

    def carry(self, since: str, code: str, to: str) -> Carried:
        """Return what a code of the version `since` became in the version `to`."""
        steps = self.path(since, to)
        if steps is None:
            return Carried(None)
        changes: list[Change] = []
        for grid in steps:
            met = [change for change in grid.changes if code in change.before]
            changes += met
            after = tuple(dict.fromkeys(one for change in met for one in change.after))
            gone = any(change.kind in {"split", "merged", "retired"} for change in met)
            if not all(change.follows for change in met) or len(after) > 1:
                return Carried(None, tuple(changes), after or _known(code, grid))
            code = after[0] if gone and after else code
            if not _known(code, grid):
                return Carried(None, tuple(changes))
        return Carried(code, tuple(changes))

    def table(self, since: str, to: str) -> dict[str, Carried]:
        """Return what every code of `since` became in `to`."""
        codes = self._grids[since].codes if since in self._grids else ()
        return {code.id: self.carry(since, code.id, to) for code in codes}

    def history(self, code: str, version: str) -> tuple[tuple[str, Change], ...]:
        """Return every change that led to a code of a version, with its version, newest first."""
        told: list[tuple[str, Change]] = []
        names = {code}
        grid = self._grids.get(version)
        while grid is not None:
            met = [change for change in grid.changes if names & set(change.after)]
            told += [(grid.version, change) for change in met]
            names |= {one for change in met for one in change.before}
            grid = self._grids.get(grid.previous)
        return tuple(told)


def _known(code: str, grid: Grid) -> tuple[str, ...]:
    return (code,) if code in grid and grid[code].stands else ()
