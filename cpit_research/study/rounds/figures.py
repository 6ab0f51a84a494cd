"""Agreement and disagreements in a round: the one place that asks the room of agreement."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.round import Round
from cpit_research.results.result import Result
from cpit_research.study.rounds.rounds import frozen_grid

if TYPE_CHECKING:
    from cpit_research.agreement import Dispute
    from cpit_research.study.study import Study

__all__ = ["agreement_of", "disputes_of", "plain_rows", "round_codings"]

#: Figures are kept to this many decimals: beyond, two machines may not write the same.
_DECIMALS: Final = 12


def round_codings(study: Study, found: Round) -> Codings:
    """Return what the coders of a round put on its notes, and nothing that others did.

    Whoever takes part counts, in training or not: a round is also how one is trained. A coder who
    has finished has read every note; one who has not, those that bear a coding of hers, be it to
    be read again.

    Raises
    ------
    Conflict
        If the grid of the round has changed.
    """
    whole = study.codings(frozen_grid(study, found))
    columns = whole.columns
    keys = {key for key, _version in found.sources}
    kept = columns.source.among(keys) & columns.coder.among(found.coders)
    if columns.decided is not None:
        kept &= ~columns.decided
    people = tuple(
        replace(one, standing="member") if one.id in found.coders else one
        for one in study.register.researchers
    )
    notes = (source for source in whole.corpus if source.id in keys)
    owed = _owed(study, whole, found)
    left_out = {**whole.left_out, "debt": len(owed)}
    readers = owed.coders_of()
    for key in keys:
        readers.setdefault(key, set()).update(found.finished)
    return Codings(
        columns.take(np.flatnonzero(kept)),
        Corpus(notes, replace(study.register, researchers=people)),
        whole.grid,
        {reason: n for reason, n in left_out.items() if n},
        readers,
    )


def _owed(study: Study, whole: Codings, found: Round) -> CodingColumns:
    """Return what the coders of a round put on its notes and must read again."""
    owed = study.shelf.undecided(whole.grid)
    keys = {key for key, _version in found.sources}
    here = owed.source.among(keys) & owed.coder.among(found.coders)
    if owed.decided is not None:
        here &= ~owed.decided
    return owed.take(np.flatnonzero(here))


def agreement_of(codings: Codings, found: Round) -> Result:
    """Return the agreement of a round, a row a code."""
    from cpit_research.agreement import alpha

    return alpha(codings, unit=found.unit, by="code")


def disputes_of(codings: Codings, found: Round) -> tuple[Dispute, ...]:
    """Return the passages that coders of a round did not code alike, in the order of the texts."""
    from cpit_research.agreement import disputes

    return disputes(codings, unit=found.unit)


def plain_rows(result: Result) -> Iterator[dict[str, object]]:
    """Yield the rows of a result as they are kept in the record: what is undefined is left out."""
    for key, row in zip(result.table.index, result.table.to_dict("records"), strict=True):
        plain = {str(name): _plain(value) for name, value in row.items()}
        yield {"id": str(key), **{name: held for name, held in plain.items() if held is not None}}


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, _DECIMALS)
    return value
