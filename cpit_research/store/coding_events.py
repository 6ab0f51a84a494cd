"""Every event about codings, in columns: a repeated word is kept once, what changes nothing not."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from cpit_research.corpus.columns import CodingColumns, Rows, Words, halves_of
from cpit_research.model.event import CODING_KINDS
from cpit_research.store.fold import alike, heads

__all__ = ["FOLLOWS", "UNDECIDED", "UNKNOWN", "CodingEvents", "Fates"]

#: By grid version and code, the code in the grid asked for; None for codings to be read again.
Fates = Mapping[tuple[str, str], str | None]
#: What becomes of a coding under the grid asked for.
FOLLOWS, UNDECIDED, UNKNOWN = 1, 0, -1

_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CODING_KINDS))
_WORDS = ("kind", "version", "code", "actor", "grid")
#: Most events begin a coding and say nothing beside its columns: that is not read.
_EVENTS: Final = (
    "SELECT id, NULLIF(subject, id), start, \"end\", NULLIF(payload, '{}'), "  # noqa: S608  constants only
    f"{', '.join(_WORDS)} FROM event WHERE kind IN ({_KINDS}) AND code IS NOT NULL"
)
_REPLACED: Final = "SELECT replaced FROM event_replaces"
#: More than a text has characters.
_FAR: Final = 2**40
_AT_ONCE: Final = 500  # few enough that the garbage collector sleeps; parameters of one statement


class _Ranks(dict[str, int]):
    """The rank of each distinct word, in order of first appearance."""

    def __missing__(self, word: str) -> int:
        self[word] = rank = len(self)
        return rank


class CodingEvents:
    """Every event about codings, or about some.

    Parameters
    ----------
    connection : Connection
        A connection to the study database.
    subjects : collection of bytes, optional
        Codings; all of them by default.
    """

    def __init__(self, connection: Connection, subjects: Collection[bytes] | None = None) -> None:
        self.ids: list[bytes] = []
        #: Codings of the events that did not begin them, by row.
        self._later: dict[int, bytes] = {}
        #: What is said beside the columns, by row.
        self._said: dict[int, str] = {}
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._ranks = {name: _Ranks() for name in _WORDS}
        self._rows: dict[str, list[int]] = {name: [] for name in _WORDS}
        for rows in _read(connection, _EVENTS, "subject", subjects):
            self._take(rows)
        asked = None if subjects is None else self.ids
        self._replaced: set[Hashable] = {
            row[0] for rows in _read(connection, _REPLACED, "replaced", asked) for row in rows
        }

    def _take(self, rows: Sequence[Any]) -> None:
        ids, subjects, starts, ends, said, *words = zip(*rows, strict=True)
        first = len(self.ids)
        self.ids += ids
        self._starts += starts
        self._ends += ends
        for kept, column in ((self._later, subjects), (self._said, said)):
            if any(column):
                kept.update({at: one for at, one in enumerate(column, first) if one is not None})
        for name, column in zip(_WORDS, words, strict=True):
            self._rows[name].extend(map(self._ranks[name].__getitem__, column))

    def words(self, name: str) -> Words:
        """Return a column of words."""
        rows = self._rows[name]
        return Words(tuple(self._ranks[name]), np.fromiter(rows, np.int32, len(rows)))

    def about(self, kept: NDArray[np.bool_]) -> frozenset[bytes]:
        """Return the codings that some events are about."""
        return frozenset(self._subject(row) for row in np.flatnonzero(kept).tolist())

    def _subject(self, row: int) -> bytes:
        return self._later.get(row) or self.ids[row]

    def standing(self) -> tuple[NDArray[np.bool_], frozenset[bytes]]:
        """Return which events say how codings stand, and the codings that people must settle.

        An event alone about its coding says it, unless another takes its place: only those about
        codings that were said of more than once are folded.
        """
        replaced, said_of = self._replaced, set(self._later.values())
        standing = ~np.fromiter(map(replaced.__contains__, self.ids), np.bool_, len(self.ids))
        several = [row for row, key in enumerate(self.ids) if key in said_of]
        row_of: dict[Hashable, int] = {self.ids[row]: row for row in {*several, *self._later}}
        subjects = {key: self._subject(row) for key, row in row_of.items()}
        state = alike(heads(subjects.items(), replaced), lambda event: self._left(row_of[event]))
        for event, row in row_of.items():
            standing[row] = state.current.get(subjects[event]) == event
        standing &= ~self.words("kind").among(("retract",))
        return standing, frozenset(key for key in subjects.values() if key in state.conflicts)

    def _left(self, row: int) -> tuple[object, ...]:
        """Return the state in which an event leaves its coding."""
        if self._rows["kind"][row] == self._ranks["kind"].get("retract"):
            return (True,)
        ranks = [self._rows[name][row] for name in ("version", "code", "grid")]
        facets = self._facets(row)
        return False, *ranks, self._starts[row], self._ends[row], *sorted(facets.items())

    def _facets(self, row: int) -> dict[str, str]:
        facets: dict[str, str] = json.loads(self._said.get(row, "{}")).get("facets", {})
        return facets

    def carried(self, carried: Fates, asked: str) -> tuple[Words, NDArray[np.int8]]:
        """Return the code that each event bears now, and what becomes of it."""
        codes, grids = self.words("code"), self.words("grid")
        pairs = grids.rows.astype(np.int64) * len(codes.names) + codes.rows
        met = np.flatnonzero(np.bincount(pairs))
        rows = np.searchsorted(met, pairs)
        now, fates = [], []
        for pair in met.tolist():
            grid, code = divmod(pair, len(codes.names))
            key = grids.names[grid], codes.names[code]
            found = key[1] if key[0] == asked else carried.get(key)
            now.append(found or key[1])
            fates.append(FOLLOWS if found else UNDECIDED if key in carried else UNKNOWN)
        borne = Words.of(now)
        return Words(borne.names, borne.rows[rows]), np.array(fates, np.int8)[rows]

    def columns(self, kept: Rows, versions: Mapping[str, str], codes: Words) -> CodingColumns:
        """Return the columns of some events, by version, start and subject, whoever wrote first."""
        if not len(kept):
            return CodingColumns.empty()
        version = self.words("version")
        start, end = (np.fromiter(one, np.int64, len(one)) for one in (self._starts, self._ends))
        start, end = start[kept], end[kept]
        subjects = [*map(self.ids.__getitem__, kept.tolist())]
        for at in np.flatnonzero(np.isin(kept, np.fromiter(self._later, np.int64))).tolist():
            subjects[at] = self._later[int(kept[at])]
        rank = np.argsort(np.argsort(np.array(version.names)))[version.rows[kept]]
        order = np.lexsort((*halves_of(subjects), rank * _FAR + start))
        rows = kept[order]
        ids = np.fromiter(subjects, object, len(subjects))[order]
        current = version.take(rows).used()
        source = Words.of([versions[name] for name in current.names])
        return CodingColumns(
            ids,
            Words(source.names, source.rows[current.rows]),
            current,
            start[order],
            end[order],
            codes.take(rows).used(),
            self.words("actor").take(self._first(rows)).used(),
            self.words("grid").take(rows).used(),
            self._stated(rows),
        )

    def _first(self, rows: Rows) -> Rows:
        """Return the rows of the first events: who put the code is the coder, whoever moved it."""
        later = np.flatnonzero(np.isin(rows, np.fromiter(self._later, np.int64))).tolist()
        if not later:
            return rows
        known = {key: row for row, key in enumerate(self.ids)}
        first = rows.copy()
        for at in later:
            first[at] = known.get(self._later[int(rows[at])], rows[at])
        return first

    def _stated(self, rows: Rows) -> dict[bytes, dict[str, str]]:
        """Return what is said of facets, by coding, in the order of the codings."""
        said = rows[np.isin(rows, np.fromiter(self._said, np.int64))]
        return {self._subject(row): self._facets(row) for row in said.tolist()}


def _read(
    connection: Connection, statement: str, column: str, among: Iterable[bytes] | None
) -> Iterator[Sequence[Any]]:
    """Yield rows, some at a time; by the driver itself, as those of SQLAlchemy take as long again.

    When some values are given, the rows alone whose `column` is `among` them.
    """
    cursor = connection.connection.cursor()
    try:
        for part in [()] if among is None else _parts(among):
            marks = f" {'AND' if 'WHERE' in statement else 'WHERE'} {column} IN "
            cursor.execute(
                statement if among is None else f"{statement}{marks}({', '.join('?' * len(part))})",
                part,
            )
            while rows := cursor.fetchmany(_AT_ONCE):
                yield rows
    finally:
        cursor.close()


def _parts(keys: Iterable[bytes]) -> Iterator[tuple[bytes, ...]]:
    listed = tuple(keys)
    yield from (listed[at : at + _AT_ONCE] for at in range(0, len(listed), _AT_ONCE))
