"""Disagreements: where the coders of a round differ, and what is decided of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.model.adjudication import Adjudication, DisagreementReason
from cpit_research.model.coding import Coding
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.round import Round
from cpit_research.model.segment import Segment
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.study.rounds.workbook import RoundImport


class DisputeVerbs(Verbs):
    """Disagreements: where the coders of a round differ, and what is decided of it."""

    def round_disputes(self, round: str | Round) -> tuple[Disagreement, ...]:
        """List where the coders of a closed round differ, with what was decided of it.

        Parameters
        ----------
        round : str or Round
            Its name, or the last characters of its id.

        Raises
        ------
        Conflict
            If it is not closed, or its grid has changed.
        """
        from cpit_research.study.rounds.disputes import round_disputes

        return round_disputes(self._study, round)

    def round_decide(
        self,
        id: str,
        *,
        keep: str | None = None,
        code: str | None = None,
        words: str | None = None,
        none: bool = False,
        reason: str,
        why: str,
        coder: str,
    ) -> tuple[Adjudication, ...]:
        """Decide of one disagreement: exactly one of `keep`, `code` and `none` is given.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        keep : str, optional
            The coder whose codings are kept as they are; if she put none there, none stands.
        code : str, optional
            The code that stands, on the passage that is disputed.
        words : str, optional
            With `code`, the words that it stands on, in the same document.
        none : bool
            No code stands.
        reason : str
            Why coders differed: ``"definition"``, ``"boundary"``, ``"omission"``, ``"slip"``.
        why : str
            Why it is decided so, in words.
        coder : str
            Who decides.

        Returns
        -------
        tuple of Adjudication
            One; several when a coder put several codings there, all of which are kept.

        Raises
        ------
        NotFound
            If there is no such disagreement, code or coder.
        Conflict
            If it is decided already.
        """
        from cpit_research.study.rounds.deciding import round_decide

        return round_decide(
            self._study, id, keep=keep, code=code, words=words, none=none, reason=reason, why=why,
            coder=coder,
        )  # fmt: skip

    def round_undo(self, id: str, *, coder: str) -> tuple[Adjudication, ...]:
        """Take back what was decided of one disagreement; the record keeps it.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        coder : str
            Who takes it back.
        """
        from cpit_research.study.rounds.deciding import round_undo

        return round_undo(self._study, id, coder=coder)

    def round_export(self, round: str | Round, *, to: str | Path) -> Path:
        """Write a workbook in which the team decides, a row a disagreement: a working paper.

        Parameters
        ----------
        round : str or Round
            Its name, or the last characters of its id.
        to : path
            ``.xlsx``.

        Raises
        ------
        Conflict
            If a file is there already: it may hold decisions that were not read.
        """
        from cpit_research.study.rounds.workbook import round_export

        return round_export(self._study, round, to=to)

    def round_import(self, path: str | Path, *, coder: str) -> RoundImport:
        """Read the decisions of a workbook back: all of them, or none.

        Parameters
        ----------
        path : path
            The workbook, filled in; rows without a decision are left for later.
        coder : str
            Who decides.

        Returns
        -------
        RoundImport
            How many decisions were added, known already, and left for later.

        Raises
        ------
        FormatError
            If a cell cannot be read; every fault is listed with its cell, and nothing is kept.
        """
        from cpit_research.study.rounds.workbook import round_import

        return round_import(self._study, path, coder=coder)

    @property
    def adjudications(self) -> tuple[Adjudication, ...]:
        """What was decided of codings that differ, oldest first; not what was taken back."""
        from cpit_research.study.rounds.adjudicate import adjudications

        return adjudications(self._study)

    def adjudicate(
        self,
        codings: Iterable[Coding],
        *,
        code: str | None,
        segment: Segment | None = None,
        reason: DisagreementReason,
        why: str,
        coder: str,
        keep: Coding | None = None,
        grid: str | None = None,
    ) -> Adjudication:
        """Decide of codings that differ: what stands there, and why.

        The codings stay as their coders put them; ``where(settled=True)`` holds what was decided
        in their place.

        Parameters
        ----------
        codings : iterable of Coding
            One or more, of one document, of which nothing is decided yet.
        code : str or None
            The code that stands; None when none does, or when `keep` says which.
        segment : Segment, optional
            The passage; from where the first coding begins to where the last one ends by default.
        reason : str
            Why coders differed: ``"definition"``, ``"boundary"``, ``"omission"``, ``"slip"``.
        why : str
            Why it is decided so, in words.
        coder : str
            Who decides; machines and trainees do not.
        keep : Coding, optional
            The coding that is kept as it is, one of `codings`; it stays in its episode.
        grid : str, optional
            Version of the grid, the newest by default.

        Returns
        -------
        Adjudication

        Raises
        ------
        Conflict
            If one of the codings is decided already, with who decided it and when.
        NotFound
            If a coding or the code does not stand.
        InvalidInput
            If the codings are of several documents, or no reason is given.
        """
        from cpit_research.study.rounds.adjudicate import adjudicate

        return adjudicate(
            self._study, codings, code=code, segment=segment, reason=reason, why=why, coder=coder,
            keep=keep, grid=grid,
        )  # fmt: skip
