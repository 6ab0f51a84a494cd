"""Every coding that one coder may see, kept: only notes that changed are read again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.columns import CodingColumns, Words
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.grid import Grid
from cpit_research.model.source import Source
from cpit_research.store.adjudications import stored_adjudications
from cpit_research.store.episodes import stored_episodes
from cpit_research.study.acts.standing import mark_now, since, standing
from cpit_research.study.rounds.blind import apart
from cpit_research.study.study import Study
from cpit_research.workbench.progress import settled_codings

if TYPE_CHECKING:
    from cpit_research.workbench.desk import Desk

__all__ = ["Passages", "passages_of"]

#: Notes beyond which it is quicker to read all of them again.
_MOST: Final = 100
Places = frozenset[tuple[str, int, int]]


def passages_of(desk: Desk) -> Passages:
    """Return the codings that the coder at work may see, as they stand."""
    study, coder = desk.study, desk.coder
    found = desk.keep("passages", lambda: Passages(study, coder))
    found.catch_up(desk.counter())
    return found


class Passages:
    """The codings that one coder may see.

    Parameters
    ----------
    study : Study
        The study.
    coder : str
        Who looks: what a round under way hides from her is not there.

    Attributes
    ----------
    columns : CodingColumns
        The codings under the newest grid, as :meth:`Study.codings` has them.
    """

    def __init__(self, study: Study, coder: str) -> None:
        self.columns = CodingColumns.empty()
        self._study = study
        self._coder = coder
        self._counter: int | None = None
        self._corpus: Corpus | None = None
        self._grid: Grid | None = None
        self._mark: str | None = None
        self._all = CodingColumns.empty()
        self._anew: dict[str, CodingColumns] = {}
        self._hidden: set[tuple[str, str]] = set()
        self._memos: dict[bool, Places] = {}

    @property
    def hers(self) -> NDArray[np.bool_]:
        """Which codings she put herself: those that she decided on are the team's."""
        return self.columns.coder.among((self._coder,)) & ~_decided(self.columns)

    def memos(self, *, others: bool) -> Places:
        """Return the passages on which she, or anybody whom she may see, wrote a memo."""
        if others not in self._memos:
            self._memos[others] = frozenset(
                (one.segment.source, one.segment.start, one.segment.end)
                for one in self._study.memos
                if one.author == self._coder
                or (others and (one.segment.source, one.author) not in self._hidden)
            )
        return self._memos[others]

    def catch_up(self, counter: int) -> None:
        """Read what changed since the last time, if anything did."""
        grid, corpus = self._study.grid(), self._study.corpus
        known = (self._grid is grid, self._corpus is corpus, self._counter == counter)
        if all(known):
            return
        changes = since(self._study, self._mark, coder=self._coder)
        self._memos.clear()
        if changes.reset or len(self._anew.keys() | changes.sources) > _MOST:
            self._begin()
        else:
            self._follow(changes.sources)
            self._mark = changes.mark
        self._grid, self._corpus, self._counter = grid, corpus, counter

    def _begin(self) -> None:
        """Read everything. Who is hidden is asked last: nobody may come to be meanwhile."""
        mark = mark_now(self._study, coder=self._coder)
        columns = self._study.codings().columns
        with self._study.shelf.database.reading() as connection:
            self._hidden = apart(connection, self._coder)
        # A decision tells of the codings that it is about: whether it is seen, each note says.
        unsure = _decided(columns) & columns.source.among(source for source, _ in self._hidden)
        self._all = columns.take(np.flatnonzero(~_among(columns, self._hidden)))
        self._anew = {}
        self._follow({columns.source[row] for row in np.flatnonzero(unsure).tolist()})
        self._mark = mark

    def _follow(self, sources: Collection[str]) -> None:
        """Read some notes again."""
        corpus = self._study.corpus
        if sources:
            there = [source for key in sources if (source := corpus.get(key)) is not None]
            self._anew |= dict.fromkeys(sources, CodingColumns.empty())
            self._anew |= {source.id: self._read(source) for source in there}
        self.columns = self._all
        if self._anew:
            left = np.flatnonzero(~self._all.source.among(self._anew))
            self.columns = _joined([self._all.take(left), *self._anew.values()])

    def _read(self, source: Source) -> CodingColumns:
        """Return the codings of one note, grouped and decided as those of all notes are."""
        told = standing(self._study, source.id, coder=self._coder)
        events = [one for one in settled_codings(self._study, source, told) if not one.debt]
        columns = CodingColumns(
            np.array([one.subject.bytes for one in events], object),
            Words.of([source.id] * len(events)),
            Words.of([source.version] * len(events)),
            np.array([one.start for one in events], np.int64),
            np.array([one.end for one in events], np.int64),
            Words.of([one.code or "" for one in events]),
            Words.of([one.coder for one in events]),
            Words.of([one.grid or "" for one in events]),
            {one.subject.bytes: one.facets or {} for one in events},
        )
        with self._study.shelf.database.reading() as connection:
            episodes = stored_episodes(connection).episodes
            decisions = stored_adjudications(connection)
        return columns.grouped(episodes).adjudicated(decisions)


def _decided(columns: CodingColumns) -> NDArray[np.bool_]:
    return np.zeros(len(columns), np.bool_) if columns.decided is None else columns.decided


def _among(columns: CodingColumns, pairs: Iterable[tuple[str, str]]) -> NDArray[np.bool_]:
    """Tell which codings are on a note, by a coder, of some pairs of them."""
    sources = {name: rank for rank, name in enumerate(columns.source.names)}
    coders = {name: rank for rank, name in enumerate(columns.coder.names)}
    wanted = [
        sources[source] * len(coders) + coders[coder]
        for source, coder in pairs
        if source in sources and coder in coders
    ]
    rows = columns.source.rows.astype(np.int64) * len(coders) + columns.coder.rows
    return np.isin(rows, wanted)


def _joined(several: Sequence[CodingColumns]) -> CodingColumns:
    """Return the codings of several sets, without their episodes: facets are those in force."""
    facets = dict(several[0].facets)
    for one in several[1:]:
        facets |= {key: one.facets.get(key, {}) for key in one.ids.tolist()}
    return replace(
        CodingColumns.empty(),
        ids=np.concatenate([one.ids for one in several]),
        start=np.concatenate([one.start for one in several]),
        end=np.concatenate([one.end for one in several]),
        source=_words([one.source for one in several]),
        version=_words([one.version for one in several]),
        code=_words([one.code for one in several]),
        coder=_words([one.coder for one in several]),
        grid=_words([one.grid for one in several]),
        facets=facets,
        decided=np.concatenate([_decided(one) for one in several]),
    )


def _words(several: Sequence[Words]) -> Words:
    names: list[str] = []
    rows = []
    for one in several:
        rows.append(one.rows + len(names))
        names += one.names
    return Words(tuple(names), np.concatenate(rows).astype(np.int32))
