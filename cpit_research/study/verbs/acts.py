"""The workbench: what coders do there, what stands, how far they have read."""

from __future__ import annotations

from collections.abc import Iterable

from cpit_research.model.act import Act, Done
from cpit_research.model.reading import Reading
from cpit_research.study.verbs.whole import Verbs


class ActVerbs(Verbs):
    """The workbench: what coders do there, what stands, how far they have read."""

    def perform(self, acts: Iterable[Act], *, coder: str) -> tuple[Done, ...]:
        """Do what a coder meant, in one transaction, each act once and on what stands.

        Parameters
        ----------
        acts : iterable of Act
            In the order in which she did them. An act whose event is there already is answered
            with what stands, and writes nothing. One that was meant for a state that stands no
            more is done on the one that does, and `Done.rebased` says what had changed. Where a
            coding of hers already puts the same code on the very words, no other one is begun.
        coder : str
            Who; she changes what is hers alone.

        Returns
        -------
        tuple of Done
            One an act, in the same order. A refusal is told there and stops no other act.

        Raises
        ------
        NotFound
            If the coder is no researcher of the register, or the folder is the lot of another.
        """
        from cpit_research.study.acts.perform import perform

        return perform(self._study, acts, coder=coder)

    def read(
        self, source: str, *, coder: str, through: int | None = None, finished: bool = True
    ) -> Reading:
        """Say up to which offset one has gone through a note, and whether one has finished it.

        Who has finished a note is a reader of it (:attr:`Codings.readers`): where she put nothing
        is then an observation.

        Parameters
        ----------
        source : str
            Id of the note.
        coder : str
            Who.
        through : int, optional
            Code points of the current text; all of it by default.
        finished : bool
            Whether she has finished it.

        Raises
        ------
        NotFound
            If the note or the coder is unknown.
        InvalidInput
            If the offset leaves the text.
        """
        from cpit_research.study.acts.readings import read

        return read(self._study, source, coder=coder, through=through, finished=finished)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """How far each coder says that she has read each note, by note and coder."""
        from cpit_research.study.acts.readings import readings

        return readings(self._study)
