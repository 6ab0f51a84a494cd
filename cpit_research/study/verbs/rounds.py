"""Double coding: rounds as they are opened, gone through and closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cpit_research.model.round import Round
from cpit_research.results.result import Result
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.study.rounds.closing import RoundClosed
    from cpit_research.study.rounds.opening import RoundOpened


class RoundVerbs(Verbs):
    """Double coding: rounds as they are opened, gone through and closed."""

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
