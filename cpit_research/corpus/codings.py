"""Who said what where, in columns: 150,000 codings select and count in tenths of a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.columns import CodingColumns, Rows
from cpit_research.corpus.corpus import Corpus
from cpit_research.corpus.fingerprint import fingerprint
from cpit_research.corpus.notebook import codings_html
from cpit_research.corpus.settled import AGREED, ALONE, DECIDED, settled_kinds
from cpit_research.errors import Conflict, NotFound
from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.model.grid import Grid
from cpit_research.model.register import VisitKind
from cpit_research.model.segment import Segment
from cpit_research.text.closeness import nearest
from cpit_research.wording import gettext as _


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
        (``"other_grid"``, ``"other_version"``, ``"conflict"``); and how many episodes are in
        conflict, so that their codings are there but stand alone (``"episode_conflict"``).
    readers : mapping of str to iterable of str
        Coders who went through a source and perhaps found nothing to code there, by id of source:
        those who coded it need not be told.
    owed : mapping of str to iterable of (str, str)
        By code, the sources and the coders of codings to be read again that may fall under it.
    """

    def __init__(
        self,
        columns: CodingColumns,
        corpus: Corpus,
        grid: Grid,
        left_out: Mapping[str, int] | None = None,
        readers: Mapping[str, Iterable[str]] | None = None,
        *,
        owed: Mapping[str, Iterable[tuple[str, str]]] | None = None,
    ) -> None:
        self.columns = columns
        self.corpus = corpus
        self.grid = grid
        self.left_out = dict(left_out or {})
        self.settled: bool | None = None
        self._told = dict(readers or {})
        self._owed = {code: frozenset(where) for code, where in (owed or {}).items()}
        self._origin: tuple[Codings, Rows] | None = None

    def __len__(self) -> int:
        return len(self.columns)

    def __iter__(self) -> Iterator[Coding]:
        return (self.coding(row) for row in range(len(self)))

    def __repr__(self) -> str:
        return f"<Codings: {len(self)} under grid {self.grid.version}>"

    def _repr_html_(self) -> str:
        return codings_html(self)

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

    @property
    def whole(self) -> Codings:
        """The codings that this selection comes from, itself when it is no selection."""
        return self if self._origin is None else self._origin[0]

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Episodes that these codings belong to, in the order they were first made."""
        return self.columns.met()

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """Coders who read each source, sorted, by id of source.

        Those with a coding there, among all the codings that this selection comes from, and those
        who are said to have gone through it: each has read the whole of it, and marks nothing
        where she put no code. Machines, trainees and those who adjudicate are not counted.
        """
        if self._origin is not None:
            return self.whole.readers
        read = self.columns.coders_of()
        for source, coders in self._told.items():
            read.setdefault(source, set()).update(coders)
        apart = self._not_counted
        counted = {source: coders - apart for source, coders in read.items()}
        return {source: tuple(sorted(coders)) for source, coders in counted.items() if coders}

    @property
    def owed(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """Codes under which codings to be read again may fall: on which source, by which coder."""
        return self.whole._owed  # noqa: SLF001  its own

    @property
    def settled_shares(self) -> Mapping[str, int]:
        """How many are settled, by reason: ``"decided"``, ``"agreed"``, ``"alone"``."""
        kinds = np.bincount(self._settled, minlength=DECIDED + 1)
        return {
            "decided": int(kinds[DECIDED]),
            "agreed": int(kinds[AGREED]),
            "alone": int(kinds[ALONE]),
        }

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the codings held, whatever their order: who says what, where, how grouped."""
        return fingerprint(self.columns)

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

    @property
    def judged(self) -> Codings:
        """Those that adjudications are about."""
        told = self.columns.judged
        return self._selection(np.zeros(len(self), np.bool_) if told is None else told, self.corpus)

    def where(
        self,
        *,
        code: str | None = None,
        axis: str | None = None,
        coder: str | None = None,
        settled: bool | None = None,
        decided: bool | None = None,
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
        axis : str, optional
            An axis of the grid, such as ``"situations"`` or ``"needs"``: its codes alone.
        coder : str, optional
            Id of the coder.
        settled : bool, optional
            True keeps what nobody disputes: what an adjudication decided, the same code on
            overlapping segments by every reader of the note (one of them is kept), or what the
            only reader of a note put. Machines and trainees settle nothing. False keeps the rest.
            It is told among all the codings that this selection comes from, so that the order of
            the conditions does not matter.
        decided : bool, optional
            True keeps what adjudications put, False what coders put themselves.
        visit_kind, territory, visit, participant : str, optional
            As in :meth:`Corpus.where <cpit_research.corpus.corpus.Corpus.where>`.
        facets : mapping of str to str, optional
            Facet ids to the values wanted; a coding in an episode has those of the episode.

        Raises
        ------
        NotFound
            If the grid has no such code, or no such axis.
        """
        kept = np.ones(len(self), np.bool_)
        if code is not None:
            kept &= self.columns.code.among(self.under(code))
        if axis is not None:
            kept &= self.columns.code.among(self._on_axis(axis))
        if coder is not None:
            kept &= self.columns.coder.among((coder,))
        if facets:
            kept &= self._with_facets(facets)
        if decided is not None:
            put = self.columns.decided
            kept &= np.full(len(self), not decided) if put is None else put == decided
        corpus = self.corpus
        if any(one is not None for one in (visit_kind, territory, visit, participant)):
            corpus = corpus.where(
                visit_kind=visit_kind, territory=territory, visit=visit, participant=participant
            )
            kept &= self.columns.source.among(source.id for source in corpus)
        if settled is not None:
            kept &= (self._settled > 0) == settled
        selection = self._selection(kept, corpus)
        if settled is not None:
            selection.settled = settled
        return selection

    @cached_property
    def _settled(self) -> NDArray[np.int8]:
        if self._origin is not None:
            whole, rows = self._origin
            told: NDArray[np.int8] = whole._settled[rows]  # noqa: SLF001  its own
            return told
        read = self.readers
        names = self.columns.source.names
        n_readers = np.array([len(read.get(name, ())) for name in names], np.int64)
        return settled_kinds(self.columns, n_readers, self._counted)

    @property
    def _not_counted(self) -> set[str]:
        return {one.id for one in self.corpus.register.researchers if one.standing != "member"}

    @property
    def _counted(self) -> NDArray[np.bool_]:
        """Return which codings are those of coders who count."""
        return ~self.columns.coder.among(self._not_counted)

    def _selection(self, kept: NDArray[np.bool_], corpus: Corpus) -> Codings:
        rows = np.flatnonzero(kept)
        selection = Codings(self.columns.take(rows), corpus, self.grid, self.left_out)
        selection.settled = self.settled
        whole, before = self._origin or (self, None)
        selection._origin = (whole, rows if before is None else before[rows])
        return selection

    def under(self, code: str) -> set[str]:
        """Return a code and every code under it.

        Raises
        ------
        NotFound
            If the grid has no such code.
        """
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

    def _on_axis(self, axis: str) -> set[str]:
        known = [one.id for one in self.grid.axes]
        if axis not in known:
            raise NotFound(
                _("The grid {version} has no axis “{axis}”.").format(
                    version=self.grid.version, axis=axis
                ),
                exists=_("It has: {axes}.").format(axes=", ".join(known)),
            )
        return {code.id for code in self.grid if code.axis == axis}

    def _with_facets(self, wanted: Mapping[str, str]) -> NDArray[np.bool_]:
        stated = self.columns.facets
        return np.fromiter(
            (wanted.items() <= stated.get(key, {}).items() for key in self.columns.ids),
            np.bool_,
            len(self),
        )
