"""A study folder, and everything that is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.formats.study_file import read_study_file
from cpit_research.model.finding import Finding
from cpit_research.model.grid import Grid
from cpit_research.model.memo import Memo
from cpit_research.model.register import Register
from cpit_research.store.memos import stored_memos
from cpit_research.study.occasion import Occasion
from cpit_research.study.progress import Progress, silent
from cpit_research.study.shelf import Shelf
from cpit_research.study.verbs.acts import ActVerbs
from cpit_research.study.verbs.anchors import AnchorVerbs
from cpit_research.study.verbs.coding import CodingVerbs
from cpit_research.study.verbs.corrections import CorrectionVerbs
from cpit_research.study.verbs.disputes import DisputeVerbs
from cpit_research.study.verbs.episodes import EpisodeVerbs
from cpit_research.study.verbs.exchange import ExchangeVerbs
from cpit_research.study.verbs.grids import GridVerbs
from cpit_research.study.verbs.keeping import KeepingVerbs
from cpit_research.study.verbs.merging import MergingVerbs
from cpit_research.study.verbs.reviews import ReviewVerbs
from cpit_research.study.verbs.rounds import RoundVerbs
from cpit_research.study.verbs.suggestions import SuggestionVerbs

if TYPE_CHECKING:
    from cpit_research.study.ingest_report import IngestReport


class Study(
    CodingVerbs,
    EpisodeVerbs,
    ActVerbs,
    SuggestionVerbs,
    GridVerbs,
    ReviewVerbs,
    RoundVerbs,
    DisputeVerbs,
    AnchorVerbs,
    CorrectionVerbs,
    ExchangeVerbs,
    MergingVerbs,
    KeepingVerbs,
):
    """A study: its texts, its grids, what was said of them and what was concluded.

    Made by :func:`cpit_research.open_study`. Collections are read when first asked for, and
    again once the study has changed.

    Parameters
    ----------
    folder : Path
        The study folder.
    occasion : Occasion, optional
        Clock, ids and seed.
    progress : Progress, optional
        Shows the progress of long tasks.
    """

    def __init__(
        self, folder: str | Path, *, occasion: Occasion | None = None, progress: Progress = silent
    ) -> None:
        self.folder = Path(folder)
        self.identity = read_study_file(self.folder)
        self.occasion = occasion or Occasion()
        self.progress = progress
        self.shelf = Shelf(self.folder, self.identity.key, self._keep_before_migration)

    def __repr__(self) -> str:
        return f"<Study: {self.identity.title or self.folder.name}>"

    def _repr_html_(self) -> str:
        from cpit_research.study.notebook import study_html

        return study_html(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def register(self) -> Register:
        """Territories, participants, visits: ``data/raw/registre.xlsx``."""
        return self.shelf.register()

    @property
    def corpus(self) -> Corpus:
        """Every document, in its newest text version."""
        return self.shelf.corpus()

    def grid(self, version: str | None = None) -> Grid:
        """Return one version of the grid, the newest by default.

        Raises
        ------
        NotFound
            If there is no such version.
        """
        return self.shelf.grid(version)

    def codings(self, grid: Grid | str | None = None) -> Codings:
        """Return the codings put under one version of the grid, the newest by default.

        Codings put under an older version bear the code that theirs became, and keep the version
        that they were put under. Those that a change leaves undecided (:meth:`grid_debt`), those
        on a text version since corrected and those in conflict are left out, and counted in
        ``codings.left_out``.
        """
        return self.shelf.codings(grid)

    @property
    def memos(self) -> tuple[Memo, ...]:
        """What was thought of passages, such as the remarks of coding sheets."""
        with self.shelf.database.reading() as connection:
            return tuple(stored_memos(connection))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was concluded, in the order it was drawn."""
        from cpit_research.study.conclude import findings

        return findings(self)

    def ingest(
        self, paths: Sequence[str | Path] | None = None, *, replaces: str | None = None
    ) -> IngestReport:
        """Read field documents into the study.

        Parameters
        ----------
        paths : sequence of paths, optional
            Files and folders; ``data/raw`` by default. Files from elsewhere are copied there.
        replaces : str, optional
            Path under ``data/raw`` of the document that the one file given is a new version of.

        Returns
        -------
        IngestReport
            One row a file. A refused file never stops the others.
        """
        from cpit_research.study.ingest import ingest

        return ingest(self, paths, replaces=replaces)

    def conclude(self, finding: Finding, *, actor: str = "") -> Finding:
        """Keep a finding; one of the same reference is replaced by its new version.

        Parameters
        ----------
        finding : Finding
            The claim, what supports it and what qualifies it.
        actor : str
            Who concludes.

        Raises
        ------
        Conflict
            If it is kept already, and takes the reference of another one.
        """
        from cpit_research.study.conclude import conclude

        return conclude(self, finding, actor=actor)

    def close(self) -> None:
        """Let the database go."""
        self.shelf.close()

    def _keep_before_migration(self) -> None:
        from cpit_research.study.backups import keep_now

        keep_now(self, "migration")
