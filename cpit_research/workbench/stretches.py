"""What codings cover and which codes they bear, counted note by note in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.columns import CodingColumns

__all__ = ["Spans", "codes_borne", "covered", "joined", "words_in"]

T = TypeVar("T")
#: Stretches of one note, in order, apart from each other.
Spans = tuple[tuple[int, int], ...]
#: More than a text has characters.
_FAR: Final = 2**40
#: Which units of UTF-16 part words; none beyond these does.
_PARTS_WORDS: Final = np.array([chr(unit).isspace() for unit in range(0x3002)])


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return sorted stretches, those that touch put together.

    Examples
    --------
    >>> joined([(0, 4), (2, 3), (4, 6), (8, 9)])
    ((0, 6), (8, 9))
    """
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return tuple(apart)


def covered(*several: CodingColumns) -> dict[str, Spans]:
    """Return the stretches that codings cover, by note, as :func:`joined` puts them together."""
    names = sorted({name for columns in several for name in columns.source.names})
    rank = {name: at for at, name in enumerate(names)}
    notes = [_ranked(columns, rank) * _FAR for columns in several]
    starts = np.concatenate([note + one.start for note, one in zip(notes, several, strict=True)])
    ends = np.concatenate([note + one.end for note, one in zip(notes, several, strict=True)])
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    parted = starts[1:] > reach[:-1]
    firsts = starts[np.concatenate(([True], parted))] if len(starts) else starts
    lasts = reach[np.concatenate((parted, [True]))] if len(starts) else reach
    spans = list(zip((firsts % _FAR).tolist(), (lasts % _FAR).tolist(), strict=True))
    return _by_note(names, firsts // _FAR, spans)


def words_in(text: str, spans: Iterable[tuple[int, int]]) -> int:
    """Return how many words stretches hold, as ``str.split`` parts them; a word cut is one.

    Examples
    --------
    >>> words_in("La place, le matin.", [(0, 8), (10, 14)])
    4
    """
    apart = " ".join(["", *[text[start:end] for start, end in spans]])
    units = np.frombuffer(apart.encode("utf-16-le", "surrogatepass"), "<u2")
    parts = np.take(_PARTS_WORDS, units, mode="clip")
    return int(np.count_nonzero(parts[:-1] > parts[1:]))


def codes_borne(columns: CodingColumns) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return how many codings bear each code, by note, codes in their order."""
    names, codes = list(columns.source.names), sorted(columns.code.names)
    place = np.array([codes.index(code) for code in columns.code.names], np.int64)
    each = max(len(codes), 1)
    counts = np.bincount(columns.source.rows * np.int64(each) + place[columns.code.rows])
    met = np.flatnonzero(counts)
    of_code = [codes[at] for at in (met % each).tolist()]
    counted = list(zip(of_code, counts[met].tolist(), strict=True))
    return _by_note(names, met // each, counted)


def _ranked(columns: CodingColumns, rank: dict[str, int]) -> NDArray[np.int64]:
    ranks = np.array([rank[name] for name in columns.source.names], np.int64)
    return ranks[columns.source.rows]


def _by_note(
    names: Sequence[str], notes: NDArray[np.int64], told: Sequence[T]
) -> dict[str, tuple[T, ...]]:
    """Return what is told by the name of its note; `notes` are in order."""
    met, firsts = np.unique(notes, return_index=True)
    bounds = [*firsts.tolist(), len(told)]
    return {
        names[note]: tuple(told[bounds[at] : bounds[at + 1]])
        for at, note in enumerate(met.tolist())
    }
