"""What is followed as the record grows is what is read whole, whatever happens and who writes."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keeping.replicas import act, ancestor, copy_of, live, merged, occasion

from cpit_research.study import gathering
from cpit_research.study.study import Study

KINDS = (
    "code", "recode", "retract", "unretract", "resize", "restate", "episode", "dissolve", "decide",
    "undo", "open", "finish", "resume", "close", "reopen", "read", "memo", "suggest", "accept",
    "reject", "unanswer", "mend",
)  # fmt: skip


def columns(held):
    """All that columns hold, in their order."""
    words = (held.source, held.version, held.code, held.coder, held.grid)
    numbers = (held.start, held.end, held.episode, held.decided, held.judged)
    return (
        held.ids.tolist(),
        [(column.names, column.rows.tolist()) for column in words],
        [None if column is None else column.tolist() for column in numbers],
        held.episodes,
        held.facets,
    )


def told(study):
    codings = study.codings()
    return (
        columns(codings.columns),
        codings.left_out,
        codings.readers,
        codings.owed,
        columns(study.shelf.undecided()),
        codings.fingerprint,
        np.asarray(codings.where(settled=True).columns.ids).tolist(),
    )


def told_anew(folder):
    with Study(folder) as study:
        return told(study)


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beginnings")
    return [ancestor(folder / str(seed), seed) for seed in range(4)]


@settings(max_examples=50)
@given(
    most=st.sampled_from((2_000, 2_000, 1)),
    seed=st.integers(0, 2**32),
    steps=st.lists(st.tuples(st.sampled_from(KINDS), st.booleans(), st.booleans()), max_size=12),
)
def test_codings_followed_are_those_read_anew(beginnings, tmp_path_factory, most, seed, steps):
    folder = copy_of(beginnings[seed % 4], tmp_path_factory.mktemp("followed") / "study")
    chance = Random(seed)
    with (
        pytest.MonkeyPatch.context() as patch,
        Study(folder, occasion=occasion(1)) as study,
        Study(folder, occasion=occasion(2)) as other,
    ):
        patch.setattr(gathering, "_MOST", most)
        told(study)
        for kind, here, looked in steps:
            act(study if here else other, chance, kind)
            if looked:
                assert told(study) == told_anew(folder)
        assert told(study) == told_anew(folder)


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32))
def test_codings_are_followed_through_what_another_copy_brings(beginnings, tmp_path_factory, seed):
    place = tmp_path_factory.mktemp("merged")
    here = copy_of(beginnings[seed % 4], place / "here")
    there = copy_of(beginnings[seed % 4], place / "there")
    live(here, 1, seed, 6)
    live(there, 2, seed + 1, 6)
    with Study(here) as study:
        told(study)
        merged(here, [there])
        assert told(study) == told_anew(here)
