"""Double coding: rounds, and what is decided where coders differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.model.adjudication import Adjudication, DisagreementReason
from cpit_research.model.coding import Coding
from cpit_research.model.disagreement import Disagreement
from cpit_research.model.round import Round
from cpit_research.model.segment import Segment
from cpit_research.results.result import Result
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.study.rounds.closing import RoundClosed
    from cpit_research.study.rounds.opening import RoundOpened
    from cpit_research.study.rounds.workbook import RoundImport


class RoundVerbs(Verbs):
    """Double coding: rounds, and what is decided where coders differ."""

    def round_open(
        self,
        coders: Sequence[str],
        *,
        coder: str,
        sample: str | int = "20%",
        stratify: Iterable[str] = ("territory", "visit_kind"),
        name: str | None = None,
        grid: str | None = None,
        unit: str = "sentence",
    ) -> RoundOpened:
        """Draw notes at random for several coders, who code them apart under one grid.

        The content of the grid is noted: if it changes, nothing of the round is computed until it
        is back. The same seed (that of the study's occasion, plus the rank of the round) draws the
        same notes.

        Parameters
        ----------
        coders : sequence of str
            Ids of the coders, two or more.
        coder : str
            Id of who opens it.
        sample : str or int
            ``"20%"`` (rounded up), or a number of notes.
        stratify : iterable of str
            ``"territory"``, ``"visit_kind"``: notes are drawn in proportion, and one at least in
            each stratum when the sample is large enough.
        name : str, optional
            Short name; ``"round-1"``… by default.
        grid : str, optional
            Version of the grid, the newest by default; it may be a draft.
        unit : str
            ``"sentence"``, ``"turn"``, ``"paragraph"`` or ``"span"``.

        Returns
        -------
        RoundOpened
            The round, what was drawn in each stratum, and what must be known of it.

        Raises
        ------
        InvalidInput
            If there are fewer than two coders, or the sample cannot be drawn.
        Conflict
            If a round has that name.
        """
        from cpit_research.study.rounds.opening import round_open

        return round_open(
            self._study, coders, coder=coder, sample=sample, stratify=stratify, name=name,
            grid=grid, unit=unit,
        )  # fmt: skip

    def round_list(self) -> tuple[Round, ...]:
        """Return every round as it stands, in the order they were opened."""
        from cpit_research.study.rounds.rounds import round_list

        return round_list(self._study)

    def round_finish(self, round: str | Round, *, coder: str) -> Round:
        """Say that a coder has gone through every note of a round.

        A note where she put no code is then read, and not missing.

        Parameters
        ----------
        round : str or Round
            Its name, or the last characters of its id.
        coder : str
            Who has finished.

        Raises
        ------
        NotFound
            If she is no coder of the round.
        Conflict
            If the round is no longer open.
        """
        from cpit_research.study.rounds.rounds import round_finish

        return round_finish(self._study, round, coder=coder)

    def round_resume(self, round: str | Round, *, coder: str) -> Round:
        """Say that a coder has not finished a round after all.

        Parameters
        ----------
        round : str or Round
            Its name, or the last characters of its id.
        coder : str
            Who takes it up again.
        """
        from cpit_research.study.rounds.rounds import round_resume

        return round_resume(self._study, round, coder=coder)

    def round_close(
        self,
        round: str | Round,
        *,
        coder: str,
        anyway: str | None = None,
    ) -> RoundClosed:
        """Close a round: its agreement is computed and kept, and where coders differ is listed.

        Parameters
        ----------
        round : str or Round
            Its name, or the last characters of its id.
        coder : str
            Who closes it.
        anyway : str, optional
            Why it is closed although a coder has not finished.

        Returns
        -------
        RoundClosed
            The round, its agreement a row a code, and the disagreements.

        Raises
        ------
        Conflict
            If a coder has not finished, the grid has changed, or the round is no longer open.
        """
        from cpit_research.study.rounds.closing import round_close

        return round_close(self._study, round, coder=coder, anyway=anyway)

    def round_reopen(self, round: str | Round, *, reason: str, coder: str) -> Round:
        """Open again a round that was closed or cancelled; the record keeps that it was.

        Parameters
        ----------
        round : str or Round
            Its name, or the last characters of its id.
        reason : str
            Why.
        coder : str
            Who says so.
        """
        from cpit_research.study.rounds.rounds import round_reopen

        return round_reopen(self._study, round, reason=reason, coder=coder)

    def round_cancel(self, round: str | Round, *, reason: str, coder: str) -> Round:
        """Give a round up: codings stay, it counts for nothing.

        Parameters
        ----------
        round : str or Round
            Its name, or the last characters of its id.
        reason : str
            Why.
        coder : str
            Who says so.
        """
        from cpit_research.study.rounds.rounds import round_cancel

        return round_cancel(self._study, round, reason=reason, coder=coder)

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

    def round_history(self) -> Result:
        """Return the agreement of each code, round after round.

        Returns
        -------
        Result
            Indexed by code of the newest grid, last row ``total``: ``name``; for each closed
            round, ``rN`` (Krippendorff's alpha, at most 1, NaN when it was not estimable or the
            code has no one code before it) and ``rN_units`` (units compared).
        """
        from cpit_research.study.rounds.history import round_history

        return round_history(self._study)

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
