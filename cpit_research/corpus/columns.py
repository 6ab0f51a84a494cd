"""The columns that a set of codings is made of."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cpit_research.model.adjudication import Adjudication, repeated
from cpit_research.model.episode import Episode

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """A column of repeated words: the distinct ones, and the index of each row's.

    Examples
    --------
    >>> column = Words.of(["S11", "S33", "S11"])
    >>> column.names, column.rows.tolist(), column[2]
    (('S11', 'S33'), [0, 1, 0], 'S11')
    """

    names: tuple[str, ...]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, values: Sequence[str]) -> Words:
        """Return the column holding `values`, names in order of first appearance."""
        names = tuple(dict.fromkeys(values))
        rank = {name: at for at, name in enumerate(names)}
        return cls(names, np.fromiter(map(rank.__getitem__, values), np.int32, len(values)))

    def __getitem__(self, row: int) -> str:
        return self.names[int(self.rows[row])]

    def take(self, rows: Rows) -> Words:
        """Return the column of those rows only."""
        return Words(self.names, self.rows[rows])

    def used(self) -> Words:
        """Return the same column without the names that no row bears."""
        n_rows = len(self.rows)
        first = np.full(len(self.names), n_rows)
        first[self.rows[::-1]] = np.arange(n_rows)[::-1]  # of one written twice, the last counts
        met = np.flatnonzero(first < n_rows)
        order = met[np.argsort(first[met])]
        place = np.zeros(len(self.names), np.int32)
        place[order] = np.arange(len(order))
        return Words(tuple(self.names[rank] for rank in order.tolist()), place[self.rows])

    def digests(self) -> NDArray[np.void]:
        """Return an 8-byte digest of each name."""
        made = [hashlib.blake2b(name.encode(), digest_size=8).digest() for name in self.names]
        return np.array(made, np.dtype("V8"))

    def counts(self) -> dict[str, int]:
        """Return how many rows bear each word, the most frequent first, without those of none.

        Examples
        --------
        >>> Words.of(["S11", "S33", "S33"]).counts()
        {'S33': 2, 'S11': 1}
        """
        borne = np.bincount(self.rows, minlength=len(self.names))
        order = np.argsort(-borne, kind="stable")
        return {self.names[at]: int(borne[at]) for at in order.tolist() if borne[at]}

    def among(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Return, of shape (n_rows,), whether each row's word is one of `wanted`."""
        kept = set(wanted)
        flags = np.array([name in kept for name in self.names], np.bool_)
        return np.take(flags, self.rows)


