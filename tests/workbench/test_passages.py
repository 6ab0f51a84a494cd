"""Every passage that bears a code: where it says, counted as the grid counts, seen by who may."""

import json
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keeping.small_studies import NOTE, NOTES, make_study, marks
from workbench.test_desk import act, correct_a_word

from cpit_research.errors import CpitError, NotFound
from cpit_research.model.segment import Segment
from cpit_research.study.rounds.blind import hidden_coders
from cpit_research.wording import use_language
from cpit_research.workbench.desk import Desk

TALK = NOTES[2]
CODERS = ("claire", "yann")
FACET = {"effectivity": "realised"}


def listed(desk, code, **asked):
    """Every hit, page after page."""
    hits, size = [], 90
    while True:
        told = desk.handle("passages", {"code": code, "first": len(hits), "limit": size, **asked})
        hits += told["hits"]
        if len(told["hits"]) < size:
            assert len(hits) == told["total"]
            assert len({hit["source"] for hit in hits}) == told["notes"]
            return hits


def ids(hits):
    return [hit["id"] for hit in hits]


def may_see(study, coder):
    """The codings that a coder may see, one after the other: by another way than the desk's."""
    whole = list(study.codings())
    decided = {one.id for one in study.codings().where(decided=True)}
    by = {one.id: one.coder for one in whole}
    about = {one.id: {by[key] for key in one.of if key in by} for one in study.adjudications}
    for one in whole:
        hidden = hidden_coders(study, one.segment.source, coder)
        if one.coder == coder or not hidden & {one.coder, *about.get(one.id, ())}:
            yield one, one.coder == coder and one.id not in decided


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory):
    with use_language("en"), make_study(tmp_path_factory.mktemp("all") / "study") as study:
        study.code_all(marks(study, 60) + marks(study, 90, TALK), coder="claire")
        study.code_all(marks(study, 100)[40:] + marks(study, 60, TALK)[20:], coder="yann")
        yield Desk(study, coder="claire")


KINDS = (
    "apply", "retract", "recode", "resize", "memo", "facet", "episode", "other", "correct",
    "decide", "open", "finish",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 400)), max_size=6)


