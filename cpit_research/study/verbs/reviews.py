"""What the field proposes to the grid, and what partners say of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.model.proposal import Proposal
from cpit_research.model.remark import Remark
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.study.grids.review_import import ReviewImport


class ReviewVerbs(Verbs):
    """What the field proposes to the grid, and what partners say of it."""

    def grid_proposals(self) -> tuple[Proposal, ...]:
        """Return what was proposed from the field, name by name, with its passages.

        Each passage says its document, place, visit and date, and what became of it.
        """
        from cpit_research.study.grids.proposals import grid_proposals

        return grid_proposals(self._study)

    def grid_settle(
        self, name: str, *, into: str | None = None, reason: str, coder: str
    ) -> Proposal:
        """Say what became of a proposal: its passages stay listed, no coding changes.

        Passages proposed later under the same name are open again.

        Parameters
        ----------
        name : str
            Its provisional name.
        into : str, optional
            Code of the newest grid that takes it over; declined by default.
        reason : str
            What the team decided, and why.
        coder : str
            Who says so.

        Raises
        ------
        NotFound
            If nothing was proposed under that name, or the grid has no such code.
        """
        from cpit_research.study.grids.proposals import grid_settle

        return grid_settle(self._study, name, into=into, reason=reason, coder=coder)

    def grid_reopen(self, name: str, *, coder: str) -> Proposal:
        """Open again a proposal that was settled; the record keeps what had become of it.

        Parameters
        ----------
        name : str
            Its provisional name.
        coder : str
            Who says so.
        """
        from cpit_research.study.grids.proposals import grid_reopen

        return grid_reopen(self._study, name, coder=coder)

    def grid_review_export(self, version: str | None = None, *, to: str | Path) -> Path:
        """Write a review copy of the grid for a partner, through the privacy gate.

        Parameters
        ----------
        version : str, optional
            Version to review, the newest by default.
        to : path
            ``.docx`` or ``.xlsx``.

        Raises
        ------
        Conflict
            If a file is there already: it may hold remarks that were not read.
        Withheld
            If a known name is left anywhere in the file, or the correspondence table is closed.
        """
        from cpit_research.study.grids.review_copy import grid_review_export

        return grid_review_export(self._study, version, to=to)

    def grid_review_import(self, path: str | Path) -> ReviewImport:
        """Read a review copy that comes back; what the study holds already is not doubled.

        Parameters
        ----------
        path : path
            The copy, filled in: ``.docx``, ``.odt`` or ``.xlsx``, under whatever name.

        Returns
        -------
        ReviewImport
            Remarks added, and what was not read, with its place.

        Raises
        ------
        NotFound
            If the study has no such version of the grid.
        FormatError
            If the file holds no remarks, or does not say which version was reviewed.
        """
        from cpit_research.study.grids.review_import import grid_review_import

        return grid_review_import(self._study, path)

    def grid_review_list(self, version: str | None = None) -> tuple[Remark, ...]:
        """Return the remarks of partners, in the order of the grid, with their answers.

        Parameters
        ----------
        version : str, optional
            Version reviewed; all of them by default.
        """
        from cpit_research.study.grids.remarks import grid_review_list

        return grid_review_list(self._study, version)

    def grid_review_accept(self, id: str, *, reason: str, coder: str) -> Remark:
        """Accept one remark; a later answer takes the place of this one.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        reason : str
            Why; the release of the next version cites it.
        coder : str
            Who says so.
        """
        from cpit_research.study.grids.remarks import grid_review_accept

        return grid_review_accept(self._study, id, reason=reason, coder=coder)

    def grid_review_decline(self, id: str, *, reason: str, coder: str) -> Remark:
        """Decline one remark; a later answer takes the place of this one.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        reason : str
            Why; the release of the next version cites it.
        coder : str
            Who says so.
        """
        from cpit_research.study.grids.remarks import grid_review_decline

        return grid_review_decline(self._study, id, reason=reason, coder=coder)

    def grid_review_reopen(self, id: str, *, coder: str) -> Remark:
        """Open one remark again; the record keeps the answer that it had.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        coder : str
            Who says so.
        """
        from cpit_research.study.grids.remarks import grid_review_reopen

        return grid_review_reopen(self._study, id, coder=coder)
