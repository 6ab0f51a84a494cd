"""The grid: its versions, and what became of the codings put under them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.model.coding import Coding
from cpit_research.model.evolution import Change
from cpit_research.model.grid_diff import GridDiff
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.study.grids.debt import Owed
    from cpit_research.study.grids.grid_import import GridImport
    from cpit_research.study.grids.release import Released


class GridVerbs(Verbs):
    """The grid: its versions, and what became of the codings put under them."""

    def recode(self, coding: Coding, code: str, *, coder: str, grid: str | None = None) -> Coding:
        """Give a coding another code, or the same one under a newer version of the grid.

        What it was stays in the record; its coder stays who put it.

        Parameters
        ----------
        coding : Coding
            As it stands.
        code : str
            Id of a code that stands in the grid.
        coder : str
            Who read it again.
        grid : str, optional
            Version of the grid, the newest by default.

        Raises
        ------
        NotFound
            If the coding or the code is unknown.
        InvalidInput
            If the code is a family, or no longer stands.
        """
        from cpit_research.study.code import recode

        return recode(self._study, [coding], code, coder=coder, grid=grid)[0]

    def grid_diff(self, older: str, newer: str) -> GridDiff:
        """Return what differs between two versions of the grid, word by word.

        Parameters
        ----------
        older, newer : str
            Two versions.
        """
        from cpit_research.study.grids.release import grid_diff

        return grid_diff(self._study, older, newer)

    def grid_lineage(self, code: str, version: str | None = None) -> tuple[tuple[str, Change], ...]:
        """Return every change that led to a code, with its version, newest first.

        Parameters
        ----------
        code : str
            Id of a code.
        version : str, optional
            Version of the grid that one starts from, the newest by default.
        """
        from cpit_research.study.grids.release import grid_lineage

        return grid_lineage(self._study, code, version)

    def grid_release(self, version: str | None = None) -> Released:
        """Release a draft of the grid: its file is marked, and never changes again.

        Parameters
        ----------
        version : str, optional
            Version, the newest by default.

        Returns
        -------
        Released
            The version, and the remarks that its file cites with their answers.

        Raises
        ------
        FormatError
            If it is released already, or fields that coders need are empty, each with its line.
        Conflict
            If the version that it comes from is still a draft.
        InvalidInput
            If something differs from that version and no change says so, or remarks of a review
            wait for an answer.
        """
        from cpit_research.study.grids.release import grid_release

        return grid_release(self._study, version)

    def grid_debt(
        self, version: str | None = None, *, coder: str | None = None
    ) -> tuple[Owed, ...]:
        """Return the codings that changes of the grid leave to be read again, by coder and note.

        Parameters
        ----------
        version : str, optional
            Version of the grid, the newest by default.
        coder : str, optional
            One coder's alone.
        """
        from cpit_research.study.grids.debt import grid_debt

        return grid_debt(self._study, version, coder=coder)

    def grid_recode(self, ids: Sequence[str], code: str, *, coder: str) -> int:
        """Give codings of the debt the code that they bear once read again.

        Parameters
        ----------
        ids : sequence of str
            Last characters of their ids, as :meth:`grid_debt` shows them.
        code : str
            Id of a code of the newest version.
        coder : str
            Who read them again.

        Returns
        -------
        int
            How many were read again.
        """
        from cpit_research.study.grids.debt import grid_recode

        return grid_recode(self._study, ids, code, coder=coder)

    def grid_export(self, version: str | None = None, *, to: str | Path) -> Path:
        """Write a version of the grid for those who edit it elsewhere.

        Parameters
        ----------
        version : str, optional
            The newest by default.
        to : path
            ``.xlsx`` for a workbook, a sheet an axis and a row a code; ``.yaml`` for its file
            without comments.

        Raises
        ------
        Conflict
            If a file is there already: it may hold work that was not read back.
        """
        from cpit_research.study.grids.grid_export import grid_export

        return grid_export(self._study, version, to=to)

    def grid_import(
        self, path: str | Path, *, version: str | None = None, write: bool = False
    ) -> GridImport:
        """Read a grid back from a spreadsheet: what would change, and nothing is written unasked.

        Parameters
        ----------
        path : path
            A workbook that :meth:`grid_export` wrote, edited; or one of its axes as ``.csv``.
        version : str, optional
            The version to change or to make; the one that the workbook names by default.
        write : bool
            Keep it: a draft is rewritten around its comments, and a version that is not there is
            made from the comments of the one before.

        Raises
        ------
        FormatError
            If the spreadsheet holds faults: all of them together, each with its sheet and cell.
        InvalidInput
            If the version is released: it never changes.
        """
        from cpit_research.study.grids.grid_import import grid_import

        return grid_import(self._study, path, version=version, write=write)
