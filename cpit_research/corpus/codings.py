"""Who said what where, in columns: 150,000 codings select and count in tenths of a second."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.settled import settled_rows
from cpit_research.errors import Conflict, NotFound
from cpit_research.model.coding import Coding
from cpit_research.model.grid import Grid
from cpit_research.model.register import VisitKind
from cpit_research.model.segment import Segment
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _

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
        ranks, first, rows = np.unique(self.rows, return_index=True, return_inverse=True)
        order = np.argsort(first)
        names = tuple(self.names[rank] for rank in ranks[order].tolist())
        return Words(names, np.argsort(order).astype(np.int32)[rows])

    def digests(self) -> NDArray[np.void]:
        """Return an 8-byte digest of each name."""
        made = [hashlib.blake2b(name.encode(), digest_size=8).digest() for name in self.names]
        return np.array(made, np.dtype("V8"))

    def among(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Return, of shape (n_rows,), whether each row's word is one of `wanted`."""
        kept = set(wanted)
        flags = np.array([name in kept for name in self.names], np.bool_)
        return np.take(flags, self.rows)


@dataclass(frozen=True, slots=True)
class CodingColumns:
    """The columns of a set of codings; every one has a row a coding."""

    ids: NDArray[np.object_]
    source: Words
    version: Words
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    code: Words
    coder: Words
    grid: Words
    facets: Mapping[bytes, Mapping[str, str]] = field(default_factory=dict)

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
        )


def order_of(ids: Sequence[bytes]) -> Rows:
    """Return the rows of 16-byte `ids` in their order, as fast as numbers sort."""
    halves = np.array(ids, "S16").view(">u8").astype(np.uint64).reshape(-1, 2)
    return np.lexsort((halves[:, 1], halves[:, 0]))


