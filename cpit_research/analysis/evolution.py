"""The evolution of the grid as tables: what changed and why, and what must be read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from cpit_research.model.coding import Coding
from cpit_research.model.evolution import Change
from cpit_research.model.grid_diff import GridDiff
from cpit_research.results.provenance import package_version
from cpit_research.results.result import Provenance, Result
from cpit_research.wording import gettext as _
from cpit_research.wording.vocabulary import name_of

__all__ = ["grid_changes", "recoding_debt"]


class Owed(Protocol):
    """One coding to be read again, as ``study.grid_debt`` gives it."""

    @property
    def coding(self) -> Coding: ...
    @property
    def path(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def changes(self) -> tuple[Change, ...]: ...
    @property
    def candidates(self) -> tuple[str, ...]: ...


def grid_changes(diff: GridDiff) -> Result:
    """List the changes that a version declares, with what they are about, their reason and author.

    Parameters
    ----------
    diff : GridDiff
        From ``study.grid_diff``.

    Returns
    -------
    Result
        One row a change: ``change`` (its kind, in words), ``before`` and ``after`` (ids),
        ``follows``, ``reason``, ``author``; indexed from 1.
    """
    changes = diff.newer.changes if diff.newer.previous == diff.older.version else ()
    rows = [
        (
            name_of(change.kind),
            ", ".join(change.before),
            ", ".join(change.after),
            name_of("yes" if change.follows else "no"),
            change.reason,
            change.author,
        )
        for change in changes
    ]
    return Result(
        title=_("From {older} to {newer}").format(
            older=diff.older.version, newer=diff.newer.version
        ),
        table=pd.DataFrame(
            rows,
            columns=["change", "before_code", "after_code", "follows", "reason", "author"],
            index=pd.RangeIndex(1, len(rows) + 1, name="id"),
        ),
        method=_("The changes that the newer version declares."),
        provenance=Provenance(grid=diff.newer.version, package=package_version()),
    )


def recoding_debt(owed: Iterable[Owed], *, grid: str) -> Result:
    """List the codings to be read again, by coder and note.

    Parameters
    ----------
    owed : iterable
        From ``study.grid_debt``.
    grid : str
        The version under which they must be read.

    Returns
    -------
    Result
        One row a coding: ``coder``, ``source``, ``code``, ``change``, ``candidates``,
        ``quotation``; indexed by coding id.
    """
    listed = list(owed)
    rows = [
        (
            one.coding.coder,
            one.path,
            one.coding.code,
            ", ".join(name_of(change.kind) for change in one.changes),
            ", ".join(one.candidates),
            one.words,
        )
        for one in listed
    ]
    columns = ["coder", "source", "code", "change", "candidates", "quotation"]
    return Result(
        title=_("Codings to be read again under {version}").format(version=grid),
        table=pd.DataFrame(
            rows, columns=columns, index=pd.Index([c.coding.id.hex for c in listed], name="id")
        ),
        counts="segment",
        method=_("Codings that a change of the grid leaves undecided."),
        provenance=Provenance(grid=grid, package=package_version()),
    )
