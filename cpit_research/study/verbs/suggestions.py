"""Suggestions, which each coder accepts or rejects for herself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from cpit_research.model.coding import Coding
from cpit_research.model.suggestion import Suggested, Suggestion
from cpit_research.study.verbs.whole import Verbs


class SuggestionVerbs(Verbs):
    """Suggestions, which each coder accepts or rejects for herself."""

    def suggest(self, marks: Iterable[Suggested], *, coder: str, grid: str | None = None) -> int:
        """Suggest codes for passages, in one transaction; nothing is coded by it.

        Parameters
        ----------
        marks : iterable of Suggested
            Where, which code, how sure, and by which terms.
        coder : str
            Who suggests: a coder, or a machine under its version, as ``"lexique/2"``.
        grid : str, optional
            Version of the grid, the newest by default.

        Returns
        -------
        int
            How many were not there: who suggested the same code for the same passage of the same
            text, under the same version, has said it already.

        Raises
        ------
        NotFound
            If a source, a code, the grid or the coder is unknown.
        InvalidInput
            If a segment leaves its text, or a code cannot be put on a passage.
        """
        from cpit_research.study.suggestions import suggest

        return suggest(self._study, marks, coder=coder, grid=grid)

    def suggestions(
        self, coder: str | None = None, *, answered: bool = False, grid: str | None = None
    ) -> tuple[Suggestion, ...]:
        """Return the suggestions that stand on the newest texts, by place.

        A suggestion whose passage was changed, or whose code no longer stands in the grid, is kept
        in the record and shown to nobody.

        Parameters
        ----------
        coder : str, optional
            Those that wait for this coder: she has not answered, and has not put that code there.
            In a blind round, what its other coders suggest is not among them. By default all those
            that stand, whoever answered.
        answered : bool
            Those that this coder answered instead, each with her answer.
        grid : str, optional
            Version of the grid, the newest by default.
        """
        from cpit_research.study.suggestions import suggestions

        return suggestions(self._study, coder, answered=answered, grid=grid)

    def suggestion_accept(
        self,
        suggestion: Suggestion | UUID | str,
        *,
        coder: str,
        facets: Mapping[str, str] | None = None,
        grid: str | None = None,
    ) -> Coding:
        """Put the code suggested, in the name of one coder; others still answer for themselves.

        Parameters
        ----------
        suggestion : Suggestion, UUID or str
            The suggestion, its id, or the last characters of it.
        coder : str
            Who accepts it.
        facets : mapping of str to str, optional
            Facet ids to value ids.
        grid : str, optional
            Version of the grid, the newest by default.

        Returns
        -------
        Coding
            Hers; its event says which suggestion it comes from.

        Raises
        ------
        NotFound
            If no such suggestion stands.
        Conflict
            If she accepted it already.
        """
        from cpit_research.study.answers import suggestion_accept

        return suggestion_accept(self._study, suggestion, coder=coder, facets=facets, grid=grid)

    def suggestion_reject(
        self, suggestion: Suggestion | UUID | str, *, coder: str, reason: str = ""
    ) -> Suggestion:
        """Turn a suggestion down, for one coder; a coding that she put by it is taken back.

        Parameters
        ----------
        suggestion : Suggestion, UUID or str
            The suggestion, its id, or the last characters of it.
        coder : str
            Who rejects it.
        reason : str
            Why, when it helps.

        Raises
        ------
        NotFound
            If no such suggestion stands.
        """
        from cpit_research.study.answers import suggestion_reject

        return suggestion_reject(self._study, suggestion, coder=coder, reason=reason)

    def suggestion_reopen(self, suggestion: Suggestion | UUID | str, *, coder: str) -> Suggestion:
        """Undo an answer: the suggestion waits again, and the coding that it put is taken back.

        Parameters
        ----------
        suggestion : Suggestion, UUID or str
            The suggestion, its id, or the last characters of it.
        coder : str
            Who had answered.

        Raises
        ------
        NotFound
            If no such suggestion stands.
        Conflict
            If she has not answered it.
        """
        from cpit_research.study.answers import suggestion_reopen

        return suggestion_reopen(self._study, suggestion, coder=coder)
