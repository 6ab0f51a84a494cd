"""Ratings of the references, and notes that two coders or more have read."""

import csv
from collections.abc import Callable

import numpy as np
import pytest
from double_coded import GRID, by_chance, note
from hypothesis import strategies as st

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.coding import Coding
from cpit_research.model.grid import Grid


@pytest.fixture(scope="session")
def coded(codings_of) -> Callable[..., Codings]:
    """Put codings on texts."""

    def made(texts: list[str], listed: list[Coding], grid: Grid = GRID) -> Codings:
        corpus = Corpus([note(at, text) for at, text in enumerate(texts)])
        return codings_of(listed, corpus, grid)

    return made


@pytest.fixture(scope="session")
def two_coders(codings_of) -> st.SearchStrategy[Codings]:
    """Studies of two coders, some notes read by one or none."""
    return st.builds(
        lambda seed, notes: by_chance(codings_of, seed, "ab", notes),
        st.integers(0, 2**32),
        st.integers(1, 12),
    )


@pytest.fixture(scope="session")
def several_coders(codings_of) -> st.SearchStrategy[Codings]:
    """Studies of two to four coders, each having read some notes."""
    return st.builds(
        lambda seed, coders, notes: by_chance(codings_of, seed, "abcd"[:coders], notes),
        st.integers(0, 2**32),
        st.integers(2, 4),
        st.integers(1, 12),
    )


@pytest.fixture
def reference(root):
    """Return the rows of a file of tests/reference/agreement, without its head."""

    def read(name):
        path = root / "tests" / "reference" / "agreement" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def ratings_of(reference):
    """Return the ratings of a reference, shape (n_coders, n_units): numbers, else words."""

    def read(name):
        if name == "cac.ben.gerry[Ben,Gerry]":
            return [list("aabbdcccedda"), [*"babbbccce", None, *"dd"]]
        name, _, only_raters = name.partition("[")
        rows = [
            [
                cell.strip() or None
                for column, cell in row.items()
                if column not in ("Group", "Units")
            ]
            for row in reference(name)
        ]
        if not only_raters:
            return np.array(rows, float).T
        return [list(coder) for coder in zip(*rows, strict=True)]

    return read
