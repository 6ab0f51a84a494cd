"""Rounds, adjudication, what is to be read again: what is answered, and to whom."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keeping.small_studies import marks

from cpit_research.errors import Conflict, CpitError, InvalidInput, NotFound
from cpit_research.model.segment import Segment
from cpit_research.study.opening import open_study
from cpit_research.study.rounds.disputes import round_disputes
from cpit_research.study.study import Study
from cpit_research.workbench.desk import Desk

CODERS = ("claire", "yann")
WHY = {"reason": "definition", "why": "La grille le dit."}


@pytest.fixture
def round_one(study: Study) -> str:
    """A round of the whole study, closed: claire and yann coded one note differently."""
    source = study.corpus.at("V04 exploratoire 2022-11-23.md")
    shared, code = marks(study, 1)[0]
    study.code(shared, code, coder="yann")  # an exact agreement
    start = shared.end + 400
    study.code(Segment(source.id, start, start + 90), "S11", coder="claire")
    study.code(Segment(source.id, start, start + 200), "S11", coder="yann")
    name = study.round_open(CODERS, coder="claire", sample=3, stratify=()).round.name
    for coder in CODERS:
        study.round_finish(name, coder=coder)
    study.round_close(name, coder="claire")
    return name


@pytest.fixture
def demonstration_copy(demonstration: Path, tmp_path: Path) -> Iterator[Study]:
    """A copy of the demonstration, that may be changed."""
    with open_study(shutil.copytree(demonstration, tmp_path / "copy")) as study:
        yield study


def words_of(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False)


def decide(desk: Desk, name: str, one: dict, draw: int) -> None:
    """Decide of a disagreement in one of the ways there are."""
    ways = ({"keep": "claire"}, {"keep": "yann"}, {}, {"code": "S21"})
    desk.handle("dispute.decide", {"round": name, "id": one["id"], **WHY, **ways[draw % len(ways)]})


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 7)), max_size=8))
def test_what_is_kept_from_one_decision_to_the_next_is_what_would_be_computed_anew(
    study, round_one, steps
):
    desk = Desk(study, coder="claire")
    for at, draw in steps:
        listed = desk.handle("disputes", {"round": round_one})["disagreements"]
        one = listed[at % len(listed)]
        if one["open"]:
            decide(desk, round_one, one, draw)
        elif draw % 2:
            desk.handle("dispute.undo", {"round": round_one, "id": one["id"]})
        else:  # somebody else does something meanwhile
            study.code(*marks(study, 40)[30 + draw], coder="ines")
    fresh = Desk(study, coder="claire").handle("disputes", {"round": round_one})
    assert desk.handle("disputes", {"round": round_one}) == fresh
    assert [one["open"] for one in fresh["disagreements"]] == [
        one.is_open for one in study.round_disputes(round_one)
    ]


@pytest.mark.parametrize("coder", CODERS)
def test_while_a_round_is_open_no_answer_to_its_coders_holds_what_another_of_them_did(
    study, round_one, coder
):
    desk, other = Desk(study, coder=coder), next(one for one in CODERS if one != coder)
    for one in desk.handle("disputes", {"round": round_one})["disagreements"][:2]:
        decide(desk, round_one, one, 1)
    study.round_open(CODERS, coder="claire", sample=3, stratify=())
    theirs = {str(one.id) for one in study.codings().where(coder=other, decided=False)}
    assert theirs
    source = study.corpus.at("V04 exploratoire 2022-11-23.md").id
    answers = [
        desk.handle(name, params)
        for name, params in {
            "rounds": {}, "disputes": {"round": round_one}, "decisions": {}, "debt": {},
            "suggestions": {}, "conflicts": {},
        }.items()
    ]  # fmt: skip
    said = words_of(answers)
    assert not [key for key in theirs if key in said]
    assert answers[1]["disagreements"] == []
    assert answers[1]["withheld"] > 0
    assert answers[2] == []
    with pytest.raises(NotFound):
        desk.handle("dispute.note", {"round": round_one, "source": source})
    hidden = next(iter(study.round_disputes(round_one)))
    with pytest.raises(NotFound):
        desk.handle("dispute.decide", {"round": round_one, "id": hidden.id, "keep": other, **WHY})


def test_who_takes_no_part_in_the_open_round_adjudicates_the_one_before(study, round_one):
    study.round_open(CODERS, coder="claire", sample=3, stratify=())
    found = Desk(study, coder="ines").handle("disputes", {"round": round_one})
    assert found["disagreements"]
    assert (found["withheld"], found["refused"]) == (0, None)


def test_an_open_round_has_neither_figures_nor_disagreements(study, round_one):
    name = study.round_open(CODERS, coder="claire", sample=3, stratify=()).round.name
    desk = Desk(study, coder="claire")
    opened, closed = desk.handle("rounds", {})
    assert (opened["name"], opened["figures"]) == (name, [])
    assert closed["figures"][-1]["id"] == "total"
    with pytest.raises(Conflict):
        desk.handle("disputes", {"round": name})


def test_a_trainee_reads_the_disagreements_and_is_told_why_she_decides_nothing(study, round_one):
    desk = Desk(study, coder="salome")
    found = desk.handle("disputes", {"round": round_one})
    assert "settle nothing" in found["refused"]
    with pytest.raises(InvalidInput, match="settle nothing"):
        decide(desk, round_one, found["disagreements"][0], 0)


def test_the_note_shows_agreements_as_settled_and_every_mark_of_its_coders(study, round_one):
    desk = Desk(study, coder="claire")
    source = study.corpus.at("V04 exploratoire 2022-11-23.md")
    note = desk.handle("dispute.note", {"round": round_one, "source": source.id})
    disputed = {
        mark["id"]: one["id"]
        for one in desk.handle("disputes", {"round": round_one})["disagreements"]
        for put in one["marks"].values()
        for mark in put
    }
    assert {mark["id"]: mark["dispute"] for mark in note["marks"] if mark["dispute"]} == disputed
    agreed = [mark for mark in note["marks"] if mark["dispute"] is None]
    assert {mark["coder"] for mark in agreed} == set(CODERS)
    hers = study.codings().where(decided=False).columns
    assert len(note["marks"]) == int((hers.source.among({source.id})).sum())
    written = "".join(note["text"][row["start"] : row["end"]] for row in note["rows"])
    assert list(filter(str.isalnum, written)) == list(filter(str.isalnum, source.text))


def test_a_code_is_put_on_the_words_that_were_chosen_and_on_no_others(study, round_one):
    desk = Desk(study, coder="claire")
    one = desk.handle("disputes", {"round": round_one})["disagreements"][0]
    text = study.corpus[one["source"]].text
    start, end = one["start"], one["end"] + 4
    asked = {"round": round_one, "id": one["id"], "code": "S11", **WHY}
    wrong = {"start": start, "end": end, "quote": text[start : end - 1] + "¤"}
    with pytest.raises(InvalidInput, match="not those of the text"):
        desk.handle("dispute.decide", {**asked, "passage": wrong})
    right = {"start": start, "end": end, "quote": text[start:end]}
    told = desk.handle("dispute.decide", {**asked, "passage": right})
    (made,) = study.adjudications
    assert (made.code, made.segment.start, made.segment.end) == ("S11", start, end)
    assert not told["open"]
    assert told["decisions"][0]["why"] == WHY["why"]


def test_what_was_decided_meanwhile_is_said_and_not_decided_twice(study, round_one):
    claire, ines = Desk(study, coder="claire"), Desk(study, coder="ines")
    one = claire.handle("disputes", {"round": round_one})["disagreements"][0]
    decide(ines, round_one, one, 0)
    with pytest.raises(Conflict, match="ines has decided"):
        decide(claire, round_one, one, 2)


def test_a_coder_reads_what_was_decided_of_hers_and_why(study, round_one):
    desk, yann = Desk(study, coder="claire"), Desk(study, coder="yann")
    listed = desk.handle("disputes", {"round": round_one})["disagreements"]
    one = next(one for one in listed if all(one["marks"].values()))
    decide(desk, round_one, one, 0)
    (told,) = yann.handle("decisions", {"source": one["source"]})
    assert (told["why"], told["by"], told["kept"]) == (WHY["why"], "claire", None)
    assert {mark["coder"] for mark in told["hers"]} == {"yann"}
    (kept,) = desk.handle("decisions", {})
    assert kept["kept"] in {mark["id"] for mark in kept["hers"]}


def test_disagreements_are_computed_once_for_a_whole_adjudication(study, round_one, monkeypatch):
    computed = []

    def counted(study, found):
        computed.append(found.name)
        return round_disputes(study, found)

    monkeypatch.setattr("cpit_research.workbench.calls.docket.round_disputes", counted)
    desk = Desk(study, coder="claire")
    for rank, one in enumerate(desk.handle("disputes", {"round": round_one})["disagreements"][:6]):
        decide(desk, round_one, one, rank)
    assert computed == [round_one]
    study.code(*marks(study, 40)[39], coder="ines")
    desk.handle("disputes", {"round": round_one})
    assert computed == [round_one] * 2


@pytest.mark.slow
def test_a_passage_taken_back_comes_back_on_a_text_that_was_corrected_since(demonstration_copy):
    study = demonstration_copy
    desk = Desk(study, coder="claire")
    one = desk.handle("debt", {})[0]["owed"][0]
    desk.handle("debt.read", {"ids": [one["id"]], "code": None})
    source = study.corpus[one["source"]]
    for word in re.compile(r"\w{5,}").finditer(source.text, one["end"] + 1):
        with suppress(InvalidInput):  # the name of who speaks
            study.correct(Segment(source.id, *word.span()), f"{word[0]}s", coder="claire")
            break
    assert study.corpus[one["source"]].version != source.version
    desk.handle("hello", {"language": "en"})
    desk.handle("debt.undo", {"ids": [one["id"]]})
    again = {two["id"]: two for group in desk.handle("debt", {}) for two in group["owed"]}
    assert again[one["id"]]["words"] == one["words"]
    assert again[one["id"]]["start"] == one["start"]


@pytest.mark.slow
def test_a_passage_read_again_leaves_the_debt_and_comes_back_when_that_is_undone(
    demonstration_copy,
):
    study = demonstration_copy
    desk = Desk(study, coder="yann")
    before = desk.handle("debt", {})
    split = next(group for group in before if len(group["candidates"]) > 1)
    ids = [one["id"] for one in split["owed"][:3]]
    code = split["candidates"][0]
    for params in ({"ids": ids, "code": code}, {"ids": ids}):
        left = desk.handle("debt.read", params)["left"]
        assert left == sum(len(group["owed"]) for group in before) - 3
        standing = {str(one.id): one.code for one in study.codings().where(coder="yann")}
        assert [standing.get(key) for key in ids] == [params.get("code")] * 3
        desk.handle("debt.undo", {"ids": ids})
        assert desk.handle("debt", {}) == before
    assert study.check().sound


@pytest.mark.slow
def test_nobody_reads_again_for_somebody_else(demonstration_copy):
    claire, yann = (Desk(demonstration_copy, coder=coder) for coder in CODERS)
    theirs = yann.handle("debt", {})[0]["owed"][0]["id"]
    mine = claire.handle("debt", {})[0]["owed"][0]["id"]
    with pytest.raises(NotFound):
        claire.handle("debt.read", {"ids": [mine, theirs], "code": "S17"})
    assert mine in words_of(claire.handle("debt", {}))
    with pytest.raises(NotFound):
        claire.handle("debt.undo", {"ids": [theirs]})


@pytest.mark.slow
def test_a_passage_to_be_read_again_is_shown_where_it_stands(demonstration_copy):
    for group in Desk(demonstration_copy, coder="yann").handle("debt", {}):
        for one in group["owed"]:
            text = demonstration_copy.corpus[one["source"]].text
            assert text[one["start"] : one["end"]] == one["words"]
            whole = one["before"] + one["words"] + one["after"]
            assert text[one["start"] - len(one["before"]) :].startswith(whole)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("round.open", {"coders": ["claire"], "sample": "2"}),
        ("round.finish", {"round": "none"}),
        ("round.reopen", {"round": "none", "reason": "x"}),
        ("debt.read", {"ids": [str(uuid4())], "code": "S11"}),
        ("conflict.settle", {"id": "00000000", "keep": "00000000"}),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(desk, name, params):
    before = desk.counter()
    with pytest.raises(CpitError):
        desk.handle(name, params)
    assert desk.counter() == before


def test_a_round_is_opened_gone_through_closed_and_opened_again(study):
    claire, yann = (Desk(study, coder=coder) for coder in CODERS)
    opened = claire.handle(
        "round.open", {"coders": list(CODERS), "sample": "2", "unit": "paragraph"}
    )
    name = opened["round"]["id"]
    assert len(opened["round"]["sources"]) == 2
    assert opened["remarks"]
    with pytest.raises(Conflict):
        claire.handle("round.close", {"round": name})
    claire.handle("round.finish", {"round": name})
    assert claire.handle("round.resume", {"round": name})["waiting"] == list(CODERS)
    for desk in (claire, yann):
        desk.handle("round.finish", {"round": name})
    assert claire.handle("round.close", {"round": name})["state"] == "closed"
    again = claire.handle("round.reopen", {"round": name, "reason": "Une note manquait."})
    assert (again["state"], again["reason"]) == ("open", "Une note manquait.")
    assert claire.handle("round.cancel", {"round": name, "reason": "x"})["state"] == "cancelled"
    assert UUID(name) == study.round_list()[0].id
