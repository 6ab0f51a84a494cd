"""A desk that follows what happens answers as a desk just opened; a search holds nobody up."""

import threading
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from keeping.replicas import CODERS, act, ancestor, copy_of, occasion

from cpit_research.study.study import Study
from cpit_research.text import folding
from cpit_research.workbench.calls import search
from cpit_research.workbench.desk import Desk

KINDS = (
    "code", "recode", "retract", "unretract", "resize", "decide", "undo", "open", "finish", "close",
    "reopen", "cancel", "memo", "suggest", "suggest", "accept", "accept", "reject", "reject",
    "unanswer", "mend", "read", "propose",
)  # fmt: skip
CALLS = ("notes", "suggestions", "decisions", "debt")


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beginnings")
    return [ancestor(folder / str(seed), seed) for seed in range(4)]


def answers(desk):
    return {name: desk.handle(name, {}) for name in CALLS}


def answers_anew(folder, coder):
    with Study(folder) as study:
        return answers(Desk(study, coder=coder))


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32),
    coder=st.sampled_from(CODERS),
    steps=st.lists(st.tuples(st.sampled_from(KINDS), st.booleans(), st.booleans()), max_size=10),
)
# Two who suggest the same, on words carried since to a corrected text, are two still.
@example(seed=268, coder="claire", steps=[("suggest", False, False), ("mend", False, True)])
def test_a_desk_in_use_answers_as_one_just_opened(beginnings, tmp_path_factory, seed, coder, steps):
    folder = copy_of(beginnings[seed % 4], tmp_path_factory.mktemp("desk") / "study")
    chance = Random(seed)
    with (
        Study(folder, occasion=occasion(1)) as study,
        Study(folder, occasion=occasion(2)) as other,
    ):
        desk = Desk(study, coder=coder)
        answers(desk)
        for kind, here, looked in steps:
            act(study if here else other, chance, kind)
            if looked:
                assert answers(desk) == answers_anew(folder, coder)
        assert answers(desk) == answers_anew(folder, coder)


class Halted:
    """A pattern that finds nothing until it is let go."""

    def __init__(self):
        self.begun, self.let_go = threading.Event(), threading.Event()

    def finditer(self, text):
        self.begun.set()
        assert self.let_go.wait(60)
        return folding.fold_pattern("projet").finditer(text)

    findall = finditer


def test_a_search_under_way_holds_up_nobody_who_codes(beginnings, tmp_path, monkeypatch):
    pattern, found = Halted(), []
    monkeypatch.setattr(search, "fold_pattern", lambda _words, **_how: pattern)
    with Study(copy_of(beginnings[0], tmp_path / "study"), occasion=occasion(1)) as study:
        desk = Desk(study, coder="claire")
        seeking = threading.Thread(
            target=lambda: found.append(desk.handle("search", {"words": "projet"}))
        )
        seeking.start()
        try:
            assert pattern.begun.wait(60)
            source = study.corpus.sources[0]
            done = threading.Event()

            def read():
                desk.handle("note", {"source": source.id})
                done.set()

            threading.Thread(target=read).start()
            assert done.wait(60)
            assert not found
        finally:
            pattern.let_go.set()
            seeking.join()
        assert found == [desk.handle("search", {"words": "projet"})]
