"""Agreement of two coders on every code, sentence by sentence: beside numpy and scikit-learn."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from random import Random
from uuid import UUID

import numpy as np
from field import CODES, CODINGS
from place import Place
from sklearn.metrics import cohen_kappa_score
from stopwatch import Row, compare, once

import cpit_research as cpit
from cpit_research.agreement.units import unit_ranges
from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns, Words
from cpit_research.corpus.corpus import Corpus
from cpit_research.language import sentences
from cpit_research.model.grid import Grid

_SEED = 20190704


def measure(place: Place) -> Iterator[Row]:
    """Tell kappa for every code, with the other coefficients and the interval.

    The first time cuts the texts; the second, other codings on the same texts, places them; then
    the same codings are asked again, as for another coefficient.
    """
    study = cpit.open_study(place.study)
    corpus = study.corpus
    codings = _double_coded(corpus, study.grid())
    n = len(codings)

    def anew() -> Codings:
        return Codings(codings.columns, Corpus(corpus.sources, corpus.register), codings.grid)

    cold = once(lambda: cpit.agreement.kappa(anew()))
    cut = once(lambda: [sentences(source.text, source.structure) for source in corpus])
    yield Row("agreement by sentence, first time", n, "codings", cold, {"sentences alone": cut})
    tables = _tables(codings)
    cpit.agreement.kappa(codings)
    other = codings.where(coder=None)
    other.fingerprint  # what every result says of them, measured elsewhere
    yield Row(
        "agreement by sentence, other codings", n, "codings",
        once(lambda: cpit.agreement.kappa(other)),
        {"numpy": once(lambda: _numpy(*tables))}, aim="1 x",
    )  # fmt: skip
    for unit in ("sentence", "span"):
        cpit.agreement.kappa(codings, unit=unit)
        limits = {"numpy": lambda: _numpy(*tables), "scikit-learn": lambda: _sklearn(*tables)}
        yield compare(
            f"agreement by {unit}, {CODES} codes", n, "codings",
            lambda unit=unit: cpit.agreement.kappa(codings, unit=unit),
            limits if unit == "sentence" else {},
            aim="1 x",
        )  # fmt: skip
    yield compare("disputes", n, "codings", lambda: cpit.agreement.disputes(codings))
    study.close()


def _double_coded(corpus: Corpus, grid: Grid) -> Codings:
    """Draw what two coders mark: the second sees most of what the first does, and as much else."""
    draw = Random(_SEED)
    codes = [code.id for code in grid.leaves()][:CODES]
    rows = []
    for source in corpus:
        for _coding in range(CODINGS):
            size = draw.randint(20, 300)
            start = draw.randrange(max(1, len(source.text) - size))
            code = draw.choice(codes)
            rows.append((source, start, start + size, code, "claire"))
            if draw.random() < 0.7:
                moved = max(0, start + draw.randint(-20, 20))
            else:
                moved, code = draw.randrange(max(1, len(source.text) - size)), draw.choice(codes)
            rows.append((source, moved, moved + size, code, "yann"))
    sources, starts, ends, marked, coders = zip(*rows, strict=True)
    ids = np.empty(len(rows), object)
    ids[:] = [UUID(int=rank + 1).bytes for rank in range(len(rows))]
    columns = CodingColumns(
        ids, Words.of([one.id for one in sources]), Words.of([one.version for one in sources]),
        np.array(starts), np.array(ends), Words.of(marked), Words.of(coders),
        Words.of([grid.version] * len(rows)),
    )  # fmt: skip
    return Codings(columns, corpus, grid)


def _tables(codings: Codings) -> tuple[np.ndarray, ...]:
    """Return what the peers start from: all units and codings, the notes put end to end."""
    columns = codings.columns
    texts = [codings.corpus[name] for name in columns.source.names]
    base = np.cumsum([0, *(len(source.text) + 1 for source in texts)])
    units = np.concatenate([
        unit_ranges(source, "sentence") + start
        for source, start in zip(texts, base, strict=False)
    ])  # fmt: skip
    shift = base[columns.source.rows]
    places = columns.start + shift, columns.end + shift
    return *units.T, *places, columns.code.rows, columns.coder.rows


def _marked(*tables: np.ndarray) -> Iterator[list[np.ndarray]]:
    """Yield, code by code, whether each coder touched each unit."""
    starts, ends, begin, finish, code, coder = tables
    first = np.searchsorted(ends, begin, side="right")
    last = np.searchsorted(starts, finish, side="left")
    for rank in range(int(code.max()) + 1):
        both = []
        for who in range(2):
            rows = np.flatnonzero((code == rank) & (coder == who))
            edges = np.zeros(len(starts) + 1, np.int64)
            np.add.at(edges, first[rows], 1)
            np.add.at(edges, last[rows], -1)
            both.append(np.cumsum(edges[:-1]) > 0)
        yield both


def _numpy(*tables: np.ndarray) -> list[float]:
    told = []
    for one, two in _marked(*tables):
        agreed, first, second = (one == two).mean(), one.mean(), two.mean()
        by_chance = first * second + (1 - first) * (1 - second)
        told.append((agreed - by_chance) / (1 - by_chance))
    return told


def _sklearn(*tables: np.ndarray) -> list[float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [cohen_kappa_score(one, two) for one, two in _marked(*tables)]
