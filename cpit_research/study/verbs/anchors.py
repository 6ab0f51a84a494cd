"""Passages whose text was corrected: those that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpit_research.model.segment import Segment
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.study.anchors import WaitingAnchor


class AnchorVerbs(Verbs):
    """Passages whose text was corrected: those that wait for a person."""

    def anchors_list(self) -> tuple[WaitingAnchor, ...]:
        """Return the codings and memos that a corrected text left behind, with a proposed place."""
        from cpit_research.study.anchors import anchors_list

        return anchors_list(self._study)

    def anchors_accept(self, ids: Sequence[str] | None = None, *, coder: str) -> int:
        """Put passages that wait where it is proposed.

        Parameters
        ----------
        ids : sequence of str, optional
            Ids, or their last characters; all those that have a proposed place by default.
        coder : str
            Who says so.

        Returns
        -------
        int
            How many were put.

        Raises
        ------
        Conflict
            If no place is proposed for one of them: none is put.
        """
        from cpit_research.study.anchors import anchors_accept

        return anchors_accept(self._study, ids, coder=coder)

    def anchors_place(self, id: str, words: str, *, coder: str) -> Segment:
        """Put one passage that waits on words of the newest text.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        words : str
            Words that stand once in the newest text of the document.
        coder : str
            Who says so.

        Raises
        ------
        InvalidInput
            If the words are not there, or several times.
        """
        from cpit_research.study.anchors import anchors_place

        return anchors_place(self._study, id, words, coder=coder)

    def anchors_discard(self, id: str, reason: str, *, coder: str) -> None:
        """Take back one passage that waits; the record keeps it, with the reason.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        reason : str
            Why it no longer stands.
        coder : str
            Who says so.
        """
        from cpit_research.study.anchors import anchors_discard

        anchors_discard(self._study, id, reason, coder=coder)

    def anchors_undo(self, id: str, *, coder: str) -> None:
        """Bring a passage that was carried, placed or discarded back where it was.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        coder : str
            Who says so.
        """
        from cpit_research.study.anchors import anchors_undo

        anchors_undo(self._study, id, coder=coder)