class Codings:
    """An immutable selection of codings, with the texts and the grid they are read with.

    Iterating makes :class:`~cpit_research.model.coding.Coding` objects; counting does not.

    Parameters
    ----------
    columns : CodingColumns
        The codings.
    corpus : Corpus
        Their texts: every coding stands on the version that the corpus holds.
    grid : Grid
        The grid they are read under.
    left_out : mapping of str to int
        How many codings of the study are not among the `columns` at all, by reason
        (``"other_grid"``, ``"other_version"``, ``"conflict"``).
    """

    def __init__(
        self,
        columns: CodingColumns,
        corpus: Corpus,
        grid: Grid,
        left_out: Mapping[str, int] | None = None,
    ) -> None:
        self.columns = columns
        self.corpus = corpus
        self.grid = grid
        self.left_out = dict(left_out or {})
        self._origin: tuple[Codings, Rows] | None = None

    def __len__(self) -> int:
        return len(self.columns)

    def __iter__(self) -> Iterator[Coding]:
        return (self.coding(row) for row in range(len(self)))

    def __repr__(self) -> str:
        return f"<Codings: {len(self)} under grid {self.grid.version}>"

    def coding(self, row: int) -> Coding:
        """Return the coding of one row."""
        columns = self.columns
        key = columns.ids[row]
        return Coding(
            UUID(bytes=key),
            Segment(columns.source[row], int(columns.start[row]), int(columns.end[row])),
            columns.version[row],
            columns.code[row],
            columns.coder[row],
            columns.grid[row],
            columns.facets.get(key, {}),
        )

    def quote(self, coding: Coding) -> str:
        """Return the words that a coding marks.

        Raises
        ------
        Conflict
            If it stands on another version of the text: the same place holds other words.
        """
        source = self.corpus[coding.segment.source]
        if coding.version != source.version:
            raise Conflict(
                _("This coding stands on another version of the text of {path}.").format(
                    path=source.path
                ),
                remedy=_("Take the codings anew from the study."),
            )
        return self.corpus.quote(coding.segment)

    def quotes(self) -> Iterator[str]:
        """Yield the words of every coding, in order."""
        columns = self.columns
        texts = [
            self.corpus[name].text if name in self.corpus else "" for name in columns.source.names
        ]
        ranges = zip(
            columns.source.rows.tolist(), columns.start.tolist(), columns.end.tolist(), strict=True
        )
        for source, start, end in ranges:
            yield texts[source][start:end]

    @property
    def coders(self) -> tuple[str, ...]:
        """Ids of the coders, sorted."""
        return tuple(
            sorted({self.columns.coder.names[i] for i in np.unique(self.columns.coder.rows)})
        )

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the codings held, whatever their order: who says what, where."""
        columns = self.columns
        ids = columns.ids.tolist()
        order = order_of(ids)
        digest = hashlib.blake2b(np.array(ids, "S16")[order].tobytes(), digest_size=8)
        for numbers in (columns.start, columns.end):
            digest.update(numbers[order].astype("<i8").tobytes())
        for words in (columns.version, columns.code, columns.coder, columns.grid):
            digest.update(words.digests()[words.rows[order]].tobytes())
        for key in sorted(columns.facets.keys() & set(ids)):
            digest.update(repr((key, sorted(columns.facets[key].items()))).encode())
        return digest.hexdigest()

    def on(self, corpus: Corpus) -> Codings:
        """Return the codings that stand on the texts of `corpus`.

        Those that stand on another version of a text of `corpus` are left out, and counted.
        """
        kept = self.columns.version.among(source.version for source in corpus)
        here = self.columns.source.among(source.id for source in corpus)
        selection = self._selection(kept, corpus)
        if moved := int(np.count_nonzero(here & ~kept)):
            selection.left_out["other_version"] = self.left_out.get("other_version", 0) + moved
        return selection

    def where(
        self,
        *,
        code: str | None = None,
        coder: str | None = None,
        settled: bool | None = None,
        visit_kind: VisitKind | None = None,
        territory: str | None = None,
        visit: str | None = None,
        participant: str | None = None,
        facets: Mapping[str, str] | None = None,
    ) -> Codings:
        """Return the codings that fit every condition given.

        Parameters
        ----------
        code : str, optional
            A code, or a family: everything under it is kept too.
        coder : str, optional
            Id of the coder.
        settled : bool, optional
            True keeps what nobody disputes: the same code on overlapping segments by every
            coder of the note (one of them is kept), or a note coded by one person alone.
            False keeps the rest. It is told among all the codings that this selection comes
            from, so that the order of the conditions does not matter.
        visit_kind, territory, visit, participant : str, optional
            As in :meth:`Corpus.where <cpit_research.corpus.corpus.Corpus.where>`.
        facets : mapping of str to str, optional
            Facet ids to the values wanted.

        Raises
        ------
        NotFound
            If the grid has no such code.
        """
        kept = np.ones(len(self), np.bool_)
        if code is not None:
            kept &= self.columns.code.among(self._under(code))
        if coder is not None:
            kept &= self.columns.coder.among((coder,))
        if facets:
            kept &= self._with_facets(facets)
        corpus = self.corpus
        if any(one is not None for one in (visit_kind, territory, visit, participant)):
            corpus = corpus.where(
                visit_kind=visit_kind, territory=territory, visit=visit, participant=participant
            )
            kept &= self.columns.source.among(source.id for source in corpus)
        if settled is not None:
            kept &= self._settled == settled
        return self._selection(kept, corpus)

    @cached_property
    def _settled(self) -> NDArray[np.bool_]:
        if self._origin is not None:
            whole, rows = self._origin
            told: NDArray[np.bool_] = whole._settled[rows]  # noqa: SLF001  its own
            return told
        columns = self.columns
        return settled_rows(
            columns.source.rows,
            columns.start,
            columns.end,
            columns.code.rows,
            columns.coder.rows,
            columns.ids,
        )

    def _selection(self, kept: NDArray[np.bool_], corpus: Corpus) -> Codings:
        rows = np.flatnonzero(kept)
        selection = Codings(self.columns.take(rows), corpus, self.grid, self.left_out)
        whole, before = self._origin or (self, None)
        selection._origin = (whole, rows if before is None else before[rows])
        return selection

    def _under(self, code: str) -> set[str]:
        if code not in self.grid:
            close = nearest(code, (known.id for known in self.grid))
            raise NotFound(
                _("The grid {version} has no code “{code}”.").format(
                    version=self.grid.version, code=code
                ),
                exists=_("The nearest is “{close}”.").format(close=close) if close else "",
            )
        under = {code}
        for known in self.grid:
            if known.parent in under:
                under.add(known.id)
        return under

    def _with_facets(self, wanted: Mapping[str, str]) -> NDArray[np.bool_]:
        stated = self.columns.facets
        return np.fromiter(
            (wanted.items() <= stated.get(key, {}).items() for key in self.columns.ids),
            np.bool_,
            len(self),
        )
