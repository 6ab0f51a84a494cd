"""How far the campaign is: the panel planned against what was done, received and coded."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.register import VISIT_KINDS, Register
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.wording import gettext as _
from cpit_research.wording import ngettext
from cpit_research.wording.vocabulary import name_of


def coverage(corpus: Corpus, register: Register, codings: Codings | None = None) -> Result:
    """Hold the panel planned against visits made, ingested and coded.

    Parameters
    ----------
    corpus : Corpus
        The documents received.
    register : Register
        The visits planned; a cancelled one is not.
    codings : Codings, optional
        What was coded; the last column is zero without them.

    Returns
    -------
    Result
        One row a kind of visit of the register, and a total; columns ``name``, ``planned``,
        ``made``, ``ingested`` (visits with a document), ``coded`` (visits with a coding).
        A document tied to no visit is told in a note, never counted.
    """
    received = {source.visit for source in corpus}
    coded_sources: set[str] = set()
    if codings is not None:
        used = set(codings.columns.source.rows.tolist())
        coded_sources = {name for at, name in enumerate(codings.columns.source.names) if at in used}
    coded = {source.visit for source in corpus if source.id in coded_sources}
    rows: dict[str, list[Any]] = {}
    for kind in VISIT_KINDS:
        visits = [v for v in register.visits if v.kind == kind and v.state != "cancelled"]
        if visits:
            rows[kind] = [
                name_of(kind),
                len(visits),
                sum(visit.state == "made" for visit in visits),
                sum(visit.id in received for visit in visits),
                sum(visit.id in coded for visit in visits),
            ]
    names = ["planned", "made", "ingested", "coded"]
    sums = [sum(int(row[at]) for row in rows.values()) for at in range(1, len(names) + 1)]
    rows["total"] = [_("Total"), *sums]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["name", *names])
    table.index.name = "kind"
    return Result(
        title=_("Visits planned, made, received and coded"),
        table=table,
        counts="visit",
        method=_(
            "Visits of the register, by kind. A visit is received when one of its documents is in "
            "the study, coded when one of them bears a coding."
        ),
        notes=_notes(corpus, register),
        provenance=provenance(corpus, codings),
    )


def _notes(corpus: Corpus, register: Register) -> tuple[str, ...]:
    known = {visit.id for visit in register.visits}
    lost = sum(source.visit not in known for source in corpus)
    early = sorted(
        {s.visit for s in corpus if s.visit}
        & {visit.id for visit in register.visits if visit.state != "made"}
    )
    notes = []
    if lost:
        notes.append(
            ngettext(
                "{n} document is tied to no visit of the register; it is not counted here.",
                "{n} documents are tied to no visit of the register; they are not counted here.",
                lost,
            ).format(n=lost)
        )
    if early:
        notes.append(
            _(
                "Documents are here for visits that the register does not call made: {visits}."
            ).format(visits=", ".join(early))
        )
    return tuple(notes)
