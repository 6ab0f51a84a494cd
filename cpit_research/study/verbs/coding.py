"""Coding: putting codes, writing memos, proposing other codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.model.memo import Memo, MemoKind
from cpit_research.model.proposal import ProposedPassage
from cpit_research.model.segment import Segment
from cpit_research.study.verbs.whole import Verbs


class CodingVerbs(Verbs):
    """Coding: putting codes, writing memos, proposing other codes."""

    def code(
        self,
        segment: Segment,
        code: str,
        *,
        coder: str,
        facets: Mapping[str, str] | None = None,
        grid: str | None = None,
    ) -> Coding:
        """Put one code on one segment, in the name of one coder.

        Parameters
        ----------
        segment : Segment
            Where, in the current text of its source.
        code : str
            Id of a code of the grid that has none under it.
        coder : str
            Id of the coder, one of the register's researchers when it names some.
        facets : mapping of str to str, optional
            Facet ids to value ids.
        grid : str, optional
            Version of the grid, the newest by default.

        Returns
        -------
        Coding

        Raises
        ------
        NotFound
            If the source, the code, the grid or the coder is unknown.
        InvalidInput
            If the segment leaves the text, or a facet is not of the grid.
        """
        from cpit_research.study.code import code as put

        return put(self._study, segment, code, coder=coder, facets=facets, grid=grid)

    def code_all(
        self, marks: Iterable[tuple[Segment, str]], *, coder: str, grid: str | None = None
    ) -> int:
        """Put many codes in one transaction.

        Parameters
        ----------
        marks : iterable of (Segment, str)
            Where, and which code.
        coder, grid : str
            As for :meth:`code`.

        Returns
        -------
        int
            How many were put.
        """
        from cpit_research.study.code import code_all

        return code_all(self._study, marks, coder=coder, grid=grid)

    def retract(self, coding: Coding, *, coder: str) -> None:
        """Take a coding back; the record keeps that it was there.

        Parameters
        ----------
        coding : Coding
            The coding.
        coder : str
            Who takes it back.
        """
        from cpit_research.study.code import retract

        retract(self._study, coding, coder=coder)

    def resize(self, coding: Coding, segment: Segment, *, coder: str) -> Coding:
        """Put a coding on another stretch of its document.

        Parameters
        ----------
        coding : Coding
            The coding.
        segment : Segment
            Where it shall stand, in the current text.
        coder : str
            Who moves its limits; the coding stays that of who put it.

        Raises
        ------
        NotFound
            If there is no such coding.
        InvalidInput
            If the segment leaves the text, or is in another document.
        """
        from cpit_research.study.changes import resize

        return resize(self._study, coding, segment, coder=coder)

    def restate(self, coding: Coding, facets: Mapping[str, str], *, coder: str) -> Coding:
        """Say all the facets of a coding anew.

        Parameters
        ----------
        coding : Coding
            The coding.
        facets : mapping of str to str
            Facet ids to value ids; those left out are no longer said.
        coder : str
            Who says so.

        Raises
        ------
        NotFound
            If there is no such coding.
        InvalidInput
            If a facet, or a value, is not one of the grid.
        """
        from cpit_research.study.changes import restate

        return restate(self._study, coding, facets, coder=coder)

    def reinstate(self, thing: Coding | Memo | ProposedPassage | Episode, *, coder: str) -> None:
        """Bring back what was taken back, as it was; the record keeps both.

        Parameters
        ----------
        thing : Coding, Memo, ProposedPassage or Episode
            What was taken back, or dissolved.
        coder : str
            Who brings it back: for what is written in somebody's words, that person.

        Raises
        ------
        Conflict
            If it stands, or a coding of the episode is in another one since.
        """
        from cpit_research.study.changes import reinstate

        reinstate(self._study, thing, coder=coder)

    def memo(
        self, segment: Segment, words: str, *, coder: str, kind: MemoKind | None = None
    ) -> Memo:
        """Keep a thought about a passage, in the words of who thought it.

        Parameters
        ----------
        segment : Segment
            Where, in the current text of its source.
        words : str
            The thought.
        coder : str
            Id of the coder.
        kind : str, optional
            ``"reflexive"``, ``"methodological"``, ``"theoretical"`` or ``"on_code"``.

        Raises
        ------
        NotFound
            If the source or the coder is unknown.
        InvalidInput
            If the segment leaves the text, there are no words, or `kind` is not one of its values.
        """
        from cpit_research.study.memos import memo

        return memo(self._study, segment, words, coder=coder, kind=kind)

    def memo_rewrite(
        self, memo: Memo, words: str, *, coder: str, kind: MemoKind | None = None
    ) -> Memo:
        """Write a memo anew; the record keeps what it said.

        Parameters
        ----------
        memo : Memo
            The memo.
        words : str
            What it says now.
        coder : str
            Its author.
        kind : str, optional
            As for :meth:`memo`; none when it is left out.

        Raises
        ------
        InvalidInput
            If it is somebody else's, there are no words, or `kind` is not one of its values.
        """
        from cpit_research.study.changes import memo_rewrite

        return memo_rewrite(self._study, memo, words, coder=coder, kind=kind)

    def memo_retract(self, memo: Memo, *, coder: str) -> None:
        """Take a memo back; the record keeps that it was there.

        Parameters
        ----------
        memo : Memo
            The memo.
        coder : str
            Its author.
        """
        from cpit_research.study.changes import memo_retract

        memo_retract(self._study, memo, coder=coder)

    def propose(
        self, segment: Segment, name: str, *, coder: str, words: str = ""
    ) -> ProposedPassage:
        """Mark a passage *hors grille*, under a provisional name.

        Parameters
        ----------
        segment : Segment
            Where, in the current text of its source.
        name : str
            Provisional name; accents, capitals and spaces make no other proposal.
        coder : str
            Who proposes it.
        words : str
            What the coder adds.

        Returns
        -------
        ProposedPassage
            The one that stands already, if this coder proposed it here under this name.
        """
        from cpit_research.study.grids.proposals import propose

        return propose(self._study, segment, name, coder=coder, words=words)

    def proposal_rename(
        self, passage: ProposedPassage, name: str, *, coder: str, words: str | None = None
    ) -> ProposedPassage:
        """Give a passage *hors grille* another provisional name.

        What was settled under the former name is not settled under this one.

        Parameters
        ----------
        passage : ProposedPassage
            The passage.
        name : str
            Its name now.
        coder : str
            Who proposed it.
        words : str, optional
            What the coder adds; unchanged when it is left out.

        Raises
        ------
        InvalidInput
            If it is somebody else's, or the name is empty.
        """
        from cpit_research.study.changes import proposal_rename

        return proposal_rename(self._study, passage, name, coder=coder, words=words)

    def proposal_retract(self, passage: ProposedPassage, *, coder: str) -> None:
        """Take a passage *hors grille* back; the record keeps that it was proposed.

        Parameters
        ----------
        passage : ProposedPassage
            The passage.
        coder : str
            Who proposed it.
        """
        from cpit_research.study.changes import proposal_retract

        proposal_retract(self._study, passage, coder=coder)
