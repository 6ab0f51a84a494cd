"""Crossing codes with kinds of visits and with notes, searching, showing: beside bare libraries."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import numpy as np
from place import Place
from stopwatch import Row, compare

import cpit_research as cpit
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus


def measure_crosstab(place: Place) -> Iterator[Row]:
    """Count codings by code and visit kind, then by code and note."""
    study = cpit.open_study(place.study)
    codings, corpus = study.codings(), study.corpus
    n = len(codings)
    database = sqlite3.connect(study.folder / "data" / "study.sqlite")
    database.execute("CREATE TEMP TABLE met (version TEXT PRIMARY KEY, visit_kind TEXT)")
    kinds = {}
    for source in corpus:
        visit = corpus.visit(source)
        kinds[source.id] = visit.kind if visit else ""
        database.execute("INSERT INTO met VALUES (?, ?)", (source.version, kinds[source.id]))
    order = sorted(set(kinds.values()))
    kind = np.array([order.index(kinds[key]) for key in codings.columns.source.names])
    code, note = codings.columns.code.rows, codings.columns.source.rows
    by_kind = "SELECT code, visit_kind, count(*) FROM event JOIN met USING (version) GROUP BY 1, 2"
    by_note = "SELECT code, version, count(*) FROM event GROUP BY 1, 2"

    def anew() -> Codings:
        return Codings(codings.columns, Corpus(corpus.sources, corpus.register), codings.grid)

    yield compare(
        "crosstab, code by kind of visit", n, "codings",
        lambda: cpit.analysis.crosstab(anew(), columns="visit_kind"),
        {
            "sqlite3": lambda: database.execute(by_kind).fetchall(),
            "numpy": lambda: np.bincount(code * len(order) + kind[note]),
        },
        aim="3 x",
    )  # fmt: skip
    yield compare(
        "crosstab, code by note", n, "codings",
        lambda: cpit.analysis.crosstab(anew(), columns="source"),
        {
            "sqlite3": lambda: database.execute(by_note).fetchall(),
            "numpy": lambda: np.bincount(code.astype(np.int64) * place.size + note),
        },
        aim="3 x",
    )  # fmt: skip
    study.close()


def measure_search(place: Place) -> Iterator[Row]:
    """Search a word whatever its accents and case: beside a bare pattern that folds only case."""
    study = cpit.open_study(place.study)
    corpus = study.corpus
    texts = [source.text for source in corpus]
    characters = sum(map(len, texts))
    pattern = re.compile("sécheresse", re.IGNORECASE)
    yield compare(
        "search « secheresse »", characters, "characters",
        lambda: cpit.analysis.search(corpus, "secheresse"),
        {"re": lambda: [match.span() for text in texts for match in pattern.finditer(text)]},
        aim="3 x",
    )  # fmt: skip
    study.close()


def measure_shown(place: Place) -> Iterator[Row]:
    """Show codings and their quotations as a notebook does: beside the first rows by pandas."""
    study = cpit.open_study(place.study)
    codings, corpus = study.codings(), study.corpus
    quoted = cpit.analysis.quotations(codings)
    frame = quoted.table.head(200)

    def anew() -> Codings:
        return Codings(codings.columns, corpus, codings.grid)

    yield compare(
        "shown in a notebook, codings", len(codings), "codings",
        lambda: anew()._repr_html_(),
        {"counts": codings.columns.code.counts},
    )  # fmt: skip
    yield compare(
        "shown in a notebook, quotations", len(codings), "codings",
        quoted._repr_html_,
        {"pandas": frame.to_html},
    )  # fmt: skip
    study.close()
