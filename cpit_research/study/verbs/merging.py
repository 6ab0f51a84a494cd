"""Several copies of one study: what leaves for an analyst, what comes back, what to settle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cpit_research.study.verbs.whole import Verbs

if TYPE_CHECKING:
    from cpit_research.model.round import Round
    from cpit_research.study.sharing.bundles import Bundle
    from cpit_research.study.sharing.conflicts import Conflict, State
    from cpit_research.study.sharing.lots import Lot
    from cpit_research.study.sharing.merge import MergeReport


class MergingVerbs(Verbs):
    """Several copies of one study: what leaves for an analyst, what comes back, what to settle."""

    def lot_export(
        self,
        coder: str,
        *,
        to: str | Path | None = None,
        sources: Sequence[str] | None = None,
        round: str | Round | None = None,
    ) -> Lot:
        """Write what one coder needs to code on her own machine, and nothing of the others.

        The newest text of her documents, the grids, the visits that they come from by ids and
        roles, what she has coded. Internal: it holds the words of the field.

        Parameters
        ----------
        coder : str
            Id of the coder.
        to : path, optional
            A ``.zip``; ``data/processed/lot-CODER.zip`` by default.
        sources : sequence of str, optional
            Paths of her documents under ``data/raw``; all by default.
        round : str or Round, optional
            A round of double coding that she takes part in: its notes. The open rounds whose notes
            are all in the lot go with it, so that she can say there that she has finished.

        Raises
        ------
        NotFound
            If a document or the round is unknown.
        InvalidInput
            If both are given, or she takes no part in the round.
        """
        from cpit_research.study.sharing.lots import lot_export

        return lot_export(self._study, coder, to=to, sources=sources, round=round)

    def bundle_export(self, coder: str, *, to: str | Path | None = None) -> Bundle:
        """Write what one coder did, to be merged into the whole study.

        It holds ids, offsets, keyed digests, codes, facets and what she wrote herself: no word of
        the notes but those that she quotes.

        Parameters
        ----------
        coder : str
            Id of the coder.
        to : path, optional
            A ``.zip``; ``data/processed/envoi-CODER.zip`` by default.

        Raises
        ------
        NotFound
            If she has done nothing yet.
        """
        from cpit_research.study.sharing.bundles import bundle_export

        return bundle_export(self._study, coder, to=to)

    def merge(self, paths: Sequence[str | Path], *, dry_run: bool = False) -> MergeReport:
        """Bring in what bundles, lots or other copies of this study hold: the union of all events.

        One transaction, with a backup before it; the same files given again, or in another order,
        leave the same study. Passages on an older text are carried to the newest one.

        Parameters
        ----------
        paths : sequence of paths
            Files of bundles or lots, folders of studies.
        dry_run : bool
            Whether to tell what it would bring, and write nothing.

        Raises
        ------
        Conflict
            If anything given is refused: nothing is merged. With `dry_run`, the reasons are in
            ``refused``.
        """
        from cpit_research.study.sharing.merge import merge

        return merge(self._study, paths, dry_run=dry_run)

    def conflict_list(self) -> tuple[Conflict, ...]:
        """Return what several people changed at once, each with its states side by side."""
        from cpit_research.study.sharing.conflicts import conflict_list

        return conflict_list(self._study)

    def conflict_settle(self, id: str, *, keep: str, coder: str) -> State:
        """Keep one of the states in conflict; the record keeps the others.

        Parameters
        ----------
        id : str
            Id of what is in conflict, or its last characters.
        keep : str
            Id of the state kept, or its last characters.
        coder : str
            Who settles it.

        Raises
        ------
        NotFound
            If there is no such conflict, or no such state.
        """
        from cpit_research.study.sharing.conflicts import conflict_settle

        return conflict_settle(self._study, id, keep=keep, coder=coder)
