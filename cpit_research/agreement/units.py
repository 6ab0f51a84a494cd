"""The units that a text is cut in, on which coders agree or do not."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.language import sentences
from cpit_research.model.source import Source
from cpit_research.model.structure import BLOCKS, Structure
from cpit_research.model.unit import Unit

Ints = NDArray[np.int64]

#: The ranges of texts already cut, as long as their corpus lives.
_CUT: Final[WeakKeyDictionary[Corpus, dict[tuple[Unit, str], Ints]]] = WeakKeyDictionary()
_LAID: Final[WeakKeyDictionary[Corpus, dict[tuple[Unit, tuple[str, ...]], Layout]]] = (
    WeakKeyDictionary()
)


def unit_ranges(source: Source, unit: Unit) -> Ints:
    """Return the half-open ranges of the units of a text, in order.

    Parameters
    ----------
    source : Source
        The text, with its structure.
    unit : str
        ``"sentence"``: as :func:`cpit_research.language.sentences` cuts them. ``"turn"``: what
        each speaker says, and every block outside turns. ``"paragraph"``: every block. ``"span"``:
        the stretches whose code points are units, one by one.

    Returns
    -------
    array of int, shape (n_units, 2)
        Offsets in code points. Header fields, labels of speakers and blank units are left out;
        but for spans, ranges start and end on something else than a space.
    """
    text, structure = source.text, source.structure
    if unit == "sentence":
        return _array(sentences(text, structure))
    if unit == "span":
        return _array(_said(len(text), structure))
    if not any(part.kind in BLOCKS or part.kind == "turn" for part in structure):
        return _array(_trimmed(text, _lines(text)))
    return _array(_trimmed(text, _parts(structure, turns=unit == "turn")))


def _array(ranges: Sequence[tuple[int, int]] | Iterator[tuple[int, int]]) -> Ints:
    return np.array(list(ranges), np.int64).reshape(-1, 2)


def _silent(structure: Structure) -> Iterator[tuple[int, int]]:
    """Yield what says nothing of the field: header fields and labels of speakers."""
    for part in structure:
        if part.kind == "header_field":
            yield part.start, part.end
        elif part.kind == "turn" and part.speech_start > part.start:
            yield part.start, part.speech_start


def _said(length: int, structure: Structure) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in sorted(_silent(structure)):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _parts(structure: Structure, *, turns: bool) -> Iterator[tuple[int, int]]:
    """Yield blocks, or turns and the blocks outside them, without labels nor header fields."""
    silent = sorted(_silent(structure))
    at = 0
    for part in structure.units if turns else structure:
        if not turns and part.kind not in BLOCKS:
            continue
        start = part.start
        while at < len(silent) and silent[at][1] <= start:
            at += 1
        if at < len(silent) and silent[at][0] <= start:
            start = silent[at][1]
        if start < part.end:
            yield start, part.end


def _trimmed(text: str, ranges: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in ranges:
        said = text[start:end]
        if said.strip():
            yield start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())


@dataclass(frozen=True, slots=True)
class Layout:
    """The units of several notes, put end to end.

    Parameters
    ----------
    sources : tuple of str
        Ids of the notes, in order.
    base : array of int, shape (n_notes,)
        Where each note starts.
    starts, ends, note : array of int, shape (n_ranges,)
        The ranges, and the rank of the note that each belongs to.
    before : array of int, shape (n_ranges + 1,)
        Code points of the ranges before each one.
    units : array of int, shape (n_notes,)
        How many units each note has: ranges, or code points for spans.
    """

    sources: tuple[str, ...]
    base: Ints
    starts: Ints
    ends: Ints
    note: Ints
    before: Ints
    units: Ints


def layout(codings: Codings, sources: tuple[str, ...], unit: Unit) -> Layout:
    """Return the units of some notes; they are cut once for a corpus, and kept while it lives."""
    kept = _LAID.setdefault(codings.whole.corpus, {})
    versions = tuple(codings.corpus[source].version for source in sources)
    if (unit, versions) not in kept:
        kept[unit, versions] = _laid([codings.corpus[key] for key in sources], codings, unit)
    return kept[unit, versions]


def _laid(notes: Sequence[Source], codings: Codings, unit: Unit) -> Layout:
    cut = _CUT.setdefault(codings.whole.corpus, {})
    ranges: list[Ints] = []
    for source in notes:
        key = (unit, sys.intern(source.version))
        if key not in cut:
            cut[key] = unit_ranges(source, unit)
        ranges.append(cut[key])
    n = np.array([len(one) for one in ranges], np.int64)
    lengths = np.array([len(source.text) + 1 for source in notes], np.int64)
    base = np.cumsum(lengths) - lengths
    note = np.repeat(np.arange(len(notes)), n)
    whole = np.concatenate([*ranges, np.zeros((0, 2), np.int64)]) + base[note][:, None]
    starts, ends = np.ascontiguousarray(whole.T)
    before = np.concatenate([[0], np.cumsum(ends - starts)])
    points = np.bincount(note, ends - starts, len(notes)).astype(np.int64)
    sources = tuple(source.id for source in notes)
    return Layout(sources, base, starts, ends, note, before, points if unit == "span" else n)