@dataclass(frozen=True, slots=True)
class CodingColumns:
    """The columns of a set of codings; every one has a row a coding.

    `episode` is, of shape (n_codings,), the rank of each coding's episode in `episodes`, -1
    outside any; None when nothing is grouped. `facets` are those in force: see :meth:`grouped`.
    `decided` and `judged` are, of shape (n_codings,), those that an adjudication put and those
    that one is about; None when there is none: see :meth:`adjudicated`.
    """

    ids: NDArray[np.object_]
    source: Words
    version: Words
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    code: Words
    coder: Words
    grid: Words
    facets: Mapping[bytes, Mapping[str, str]] = field(default_factory=dict)
    episode: NDArray[np.int64] | None = None
    episodes: tuple[Episode, ...] = ()
    decided: NDArray[np.bool_] | None = None
    judged: NDArray[np.bool_] | None = None

    @classmethod
    def empty(cls) -> CodingColumns:
        """Return the columns of no coding."""
        nothing = Words.of([])
        numbers = np.zeros(0, np.int64)
        return cls(
            np.zeros(0, object), nothing, nothing, numbers, numbers, nothing, nothing, nothing
        )

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Rows) -> CodingColumns:
        """Return the columns of those rows only, in that order."""
        return CodingColumns(
            self.ids[rows],
            self.source.take(rows),
            self.version.take(rows),
            self.start[rows],
            self.end[rows],
            self.code.take(rows),
            self.coder.take(rows),
            self.grid.take(rows),
            self.facets,
            None if self.episode is None else self.episode[rows],
            self.episodes,
            None if self.decided is None else self.decided[rows],
            None if self.judged is None else self.judged[rows],
        )

    def rows_of(self, ids: Collection[bytes]) -> dict[bytes, int]:
        """Return the rows of the codings of some ids, by id; those that are not here are not."""
        if not ids:
            return {}
        listed = self.ids.tolist()
        here = np.fromiter(map(ids.__contains__, listed), np.bool_, len(self))
        return {listed[row]: row for row in np.flatnonzero(here).tolist()}

    def coders_of(self) -> dict[str, set[str]]:
        """Return, by source, who put codings on it; those that an adjudication put are nobody's."""
        kept = slice(None) if self.decided is None else ~self.decided
        met = np.zeros((len(self.source.names), len(self.coder.names)), np.bool_)
        met[self.source.rows[kept], self.coder.rows[kept]] = True
        found: dict[str, set[str]] = {}
        for source, coder in np.argwhere(met).tolist():
            found.setdefault(self.source.names[source], set()).add(self.coder.names[coder])
        return found

    def met(self) -> tuple[Episode, ...]:
        """Return the episodes that these codings belong to, in the order they were first made."""
        if self.episode is None:
            return ()
        ranks = np.unique(self.episode[self.episode >= 0])
        return tuple(self.episodes[rank] for rank in ranks.tolist())

    def grouped(self, episodes: Iterable[Episode]) -> CodingColumns:
        """Return the same codings, each in its episode, whose facets take the place of its own.

        Parameters
        ----------
        episodes : iterable of Episode
            No two of them hold the same coding. Those that hold none of these are left out, and
            codings that are not here are left out of the others.
        """
        episodes = tuple(episodes)
        rows = self.rows_of({key.bytes for one in episodes for key in one.codings})
        rank_of = np.full(len(self), -1, np.int64)
        facets = dict(self.facets)
        kept: list[Episode] = []
        for whole in episodes:
            present = tuple(key for key in whole.codings if key.bytes in rows)
            if not present:
                continue
            for key in present:
                rank_of[rows[key.bytes]] = len(kept)
                facets[key.bytes] = whole.facets
            kept.append(whole.keeping(present))
        if not kept:
            return self
        return replace(self, facets=facets, episode=rank_of, episodes=tuple(kept))

    def adjudicated(self, decisions: Iterable[Adjudication]) -> CodingColumns:
        """Return the same codings, told which of them were decided and which are decided about.

        Parameters
        ----------
        decisions : iterable of Adjudication
            Those that stand. A coding that one puts, keeping another as it was, is in the episode
            of that other. Of several about the same coding none puts anything, people settle those
            first; but those that say the same are one, that of smallest id.
        """
        decisions = tuple(decisions)
        if not decisions:
            return self
        told_of = [key for one in decisions for key in (one.id, one.kept, *one.of) if key]
        rows = self.rows_of({key.bytes for key in told_of})
        again = repeated(decisions)
        times = Counter(key for one in decisions if one.id not in again for key in one.of)
        decided, judged = np.zeros(len(self), np.bool_), np.zeros(len(self), np.bool_)
        apart = np.zeros(len(self), np.bool_)
        episode = None if self.episode is None else self.episode.copy()
        facets = dict(self.facets)
        for one in decisions:
            about = [rows[key.bytes] for key in one.of if key.bytes in rows]
            judged[about] = True
            put = rows.get(one.id.bytes)
            if put is None:
                continue
            decided[put] = True
            apart[put] = one.id in again or any(times[key] > 1 for key in one.of)
            if one.kept is None or episode is None:
                continue
            kept = rows.get(one.kept.bytes)
            if kept is not None and episode[kept] >= 0:
                episode[put] = episode[kept]
                facets[one.id.bytes] = self.facets.get(one.kept.bytes, {})
        told = replace(self, episode=episode, facets=facets, decided=decided, judged=judged)
        return told.take(np.flatnonzero(~apart)) if apart.any() else told


def order_of(ids: Sequence[bytes]) -> Rows:
    """Return the rows of 16-byte `ids` in their order, as fast as numbers sort."""
    return np.lexsort(halves_of(ids))


def halves_of(ids: Sequence[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return 16-byte `ids` as two columns of numbers, that of the lesser weight first."""
    halves = np.array(ids, "S16").view(">u8").astype(np.uint64).reshape(-1, 2)
    return halves[:, 1], halves[:, 0]