def do(desk, kind, at):
    """One thing that somebody does to the study, as far as it can be done."""
    study = desk.study
    hers, his = (list(study.codings().where(coder=one, decided=False)) for one in CODERS)
    one, other = hers[at % len(hers)], his[at % len(his)]
    source = study.corpus[one.segment.source]
    passed = {
        "source": source.id, "version": source.version, "start": at, "end": at + 15,
        "quote": source.text[at : at + 15],
    }  # fmt: skip
    acts = {
        "apply": {"code": "S12", **passed}, "retract": {}, "recode": {"code": "S14"},
        "resize": passed, "memo": {"words": "bon", "memo_kind": None, **passed},
        "facet": {"facets": FACET},
    }  # fmt: skip
    if kind in acts:
        stated = act(desk, kind, **acts[kind])
        if kind not in {"apply", "memo"}:
            stated |= {"subject": str(one.id), "seen": [str(one.id)]}
        desk.handle("perform", {"acts": [stated]})
    elif kind == "correct":
        correct_a_word(study, at)
    elif kind == "other":
        study.code_all([(one.segment, "S11")], coder="yann")
    elif kind == "decide":
        about, who = (one, other)[at % 2], CODERS[at // 2 % 2]
        study.adjudicate([about], code="S12", reason="slip", why="Vu.", coder=who)
    elif kind == "episode":
        study.episode([one], coder="claire", facets=FACET, label=f"Récit {at}")
    elif kind == "open":
        study.round_open(CODERS, coder="claire", sample=2, stratify=(), name=f"t{at}")
    for opened in study.round_list() if kind == "finish" else ():
        for coder in CODERS:
            study.round_finish(opened, coder=coder)


@given(STEPS)
def test_a_desk_that_follows_lists_what_one_opened_anew_does_and_what_may_be_seen(
    desk_of_all, steps
):
    desk, study = desk_of_all, desk_of_all.study
    for kind, at in steps:
        with suppress(CpitError):
            do(desk, kind, at)
        if at % 2:
            desk.handle("passages", {"code": "S12", "others": True})
    again = Desk(study, coder="claire")
    seen = list(may_see(study, "claire"))
    for code in ("S12", "F1"):
        for others in (False, True):
            told = listed(desk, code, others=others)
            assert told == listed(again, code, others=others)
            under = study.codings().under(code)
            kept = [one for one, mine in seen if one.code in under and (mine or others)]
            assert sorted(ids(told)) == sorted(str(one.id) for one in kept)


@given(st.data())
def test_a_passage_stands_where_it_says_and_a_page_is_a_part_of_the_whole(desk_of_all, data):
    codes = [code.id for code in desk_of_all.study.grid()]
    code = data.draw(st.sampled_from(codes))
    first, limit = data.draw(st.integers(0, 30)), data.draw(st.integers(0, 30))
    whole = listed(desk_of_all, code, others=True)
    asked = {"code": code, "others": True, "first": first, "limit": limit}
    page = desk_of_all.handle("passages", asked)
    assert page["hits"] == whole[first : first + limit]
    codings = {str(one.id): one for one in desk_of_all.study.codings()}
    for hit in page["hits"]:
        coding, text = codings[hit["id"]], desk_of_all.study.corpus[hit["source"]].text
        assert coding.segment == Segment(hit["source"], hit["start"], hit["end"])
        quote = text[hit["start"] : hit["end"]]
        assert hit["line"][slice(*hit["at"])] == quote.replace("\n", " ")
    order = [source.id for source in desk_of_all.study.corpus]
    places = [(order.index(hit["source"]), hit["start"], -hit["end"]) for hit in whole]
    assert places == sorted(places)


def test_what_is_counted_is_what_the_grid_says_is_used(desk_of_all):
    book = {code["id"]: code for code in desk_of_all.handle("codebook", {})["codes"]}
    counted = {code: desk_of_all.handle("passages", {"code": code, "limit": 0}) for code in book}
    assert any(one["total"] for one in counted.values())
    for code, told in counted.items():
        assert told["hits"] == []
        under = desk_of_all.study.codings().under(code)
        assert told["total"] == sum(book[one]["used"] for one in under)


def test_those_of_others_are_counted_and_told_when_asked_for(desk):
    desk.study.code_all([(one, "S11") for one, _code in marks(desk.study, 3)], coder="yann")
    alone = desk.handle("passages", {"code": "F1"})
    both = desk.handle("passages", {"code": "F1", "others": True})
    assert both["others"] == alone["others"] == both["total"] - alone["total"] > 0
    assert {hit["coder"] for hit in alone["hits"]} == {"claire"}
    theirs = [hit for hit in both["hits"] if hit["coder"] == "yann"]
    assert theirs
    assert all("yann" in hit["told"] for hit in theirs)


def test_the_filters_of_the_notes_apply(desk_of_all):
    study = desk_of_all.study
    rows = {row["source"]: row for row in desk_of_all.handle("notes", {})}
    whole = listed(desk_of_all, "F1", others=True)
    for name, values in (
        ("territory", {one for row in rows.values() for one in row["territories"]}),
        ("visit_kind", {row["visit_kind"] for row in rows.values()}),
    ):
        for value in values:
            there = {source.id for source in study.corpus.where(**{name: value})}
            kept = [hit for hit in whole if hit["source"] in there]
            assert listed(desk_of_all, "F1", others=True, **{name: value}) == kept
    assert listed(desk_of_all, "F1", territory="nowhere") == []


def test_of_a_speaker_only_what_begins_in_her_turns_is_told(desk_of_all):
    source = desk_of_all.study.corpus.at(TALK)
    speakers = {turn.speaker for turn in source.structure.turns}
    assert len(speakers) > 1
    whole = listed(desk_of_all, "F1") + listed(desk_of_all, "F2") + listed(desk_of_all, "F3")
    for speaker in speakers:
        kept = [hit for hit in whole if hit["speaker"] == speaker]
        told = [listed(desk_of_all, code, speaker=speaker) for code in ("F1", "F2", "F3")]
        assert [hit for hits in told for hit in hits] == kept
        for hit in kept:
            (turn,) = [t for t in source.structure.turns if t.start <= hit["start"] < t.end]
            assert turn.speaker == speaker
    assert any(hit["speaker"] for hit in whole)


def test_what_is_told_of_a_passage(desk):
    study = desk.study
    source = study.corpus.at(NOTE)
    study.code(Segment(source.id, 300, 340), "S11", coder="claire", facets=FACET)
    study.memo(Segment(source.id, 300, 340), "à relire", coder="yann")
    (hit,) = [hit for hit in listed(desk, "S11") if hit["start"] == 300]
    place, done = hit["place"], dict(study.grid().facets[0].values)["realised"]
    assert hit["told"] == [place, done]
    for others, told in ((False, ["S11", place, done]), (True, ["S11", place, done, "memo"])):
        (hit,) = [one for one in listed(desk, "F1", others=others) if one["start"] == 300]
        assert hit["told"] == told
    study.memo(Segment(source.id, 300, 340), "à relire", coder="claire")
    (hit,) = [hit for hit in listed(desk, "S11") if hit["start"] == 300]
    assert hit["told"] == [place, done, "memo"]


def test_the_end_of_a_long_passage_is_left(desk):
    source = desk.study.corpus.at(NOTE)
    desk.study.code(Segment(source.id, 10, 1500), "S75", coder="claire")
    (hit,) = [hit for hit in listed(desk, "S75") if hit["end"] == 1500]
    start, end = hit["at"]
    assert hit["line"][end:] == "…"
    assert hit["line"][start:end] == source.text[10:610].replace("\n", " ")


def test_a_decision_is_nobodys_own(desk):
    his = next(iter(desk.study.codings().where(coder="yann")))
    one = desk.study.adjudicate([his], code="S52", reason="slip", why="Vu.", coder="claire")
    assert str(one.id) not in ids(listed(desk, "S52"))
    (hit,) = [hit for hit in listed(desk, "S52", others=True) if hit["id"] == str(one.id)]
    assert "decided by claire" in hit["told"]


def test_a_code_that_is_not_of_the_grid_is_told_with_the_nearest(desk):
    with pytest.raises(NotFound, match=re.escape("The nearest is “S11”")):
        desk.handle("passages", {"code": "S111"})


def test_the_answer_never_holds_a_whole_note(desk_of_all):
    told = desk_of_all.handle("passages", {"code": "F1", "others": True, "limit": 10_000})
    assert len(told["hits"]) <= 500
    assert all(len(hit["line"]) <= 800 for hit in told["hits"])
    assert json.loads(json.dumps(told, allow_nan=False)) == told
