"""Which notes something was added about, so that what is told of the others stays as it is."""

from __future__ import annotations

from typing import Final

from cpit_research.store.positions import (
    Position,
    added_since,
    kinds_about,
    position,
    sources_about,
    still_holds,
)
from cpit_research.study.study import Study

__all__ = ["Following"]

#: Things beyond which it is quicker to look at everything again.
_MOST: Final = 2_000
_NOTHING: Final = frozenset[str]()


class Following:
    """Follows a study, whoever writes in it.

    Parameters
    ----------
    study : Study
        The study.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        self._counter: int | None = None
        self._grids: tuple[str, ...] = ()
        self._at: Position | None = None

    def changed(self, counter: int) -> frozenset[str] | None:
        """Return the notes about which anybody added anything since this was last asked.

        What is read after this call may be newer still: it is told again the next time.

        Parameters
        ----------
        counter : int
            That of the study, taken before.

        Returns
        -------
        frozenset of str or None
            None when all of them may have changed: the first time, under another grid, in another
            record, or when a round begins or ceases to hide something.
        """
        grids = self._study.shelf.fates(self._study.grid())[0]
        same = grids == self._grids
        if same and counter == self._counter:
            return _NOTHING
        found = self._added()
        self._counter, self._grids = counter, grids
        return found if same else None

    def _added(self) -> frozenset[str] | None:
        before = self._at
        with self._study.shelf.database.reading() as connection:
            self._at = now = position(connection)
            if before is None or not still_holds(connection, before, now):
                return None
            subjects, texts = added_since(connection, before)
            if len(subjects) > _MOST or "round" in kinds_about(connection, subjects):
                return None
            return frozenset(sources_about(connection, subjects) | texts)
