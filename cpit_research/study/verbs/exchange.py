"""What goes out of a study, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpit_research.model.finding import Finding
from cpit_research.model.round import Round
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.agreement import Unit
    from cpit_research.study.sheets import SheetReport


class ExchangeVerbs(Verbs):
    """What goes out of a study, and what comes back."""

    def sheet_export(
        self,
        coder: str,
        *,
        to: str | Path | None = None,
        round: str | Round | None = None,
    ) -> Path:
        """Write the coding sheet of one coder, a working paper of the team.

        Nothing that another coder put, wrote or proposed is in it.

        Parameters
        ----------
        coder : str
            Id of the coder; codings already hers are filled in.
        to : path, optional
            Where; ``data/processed/codage-CODER.xlsx`` by default.
        round : str or Round, optional
            A round that she takes part in: its notes only, under its grid.

        Raises
        ------
        Conflict
            If a file is there already: it may hold work that was not read back; or the round is
            no longer open, or its grid has changed.
        NotFound
            If she is no coder of the round.
        """
        from cpit_research.study.sheets import sheet_export

        return sheet_export(self._study, coder, to=to, round=round)

    def sheet_import(self, paths: Sequence[str | Path]) -> SheetReport:
        """Read coding sheets back; what is already in the study is not doubled.

        Parameters
        ----------
        paths : sequence of paths
            The sheets, filled in.

        Notes
        -----
        A row whose text no longer matches is refused, and every problem is listed with its
        cell. Remarks become memos. Nothing is ever retracted by a sheet.
        """
        from cpit_research.study.sheets import sheet_import

        return sheet_import(self._study, paths)

    def finding_import(self, path: str | Path) -> tuple[Finding, ...]:
        """Keep the findings of a workbook such as ``data/raw/enseignements.xlsx``.

        Parameters
        ----------
        path : path
            Workbook with the sheets « Enseignements » and « Appuis ».

        Raises
        ------
        InvalidInput
            If a coding that it points at is not in the study: nothing is kept.
        """
        from cpit_research.study.conclude import finding_import

        return finding_import(self._study, path)

    def export(self, to: str | Path, content: Any = None) -> Path:
        """Write a document through the privacy gate; the suffix picks the writer.

        Parameters
        ----------
        to : path
            ``.docx``, ``.html`` or ``.xlsx``; ``.csv`` too for one table.
        content : Result, Finding, Document or a sequence of them, optional
            The standing summary of the study by default.

        Raises
        ------
        Withheld
            If a known name is left anywhere in the file, or the correspondence table is closed.
        """
        from cpit_research.study.export import export

        return export(self._study, to, content)

    def agreement_annex(
        self, to: str | Path, *, unit: Unit = "sentence", grid: str | None = None
    ) -> Path:
        """Write the annex on agreement between coders, through the privacy gate.

        It holds the method in full, the table of every code with counts and intervals, figures,
        what coders differ on and what was decided, and what the figures cannot say; in the
        language in force.

        Parameters
        ----------
        to : path
            ``.docx``, ``.html`` or ``.xlsx``.
        unit : str
            As in :func:`cpit_research.agreement.alpha`.
        grid : str, optional
            Version of the grid to read the codings under, the newest by default.

        Raises
        ------
        Withheld
            If a known name is left anywhere in the file, or the correspondence table is closed.
        """
        from cpit_research.study.agreement_annex import agreement_annex

        return agreement_annex(self._study, to, unit=unit, grid=grid)

    def table_seal(self, names: str | Path, *, to: str | Path | None = None) -> Path:
        """Encrypt a workbook of names into the correspondence table, outside the study.

        Parameters
        ----------
        names : path
            Workbook with the sheet « Correspondance ».
        to : path, optional
            Age file to write; the place that ``CPIT_TABLE`` tells by default.
        """
        from cpit_research.study.correspondence import table_seal

        return table_seal(self._study, names, to=to)
