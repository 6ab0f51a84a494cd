"""The digest of a set of codings: who says what, where, how grouped, whatever their order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.columns import CodingColumns, Rows, order_of


def fingerprint(columns: CodingColumns) -> str:
    """Return the digest of codings: any change of one of them changes it, and no reordering."""
    listed = columns.ids.tolist()
    ids, order = np.array(listed, "S16"), order_of(listed)
    digest = hashlib.blake2b(ids[order].tobytes(), digest_size=8)
    for numbers in (columns.start, columns.end):
        digest.update(numbers[order].astype("<i8").tobytes())
    for words in (columns.version, columns.code, columns.coder, columns.grid):
        digest.update(words.digests()[words.rows[order]].tobytes())
    for part in _grouping(columns, ids, order):
        digest.update(part)
    for key in sorted(_alone(columns)):
        digest.update(repr((key, sorted(columns.facets[key].items()))).encode())
    if columns.judged is not None:  # a decision that nothing stands has no row of its own
        digest.update(ids[order[columns.judged[order]]].tobytes())
    return digest.hexdigest()


def _grouping(columns: CodingColumns, ids: NDArray[np.bytes_], order: Rows) -> Iterator[bytes]:
    """Yield which codings are in which episode, and the facets of each episode."""
    if columns.episode is None:
        return
    grouped = order[columns.episode[order] >= 0]
    events = np.array([episode.id.bytes for episode in columns.episodes], "S16")
    yield ids[grouped].tobytes()
    yield events[columns.episode[grouped]].tobytes()
    for one in sorted(columns.met(), key=lambda one: one.id.int):
        yield repr((one.id, sorted(one.facets.items()))).encode()


def _alone(columns: CodingColumns) -> set[bytes]:
    """Return the codings outside any episode that state facets of their own."""
    outside = columns.ids if columns.episode is None else columns.ids[columns.episode < 0]
    return columns.facets.keys() & set(outside.tolist())
