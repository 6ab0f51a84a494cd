"""The documents of a corpus, one a row."""

from __future__ import annotations

from typing import Final

import pandas as pd

from cpit_research.corpus.corpus import Corpus
from cpit_research.results.provenance import provenance
from cpit_research.results.result import Result
from cpit_research.wording import gettext as _

_COLUMNS: Final = [
    "source", "kind", "visit", "visit_kind", "date", "territory", "words", "turns", "reader",
]  # fmt: skip


def inventory(corpus: Corpus) -> Result:
    """List the documents of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The documents.

    Returns
    -------
    Result
        Indexed by source id: ``source`` (path), ``kind``, ``visit``, ``visit_kind``, ``date``
        (empty when unknown), ``territory`` (ids), ``words``, ``turns``, ``reader``.
    """
    rows = []
    for source in corpus:
        visit = corpus.visit(source)
        rows.append(
            {
                "source": source.path,
                "kind": source.kind,
                "visit": visit.id if visit else "",
                "visit_kind": visit.kind if visit else "unknown",
                "date": visit.day.isoformat() if visit and visit.day else "",
                "territory": "; ".join(visit.territories) if visit else "",
                "words": source.words,
                "turns": len(source.structure.turns),
                "reader": source.reader,
            }
        )
    index = pd.Index([source.id for source in corpus], name="id")
    return Result(
        title=_("Documents"),
        table=pd.DataFrame(rows, columns=_COLUMNS, index=index),
        counts="source",
        method=_("Every document in its newest text version."),
        provenance=provenance(corpus),
    )
