"""Codings as a study tells them: grouped, decided, with who read what and what is owed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.adjudication import Adjudication, repeated
from cpit_research.model.grid import Grid
from cpit_research.model.lineage import Lineage
from cpit_research.model.reading import Reading
from cpit_research.model.round import Round
from cpit_research.study.gathering import Gathered

__all__ = ["told"]


def told(
    found: Gathered, corpus: Corpus, used: Grid, lineage: Lineage
) -> tuple[Codings, CodingColumns]:
    """Return the codings that stand, and those that a change of the grid leaves to be read again.

    Parameters
    ----------
    found : Gathered
        What stands.
    corpus : Corpus
        The texts that it stands on.
    used : Grid
        The version of the grid asked for.
    lineage : Lineage
        That version with those that it came from.
    """
    left_out = found.loaded.left_out
    if found.episodes.conflicts:
        left_out["episode_conflict"] = sum(map(len, found.episodes.conflicts))
    before = found.loaded.columns
    columns = before.grouped(found.episodes.episodes).adjudicated(found.decisions)
    if contended := _contended(before, columns, found.decisions):
        left_out["decision_conflict"] = contended
    undecided = replace(
        found.loaded.undecided, decided=_put_by(found.decisions, found.loaded.undecided)
    )
    grids = {one.version for one in lineage}
    readers = _readers(found.rounds, found.readings, grids, undecided)
    owed = _owed(lineage, used.version, undecided)
    return Codings(columns, corpus, used, left_out, readers, owed=owed), undecided


def _contended(
    before: CodingColumns, after: CodingColumns, decisions: Iterable[Adjudication]
) -> int:
    """Return how many codings that decisions put are left out, those put twice apart."""
    if len(before) == len(after):
        return 0
    left = {UUID(bytes=key) for key in set(before.ids.tolist()) - set(after.ids.tolist())}
    return len(left - repeated(decisions))


def _put_by(decisions: Iterable[Adjudication], columns: CodingColumns) -> NDArray[np.bool_]:
    """Tell which codings decisions put."""
    put = {one.id.bytes for one in decisions}
    return np.array([key in put for key in columns.ids.tolist()], np.bool_)


def _readers(
    rounds: Iterable[Round],
    readings: Iterable[Reading],
    grids: Collection[str],
    undecided: CodingColumns,
) -> dict[str, set[str]]:
    """Return, by source, who went through it and may have no coding that stands there.

    They said so of the note or of a round, under one of these grids, or all that they put there is
    to be read again.
    """
    told = undecided.coders_of()
    for read in readings:
        if read.finished and read.grid in grids:
            told.setdefault(read.source, set()).add(read.coder)
    for one in rounds:
        if one.finished and one.state != "cancelled" and one.grid in grids:
            for source, _version in one.sources:
                told.setdefault(source, set()).update(one.finished)
    return told


def _owed(
    lineage: Lineage, version: str, undecided: CodingColumns
) -> dict[str, set[tuple[str, str]]]:
    """Return, by code, the sources and coders of what may fall under it once read again."""
    found: dict[str, set[tuple[str, str]]] = {}
    columns = (undecided.grid, undecided.code, undecided.source, undecided.coder)
    ranks = np.unique(np.stack([column.rows for column in columns]), axis=1).T.tolist()
    for row in ranks:
        names = [column.names[at] for column, at in zip(columns, row, strict=True)]
        grid, code, source, coder = names
        for candidate in lineage.carry(grid, code, version).candidates:
            found.setdefault(candidate, set()).add((source, coder))
    return found
