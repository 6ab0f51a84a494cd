"""Notes that two coders or more have read, coded by hand or by chance."""

from collections.abc import Callable

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
