"""Coding apart: what another coder of a round does is in no answer, not even as a number."""

import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
import pytest
from keeping.small_studies import NOTE, marks
from workbench.test_desk import act, passage

from cpit_research.errors import CpitError
from cpit_research.model.segment import Segment
from cpit_research.study.rounds.adjudicate import undo_all
from cpit_research.study.study import Study
from cpit_research.study.writing import writing
from cpit_research.workbench.calls import CALLS
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.server import streaming
from cpit_research.workbench.trouble import trouble_of

SECRET = "ce que yann pense de ce passage"


def everything_said(desk: Desk, mark: str | None = None) -> dict[str, Any]:
    """All that the calls which only read say to a coder."""
    source = desk.study.corpus.at(NOTE).id
    asked = {
        "hello": {}, "notes": {}, "codebook": {}, "search": {"words": "maire"},
        "passages": {"code": "S11", "others": True},
        "note": {"source": source, "coders": ["yann", "claire"]},
        "changes": {"since": mark, "coders": ["yann", "claire"]},
        "rounds": {}, "debt": {}, "suggestions": {}, "conflicts": {}, "corrections": {},
        "decisions": {"source": None}, "disputes": {"round": "tour-1"},
        "dispute.note": {"round": "tour-1", "source": source}, "lots.choices": {},
    }  # fmt: skip
    return {name: _said(desk, name, params) for name, params in asked.items()}


def _said(desk: Desk, name: str, params: dict[str, Any]) -> Any:
    """Return an answer, or the refusal: it may say too much as well."""
    try:
        return desk.handle(name, params)
    except CpitError as error:
        return trouble_of(error)


@pytest.fixture
def desks(study: Study) -> tuple[Desk, Desk]:
    """The desks of two coders of a round on every note."""
    study.round_open(["claire", "yann"], coder="claire", sample=3, name="tour-1")
    return Desk(study, coder="claire"), Desk(study, coder="yann")


def work(desk: Desk) -> None:
    """Do one of each thing that a coder can do on a note."""
    source = desk.study.corpus.at(NOTE)
    put = act(desk, "apply", code="S11", **passage(desk, 300, 340))
    desk.handle("perform", {"acts": [
        put,
        act(desk, "memo", words=SECRET, memo_kind=None, **passage(desk, 310, 330)),
        act(desk, "propose", name=SECRET, words=SECRET, **passage(desk, 310, 330)),
        act(desk, "read", source=source.id, through=340, finished=True),
        act(desk, "episode", source=source.id, codings=[put["id"]], principal=None, actors=[],
            posture="", facets={}, label=SECRET, words=SECRET, same_as=[]),
    ]})  # fmt: skip


def test_what_another_coder_of_the_round_does_changes_no_answer(desks):
    claire, yann = desks
    before = everything_said(claire)
    mark = before["changes"]["mark"]
    work(yann)
    yann.study.code_all(marks(yann.study, 40)[30:], coder="yann")
    after = everything_said(claire)
    del before["changes"], after["changes"]  # a first mark is a word that tells nothing
    assert after == before
    said = json.dumps(everything_said(claire, mark))
    assert SECRET not in said
    assert '"coder": "yann"' not in said
    changes = claire.handle("changes", {"since": mark})
    assert changes == {"mark": mark, "events": [], "notes": [], "decided": False, "reset": False}


def test_a_page_that_listens_hears_nothing_of_it(desks, monkeypatch):
    claire, yann = desks
    monkeypatch.setattr(streaming, "LOOK", 0.01)
    watch = streaming.Watch(claire)

    async def heard() -> list[str]:
        said = [one async for one in _until(watch.told(None, ["yann"]), lambda one: "data" in one)]
        mark = said[-1].partition("id: ")[2].partition("\n")[0]
        work(yann)
        again = watch.told(mark, ["yann"])
        await anext(again)  # how long to wait before listening again
        with anyio.move_on_after(0.3):
            return [await anext(again)]
        return []

    assert anyio.run(heard) == []


def test_a_round_that_starts_while_a_page_listens_ends_what_it_hears(study):
    claire, yann = Desk(study, coder="claire"), Desk(study, coder="yann")
    watch, heard = streaming.Watch(claire), ""

    def told() -> dict[str, Any]:
        """What one more look at the study says to a page that shows yann's work."""
        nonlocal heard
        _counter, found = watch._look(None, heard or None, ["yann"])
        is_new, heard = found["mark"] != heard, found["mark"]
        return found if is_new else {}

    def coders() -> set[str]:
        found = told()
        assert not found["reset"]
        return {event["coder"] for event in found["events"]}

    def go_on(at: int) -> None:
        study.code_all(marks(study, at + 10)[at:], coder="yann")

    assert told()["reset"]
    work(yann)
    assert coders() == {"yann"}
    study.round_open(["claire", "yann"], coder="claire", sample=3, name="tour-1")
    begun = told()
    assert (begun["reset"], begun["events"], begun["notes"]) == (True, [], [])
    go_on(40)
    work(yann)
    assert told() == {}
    work(claire)
    assert coders() == {"claire"}
    study.round_finish("tour-1", coder="yann")
    go_on(50)
    assert told() == {}
    study.round_finish("tour-1", coder="claire")
    assert told()["reset"]
    go_on(60)
    assert coders() == {"yann"}


