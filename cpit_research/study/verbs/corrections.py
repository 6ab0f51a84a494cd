"""Corrections of texts: words that were mis-transcribed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpit_research.model.segment import Segment
from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.model.correction import Correction


class CorrectionVerbs(Verbs):
    """Corrections of texts: words that were mis-transcribed."""

    def correct(self, segment: Segment, words: str, *, coder: str, reason: str = "") -> Correction:
        """Correct words of a text; in a lot, ask whoever holds the study to.

        The text has a new version, on which every coding, memo, episode, proposal and suggestion
        stands where it stood: what covered the words covers those that take their place. The file
        received stays as it is.

        Parameters
        ----------
        segment : Segment
            The passage, in the newest text of its source.
        words : str
            What it reads, on one line.
        coder : str
            Who corrects.
        reason : str
            Why, when it helps.

        Returns
        -------
        Correction
            Made, or waiting when it is asked for in a lot.

        Raises
        ------
        NotFound
            If the source or the coder is unknown.
        InvalidInput
            If there are no words, several lines, the words that are there already, or if the
            passage crosses paragraphs or the name of who speaks.
        """
        from cpit_research.study.corrections import correct

        return correct(self._study, segment, words, coder=coder, reason=reason)

    def correction_list(self) -> tuple[Correction, ...]:
        """Return the corrections made, asked for and declined: those that wait first."""
        from cpit_research.study.corrections import correction_list

        return correction_list(self._study)

    def correction_accept(self, id: str, *, coder: str) -> Correction:
        """Make a correction that was asked for in a lot.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        coder : str
            Who accepts it.

        Raises
        ------
        Conflict
            If it was decided already, or its passage waits for someone to say where it stands.
        """
        from cpit_research.study.corrections import correction_accept

        return correction_accept(self._study, id, coder=coder)

    def correction_decline(self, id: str, reason: str, *, coder: str) -> Correction:
        """Leave the text as it is; the record keeps what was asked, with the reason.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        reason : str
            Why.
        coder : str
            Who declines it.

        Raises
        ------
        Conflict
            If it was decided already.
        """
        from cpit_research.study.corrections import correction_decline

        return correction_decline(self._study, id, reason, coder=coder)

    def correction_undo(self, id: str, *, coder: str) -> Correction:
        """Undo a correction: take back one that waits, put back the text that was before one made.

        What stands on the text follows, as in any correction. Who asked for a correction takes it
        back, nobody else; a text is put back as it was by whoever holds the study.

        Parameters
        ----------
        id : str
            Its id, or the last characters.
        coder : str
            Who undoes it.

        Returns
        -------
        Correction
            The one withdrawn; or the new one, that corrects back.

        Raises
        ------
        Conflict
            If it was declined; if it waits and is of someone else; if its words have
            changed since, or if some of them were coded since apart from the others.
        """
        from cpit_research.study.correction_undo import correction_undo

        return correction_undo(self._study, id, coder=coder)
