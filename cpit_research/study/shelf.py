"""What a study folder holds, read once and kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns
from cpit_research.corpus.corpus import Corpus
from cpit_research.errors import FormatError, NotFound
from cpit_research.formats.atomic import make_folder
from cpit_research.formats.working.grid_file import find_grids, read_grid
from cpit_research.formats.working.register_file import read_register
from cpit_research.model.adjudication import Adjudication
from cpit_research.model.grid import Grid
from cpit_research.model.lineage import Lineage
from cpit_research.model.register import Register
from cpit_research.model.round import Round
from cpit_research.store import sources as source_store
from cpit_research.store.codings import Fates, Loaded, load
from cpit_research.store.database import Database
from cpit_research.store.rounds import stored_rounds
from cpit_research.study.gathering import Asked, Gathered, gathered
from cpit_research.study.standing_codings import told
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _
from cpit_research.wording.system import reason_of

RAW: Final = "data/raw"
PROCESSED: Final = "data/processed"
REGISTER: Final = "registre.xlsx"


@dataclass(frozen=True, slots=True)
class _Kept:
    """Codings that were told, and all that they were told from."""

    counter: object
    corpus: Corpus
    prints: tuple[str, ...]
    gathered: Gathered
    codings: Codings
    undecided: CodingColumns


class Shelf:
    """The files of a study and what was read of them."""

    def __init__(
        self, folder: Path, key: bytes, before_migration: Callable[[], object] = lambda: None
    ) -> None:
        self.folder = folder
        #: Day of the last automatic backup that this process made or found.
        self.kept_on: date | None = None
        self._key = key
        self._before_migration = before_migration
        self._corpus: tuple[object, Corpus] | None = None
        self._texts: object = None
        self._register: tuple[object, Register] | None = None
        self._grids: dict[Path, tuple[object, Grid]] = {}
        self._heard: tuple[object, dict[Hashable, set[str]]] = (None, {})
        self._fates: tuple[tuple[Grid, ...], tuple[str, ...], Fates] | None = None
        self._rounds: tuple[object, tuple[Round, ...]] | None = None
        self._codings: dict[str, _Kept] = {}

    @property
    def raw(self) -> Path:
        """Folder of what was received."""
        return self.folder / RAW

    @property
    def processed(self) -> Path:
        """Folder of what can be made again."""
        return self.folder / PROCESSED

    @property
    def backups(self) -> Path:
        """Folder of the copies of the database."""
        return self.folder / "data" / "backups"

    @property
    def database_path(self) -> Path:
        """File of the study database."""
        return self.folder / "data" / "study.sqlite"

    @cached_property
    def database(self) -> Database:
        """The study database, made when it is not there."""
        make_folder(self.database_path.parent)
        return Database(self.database_path, self._key, before_migration=self._before_migration)

    def register(self) -> Register:
        """Return the register, empty when its file is not there."""
        path = self.raw / REGISTER
        state = _state(path)
        if self._register is None or self._register[0] != state:
            self._register = (state, Register() if state is None else read_register(path))
        return self._register[1]

    def corpus(self) -> Corpus:
        """Return every document in its newest version."""
        register = self.register()
        if self._corpus is None or self._corpus[0] != (self._data_state(), id(register)):
            state = (self._data_state(), id(register))
            with self.database.reading() as connection:
                texts = source_store.state_of_texts(connection)
                if self._corpus is None or (texts, register) != (
                    self._texts,
                    self._corpus[1].register,
                ):
                    corpus = Corpus(source_store.current_sources(connection), register)
                else:  # only codings changed
                    corpus = self._corpus[1]
            self._corpus, self._texts = (state, corpus), texts
        return self._corpus[1]

    def grid_versions(self) -> dict[str, Path]:
        """Return the grid files by version, oldest first."""
        return find_grids(self.folder / "grids")

    def grid(self, version: str | None = None) -> Grid:
        """Return one version of the grid, the newest by default."""
        known = self.grid_versions()
        if not known:
            raise NotFound(
                _("This study has no grid."),
                where=_("Folder: {path}.").format(path=self.folder / "grids"),
                remedy=_("Put a grid file there, such as grids/v1.yaml."),
            )
        wanted = version or list(known)[-1]
        if wanted not in known:
            close = nearest(wanted, known)
            raise NotFound(
                _("There is no grid {version}.").format(version=wanted),
                exists=_("The study has: {versions}.").format(versions=", ".join(known)),
                remedy=_("Did you mean “{close}”?").format(close=close) if close else "",
            )
        path = known[wanted]
        state = _state(path)
        if path not in self._grids or self._grids[path][0] != state:
            self._grids[path] = (state, read_grid(path))
        return self._grids[path][1]

    def lineage(self, used: Grid) -> Lineage:
        """Return a version of the grid with those that it came from."""
        known, chain = self.grid_versions(), [used]
        while chain[-1].previous in known.keys() - {grid.version for grid in chain}:
            chain.append(self.grid(chain[-1].previous))
        return Lineage(chain)

    def fates(self, used: Grid) -> tuple[tuple[str, ...], Fates]:
        """Return the prints of the grids that led to one, and what every code of theirs became."""
        lineage = self.lineage(used)
        grids = tuple(lineage)
        if self._fates is None or self._fates[0] != grids:
            prints = tuple(one.fingerprint for one in grids)
            self._fates = (grids, prints, lineage.fates(used.version))
        return self._fates[1:]

    def load(self, connection: Connection, corpus: Corpus, used: Grid) -> Loaded:
        """Return the codings on these texts, as they stand under one version of the grid."""
        versions = {source.version: source.id for source in corpus}
        return load(connection, used.version, self.fates(used)[1], versions)

    def codings(self, grid: Grid | str | None = None) -> Codings:
        """Return the codings under one version of the grid, the newest by default."""
        return self._loaded(grid).codings

    def undecided(self, grid: Grid | str | None = None) -> CodingColumns:
        """Return the codings that changes up to this version of the grid leave to be read again."""
        return self._loaded(grid).undecided

    def decisions(self) -> tuple[Adjudication, ...]:
        """Return the decisions that stand, oldest first."""
        return tuple(self._loaded(None).gathered.decisions)

    def _loaded(self, grid: Grid | str | None) -> _Kept:
        used = grid if isinstance(grid, Grid) else self.grid(grid)
        corpus = self.corpus()
        prints, fates = self.fates(used)
        counter = self._data_state()
        kept = self._codings.get(used.version)
        same = kept is not None and kept.corpus is corpus and kept.prints == prints
        if kept is None or not same or kept.counter != counter:
            versions = {source.version: source.id for source in corpus}
            asked = Asked(used.version, fates, versions)
            with self.database.reading() as connection:
                found = gathered(connection, asked, kept.gathered if kept and same else None)
            codings, undecided = told(found, corpus, used, self.lineage(used))
            kept = _Kept(counter, corpus, prints, found, codings, undecided)
            self._codings[used.version] = kept
        return kept

    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds of double coding as they stand."""
        state = self._data_state()
        if self._rounds is None or self._rounds[0] != state:
            with self.database.reading() as connection:
                self._rounds = (state, stored_rounds(connection))
        return self._rounds[1]

    def heard(self, who: Hashable) -> set[str]:
        """Return a set for the marks after which somebody has nothing to hear, as things stand."""
        state = (self._data_state(), self.grid())
        if self._heard[0] != state:
            self._heard = (state, {})
        return self._heard[1].setdefault(who, set())

    def close(self) -> None:
        """Let the database go."""
        if "database" in self.__dict__:
            self.database.close()
            del self.database

    def _data_state(self) -> object:
        # A file opened again counts its changes from the start again.
        return self.database, self.database.change_counter()


def _state(path: Path) -> object:
    try:
        if not path.exists():
            return None
        status = path.stat()
    except OSError as error:
        raise FormatError(
            _("{name} cannot be opened: {reason}.").format(name=path.name, reason=reason_of(error)),
            path=str(path),
            where=_("File: {path}.").format(path=path),
        ) from error
    return status.st_mtime_ns, status.st_size