def test_a_decision_is_told_to_those_whose_codings_it_is_about_and_that_no_round_hides(study):
    desks = [Desk(study, coder=coder) for coder in ("claire", "yann")]
    place = Segment(study.corpus.at(NOTE).id, 300, 340)
    of = {desk.coder: study.code(place, "S12", coder=desk.coder) for desk in desks}

    def told(marks: dict[str, str]) -> set[str]:
        found = {d.coder: d.handle("changes", {"since": marks[d.coder]}) for d in desks}
        return {coder for coder, one in found.items() if one["decided"]}

    def marked() -> dict[str, str]:
        return {d.coder: d.handle("changes", {"since": None})["mark"] for d in desks}

    def decide(coders: set[str], code: str | None) -> tuple[set[str], set[str]]:
        """Decide of codings, then take it back; return who is told each time."""
        before = marked()
        about = [of[coder] for coder in sorted(coders)]
        made = study.adjudicate(about, code=code, reason="slip", why="Vu.", coder="marc")
        heard, after = told(before), marked()
        assert told(after) == set()
        with writing(study) as connection:
            undo_all(study, connection, [made], coder="marc")
        return heard, told(after)

    for coders in ({"claire"}, {"yann"}, {"claire", "yann"}):
        for code in ("S11", None):
            assert decide(coders, code) == (coders, coders)
    study.round_open(["claire", "yann"], coder="claire", sample=3, name="tour-1")
    for code in ("S11", None):
        assert decide({"claire"}, code) == ({"claire"}, {"claire"})
        assert decide({"yann"}, code) == ({"yann"}, {"yann"})
        assert decide({"claire", "yann"}, code) == (set(), set())


async def _until(words: AsyncIterator[str], enough: Callable[[str], bool]) -> AsyncIterator[str]:
    async for one in words:
        yield one
        if enough(one):
            return


def test_the_note_says_whose_work_is_not_sent(desks):
    claire, yann = desks
    for desk, other in ((claire, "yann"), (yann, "claire")):
        note = desk.handle("note", {"source": desk.study.corpus.at(NOTE).id, "coders": [other]})
        assert note["blind"] == {"round": "tour-1", "coders": [other]}
        assert note["others"] == []
        assert {event["coder"] for event in note["events"]} == {desk.coder}
        assert note["round"] == "tour-1"


def test_nobody_acts_on_what_is_hidden_nor_learns_that_it_is_there(desks):
    claire, yann = desks
    put = act(yann, "apply", code="S11", **passage(yann, 300, 340))
    yann.handle("perform", {"acts": [put]})
    nowhere = act(claire, "retract")
    troubles = []
    for subject in (put["id"], nowhere["id"]):
        stated = act(claire, "retract") | {"subject": subject}
        (done,) = claire.handle("perform", {"acts": [stated]})
        troubles.append({**done["refused"], "error": done["refused"]["error"].partition(" id ")[0]})
    assert troubles[0] == troubles[1]


def test_the_end_of_an_id_finds_no_correction_that_is_hidden(desks):
    claire, yann = desks
    source = yann.study.corpus.at(NOTE)
    word = re.compile(r"\w{4,}").search(source.text, 400)
    made = yann.study.correct(Segment(source.id, *word.span()), SECRET.split()[1], coder="yann")
    troubles = []
    for id in (str(made.id), made.id.hex[-1], "f" * 32):
        for name, more in (("accept", {}), ("undo", {}), ("decline", {"reason": "non"})):
            with pytest.raises(CpitError) as caught:
                claire.handle(f"corrections.{name}", {"id": id, **more})
            troubles.append(trouble_of(caught.value))
    assert all(trouble == troubles[0] for trouble in troubles)


def test_the_lot_of_another_coder_is_prepared_without_counting_her_work(desks):
    claire, yann = desks
    told = claire.handle("lots.prepare", {"coder": "yann"})
    work(yann)
    again = claire.handle("lots.prepare", {"coder": "yann"})
    assert {**told, "file": ""} == {**again, "file": ""}
    assert claire.handle("lots.prepare", {"coder": "claire"})["events"] > 0


def test_once_both_have_finished_each_sees_the_other(desks):
    claire, yann = desks
    work(yann)
    for desk in desks:
        desk.study.round_finish("tour-1", coder=desk.coder)
    note = claire.handle("note", {"source": claire.study.corpus.at(NOTE).id, "coders": ["yann"]})
    assert note["blind"] is None
    assert note["others"] == ["yann"]
    assert SECRET in json.dumps(note)
    passages = claire.handle("passages", {"code": "S11", "others": True})
    assert "yann" in {hit["coder"] for hit in passages["hits"]}


def test_the_calls_that_only_read_are_all_tried(desks):
    """A new call is put here, or among those tried above."""
    asks = re.compile(r"home\b.*|identify|perform|lots\.(?!choices).*|corrections\.\w+")
    changes = re.compile(r"(round|dispute|conflict|debt)\.(?!note)\w+")
    untried = {one for one in CALLS if not asks.fullmatch(one) and not changes.fullmatch(one)}
    assert untried == everything_said(desks[0]).keys()
