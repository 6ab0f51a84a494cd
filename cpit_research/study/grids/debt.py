"""The recoding debt: codings that a change of the grid leaves undecided, until read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpit_research.corpus.codings import Codings
from cpit_research.errors import NotFound
from cpit_research.model.coding import Coding
from cpit_research.model.evolution import Change
from cpit_research.study.code import recode
from cpit_research.wording import gettext as _

if TYPE_CHECKING:
    from cpit_research.study.study import Study

#: Last characters of an id, enough to name one coding of a study.
SHOWN_ID = 8


@dataclass(frozen=True, slots=True)
class Owed:
    """One coding to be read again.

    Parameters
    ----------
    id : str
        Last characters of its id.
    coding : Coding
        As it was put, under its own code and version.
    path : str
        Document.
    words : str
        The passage.
    changes : tuple of Change
        What happened to its code since.
    candidates : tuple of str
        Codes of the newer version among which one may choose; any other may be right.
    """

    id: str
    coding: Coding
    path: str
    words: str
    changes: tuple[Change, ...]
    candidates: tuple[str, ...]


def grid_debt(
    study: Study, version: str | None = None, *, coder: str | None = None
) -> tuple[Owed, ...]:
    """Return what must be read again (see :meth:`Study.grid_debt`)."""
    used = study.grid(version)
    lineage = study.shelf.lineage(used)
    corpus = study.corpus
    owed = []
    for coding in Codings(study.shelf.undecided(used), corpus, used):
        if coder not in {None, coding.coder}:
            continue
        found = lineage.carry(coding.grid, coding.code, used.version)
        owed.append(
            Owed(
                coding.id.hex[-SHOWN_ID:],
                coding,
                corpus[coding.segment.source].path,
                corpus.quote(coding.segment),
                found.changes,
                found.candidates,
            )
        )
    return tuple(
        sorted(owed, key=lambda one: (one.coding.coder, one.path, one.coding.segment, one.id))
    )


def grid_recode(study: Study, ids: Sequence[str], code: str, *, coder: str) -> int:
    """Give codings read again their code (see :meth:`Study.grid_recode`)."""
    owed = grid_debt(study)
    named = {one.coding.id: one.coding for one in (_one(owed, key) for key in ids)}
    return len(recode(study, named.values(), code, coder=coder))


def _one(owed: tuple[Owed, ...], key: str) -> Owed:
    found = [one for one in owed if key and one.coding.id.hex.endswith(key.casefold())]
    if len(found) != 1:
        raise NotFound(
            _("Several codings to be read again have an id that ends in {id}.").format(id=key)
            if found
            else _("No coding to be read again has the id “{id}”.").format(id=key),
            remedy=_("“cpit grid debt” lists them."),
        )
    return found[0]
