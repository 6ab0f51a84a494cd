"""What every test may count on: no window, no language or table of the person who runs them."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from cpit_research.corpus.codings import Codings
from cpit_research.corpus.columns import CodingColumns, Words
from cpit_research.corpus.corpus import Corpus
from cpit_research.model.coding import Coding
from cpit_research.model.episode import Episode
from cpit_research.model.grid import Code, Grid
from cpit_research.model.register import (
    VISIT_KINDS,
    VISIT_STATES,
    Participant,
    Register,
    Territory,
    Visit,
)
from cpit_research.model.segment import Segment
from cpit_research.model.source import SOURCE_KINDS, Source
from cpit_research.model.structure import Structure
from cpit_research.wording import use_language

ROOT = Path(__file__).parent.parent

os.environ["MPLBACKEND"] = "Agg"
for variable in ("CPIT_LANG", "CPIT_TABLE", "CPIT_TABLE_KEY", "CPIT_TABLE_FD"):
    os.environ.pop(variable, None)

# A study waits for the disk at each act. Where a folder is held in memory and has room, `tmp_path`
# is there and waits for nothing; what a killed program leaves stays all the same.
DISK, MEMORY, ROOM = tempfile.gettempdir(), Path("/dev/shm"), 4 << 30
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# Drawn anew at each run, but where a chance failure would fall on somebody else's change.
for name, times, alike in (
    ("quick", 10, True),
    ("default", 30, "CI" in os.environ),
    ("exhaustive", 300, "CI" in os.environ),
):
    settings.register_profile(name, max_examples=times, deadline=None, derandomize=alike)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="module")
def in_english() -> Iterator[None]:
    """Read sentences as they are written in the code."""
    with use_language("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_s_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the workbench out of the folder of the person who runs the tests."""
    os.environ["CPIT_DATA"] = str(tmp_path_factory.mktemp("person"))


@pytest.fixture(scope="session", autouse=True)
def _nothing_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test leave what a workbench received in the system's temporary folder."""
    before, own = tempfile.tempdir, tmp_path_factory.mktemp("temp")
    tempfile.tempdir = str(own)
    yield
    tempfile.tempdir = before
    assert not list(own.glob("cpit-*")), "a workbench was not closed"


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def disk() -> Iterator[Path]:
    """A temporary folder of the disk, where a transaction lasts as long as for a person."""
    with tempfile.TemporaryDirectory(prefix="cpit-disk-", dir=DISK) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def draft_grid() -> bytes:
    """The first version of the illustrative grid, as it was before its release."""
    released = (ROOT / "grids" / "v1.yaml").read_bytes()
    unmarked = re.sub(rb"(?m)^fingerprint: .*\n", b"", released)
    return unmarked.replace(b"\nstatus: released", b"\nstatus: draft", 1)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration, run from the files received to the exports: never change it."""
    from cpit_research.study.demo import demo

    return demo(tmp_path_factory.mktemp("demonstration") / "study").folder


@pytest.fixture(scope="session")
def codings_of() -> Callable[..., Codings]:
    """Put a list of codings in columns, with their texts and their grid."""
    return _in_columns


@pytest.fixture(scope="session")
def drawn_codings() -> st.SearchStrategy[Codings]:
    """Small studies drawn by chance: visits of every kind or none, codings that overlap."""
    return _drawn_codings()


@pytest.fixture(scope="session")
def grouped_codings() -> st.SearchStrategy[Codings]:
    """The same, each coder's codings of a note put in episodes by chance, or left alone."""
    return st.builds(_in_episodes, _drawn_codings(), st.integers(0, 2**32))


def _in_episodes(codings: Codings, seed: int) -> Codings:
    chance = Random(seed)
    hands: dict[tuple[str, str, int], list[UUID]] = {}
    for coding in codings:
        rank = chance.randint(0, 3)
        if rank:
            hands.setdefault((coding.segment.source, coding.coder, rank), []).append(coding.id)
    episodes = []
    for (source, coder, _rank), ids in hands.items():
        facets = {name: chance.choice("xy") for name in ("phase", "voice") if chance.randint(0, 1)}
        key = UUID(int=chance.getrandbits(128))
        episodes.append(Episode(key, source, coder, "v1", tuple(ids), facets=facets))
    columns = codings.columns.grouped(episodes)
    return Codings(columns, codings.corpus, codings.grid, codings.left_out)


def _in_columns(listed: list[Coding], corpus: Corpus, grid: Grid, **rest: object) -> Codings:
    columns = CodingColumns(
        np.fromiter((coding.id.bytes for coding in listed), object, len(listed)),
        Words.of([coding.segment.source for coding in listed]),
        Words.of([coding.version for coding in listed]),
        np.array([coding.segment.start for coding in listed], np.int64),
        np.array([coding.segment.end for coding in listed], np.int64),
        *(Words.of([getattr(c, name) for c in listed]) for name in ("code", "coder", "grid")),
        {coding.id.bytes: coding.facets for coding in listed if coding.facets},
    )
    return Codings(columns, corpus, grid, **rest)


def _drawn_codings() -> st.SearchStrategy[Codings]:
    # Seeds: thousands of small draws would take longer than what is tested.
    return st.builds(_by_chance, st.integers(0, 2**32), st.integers(0, 25))


def _by_chance(seed: int, size: int) -> Codings:
    chance = Random(seed)

    def some(*names: str) -> tuple[str, ...]:
        return tuple(chance.sample(names, chance.randint(0, 2)))

    visits = [
        Visit(
            f"V{n}", chance.choice(VISIT_KINDS), chance.choice(VISIT_STATES),
            territories=some("T1", "T2", "T3"), participants=some("P1", "P2", "P3"),
        )
        for n in range(chance.randint(1, 4))
    ]  # fmt: skip
    register = Register(
        tuple(Territory(f"T{n}", "commune", setting=("", "rural")[n > 1]) for n in (1, 2)),
        tuple(Participant(f"P{n}", "T1", "maire") for n in (1, 2, 3)),
        visits=tuple(visits),
    )
    met = [None, "V9", *(visit.id for visit in visits)]
    corpus = Corpus(
        [
            Source(
                f"s{n}", f"v{n}", f"dossier/note {n}.md", chance.choice(SOURCE_KINDS),
                "".join(chance.choices("aé🌾 ", k=12)), Structure(), "", "md/1", chance.choice(met),
            )
            for n in range(chance.randint(1, 4))
        ],
        register,
    )  # fmt: skip
    codes = ("F1", ""), ("S1", "F1"), ("S2", "F1"), ("F2", ""), ("S3", "F2"), ("S4", "")
    grid = Grid("g", "v1", codes=tuple(Code(key, key.lower(), parent=up) for key, up in codes))
    coders = "abc"[: chance.randint(1, 3)]
    listed = []
    for _rank in range(size):
        start, end = sorted(chance.sample(range(13), 2))
        source = chance.choice(corpus.sources)
        facets = {name: chance.choice("xy") for name in some("phase", "voice")}
        listed.append(
            Coding(
                UUID(int=chance.getrandbits(128)), Segment(source.id, start, end), source.version,
                chance.choice(["S1", "S2", "S3", "S4"]), chance.choice(coders), "v1", facets,
            )
        )  # fmt: skip
    return _in_columns(listed, corpus, grid)
