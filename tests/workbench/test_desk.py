"""What the desk answers, and what it refuses."""

import json
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from os import urandom
from typing import Any, Literal
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from keeping.small_studies import NOTE, make_study, marks

from cpit_research.errors import Conflict, CpitError, InvalidInput, NotFound
from cpit_research.language import sentences
from cpit_research.model.segment import Segment
from cpit_research.study.study import Study
from cpit_research.text.folding import fold
from cpit_research.workbench.calls import CALLS
from cpit_research.workbench.desk import Desk
from cpit_research.workbench.params import read_params
from cpit_research.workbench.progress import all_work, work_on


@dataclass(frozen=True, slots=True)
class Inner:
    number: int
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Outer:
    name: str
    key: UUID | None = None
    flag: bool = False
    kind: Literal["a", "b"] | None = None
    many: tuple[Inner, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)
    inner: Inner | None = None


def fresh(study: Study) -> str:
    """An id as browsers make them, by the clock of the study."""
    now = study.occasion.milliseconds()
    return str(UUID(int=now << 80 | 7 << 76 | 2 << 62 | int.from_bytes(urandom(7))))


def passage(desk: Desk, start: int, end: int) -> dict[str, Any]:
    source = desk.study.corpus.at(NOTE)
    return {
        "source": source.id, "version": source.version, "start": start, "end": end,
        "quote": source.text[start:end],
    }  # fmt: skip


def act(desk: Desk, kind: str, **said: Any) -> dict[str, Any]:
    key = fresh(desk.study)
    return {"kind": kind, "id": key, "subject": key, "seen": [], **said}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_whatever_is_sent_is_read_or_refused(stated):
    for call in CALLS.values():
        with suppress(InvalidInput):
            read_params(call.params, stated)


@given(st.dictionaries(st.sampled_from(["name", "key", "flag", "kind", "many", "inner"]), JSON))
def test_what_is_read_is_of_its_type(stated):
    try:
        found = read_params(Outer, stated)
    except InvalidInput:
        return
    assert isinstance(found.name, str)
    assert found.key is None or isinstance(found.key, UUID)
    assert found.flag in {True, False}
    assert found.kind in {None, "a", "b"}
    assert all(isinstance(one, Inner) and type(one.number) is int for one in found.many)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({}, "“name” is missing."),
        ([], "“params” is not what was expected. What is expected: an object."),
        ({"name": 1}, "“name” is not what was expected. What is expected: text."),
        ({"name": "a", "nome": "b"}, "“nome” is not expected here."),
        ({"name": "a", "key": "x"}, "“key” is not what was expected. What is expected: an id."),
        ({"name": "a", "flag": 1}, "“flag” is not what was expected."),
        ({"name": "a", "kind": "c"}, "What is expected: a, b."),
        ({"name": "a", "many": [{"number": True}]}, "“many[0].number” is not what was expected."),
        ({"name": "a", "inner": {"number": 2**60}}, "“inner.number” is not what was expected."),
        ({"name": "a\ud800"}, "“name” is not what was expected."),
        ({"name": "a", "kind": ["a"]}, "“kind” is not what was expected."),
    ],
)
def test_what_is_refused_says_what_was_expected(stated, said):
    with pytest.raises(InvalidInput) as caught:
        read_params(Outer, stated)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", [n for n, c in CALLS.items() if "coder" not in c.params.__slots__])
def test_no_call_takes_the_coder_whose_work_it_is(desk, name):
    with pytest.raises(InvalidInput, match="“coder” is not expected here"):
        desk.handle(name, {"coder": "yann"})


def test_an_unknown_coder_is_refused_with_those_that_there_are(study):
    desk = Desk(study)
    with pytest.raises(NotFound, match="claire"):
        desk.handle("identify", {"coder": "clair"})
    assert desk.handle("hello", {})["coder"] is None


def test_nothing_is_read_nor_done_before_one_has_said_who_codes(study):
    desk = Desk(study)
    for name, params in (
        ("notes", {}), ("note", {"source": study.corpus.at(NOTE).id}), ("perform", {"acts": []}),
        ("changes", {"since": None}), ("passages", {"code": "S11"}),
    ):  # fmt: skip
        with pytest.raises(Conflict, match="Nobody has said whose work this is"):
            desk.handle(name, params)
    assert desk.handle("identify", {"coder": "yann"})["coder"] == "yann"
    assert desk.handle("notes", {})


def test_whose_desk_it_is_does_not_change(desk):
    assert desk.handle("identify", {"coder": "claire"})["coder"] == "claire"
    with pytest.raises(Conflict, match="open it again for “yann”"):
        desk.handle("identify", {"coder": "yann"})


def test_in_a_lot_the_work_is_that_of_its_coder(study, tmp_path):
    import cpit_research as cpit

    packed = study.lot_export("yann", to=tmp_path / "lot.zip")
    with cpit.open_lot(packed.path, tmp_path / "lot") as lot:
        assert Desk(lot).coder == "yann"
        with pytest.raises(NotFound, match="lot of yann"):
            Desk(lot, coder="claire")


def test_a_desk_without_a_study_says_hello_and_nothing_else():
    desk = Desk()
    hello = desk.handle("hello", {})
    assert (hello["study"], hello["coders"], hello["grids"]) == (None, [], [])
    for name in CALLS.keys() & {"notes", "codebook"}:
        with pytest.raises(Conflict, match="No study is open here"):
            desk.handle(name, {})


def test_hello_says_what_is_there(desk, study):
    hello = desk.handle("hello", {})
    assert hello["language"] == "en"
    assert hello["study"]["demonstration"] is True
    assert hello["study"]["folder"] == str(study.folder.resolve())
    assert {"id": "claire", "standing": "member"}.items() <= hello["coders"][0].items()
    assert [grid["version"] for grid in hello["grids"]] == ["v1", "v2"]


def test_every_answer_is_json(desk):
    source = desk.study.corpus.at(NOTE).id
    asked = {
        "hello": {}, "notes": {}, "note": {"source": source, "coders": ["yann"]}, "codebook": {},
        "search": {"words": "élus"}, "changes": {"since": None}, "perform": {"acts": []},
    }  # fmt: skip
    for name, params in asked.items():
        answer = desk.handle(name, params)
        assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_a_note_is_its_text_its_parts_and_the_sentences_that_agreement_counts(desk):
    source = desk.study.corpus.at(NOTE)
    note = desk.handle("note", {"source": source.id})
    assert note["text"] == source.text
    assert [(part["kind"], part["start"], part["end"]) for part in note["parts"]] == [
        (part.kind, part.start, part.end) for part in source.structure
    ]
    flat = iter(note["sentences"])
    assert list(zip(flat, flat, strict=True)) == sentences(source.text, source.structure)
    assert note["title"] == "Lantevrac, note exploratoire"
    assert note["audio"] is None


def test_a_part_leaves_out_what_has_its_default(desk):
    note = desk.handle("note", {"source": desk.study.corpus.at(NOTE).id})
    assert note["parts"][0] == {
        "kind": "heading", "start": 2, "end": 30, "level": 1, "place": "line 1",
    }  # fmt: skip


def test_the_work_of_others_comes_when_it_is_asked_for(desk):
    source = desk.study.corpus.at(NOTE).id
    alone = desk.handle("note", {"source": source})
    beside = desk.handle("note", {"source": source, "coders": ["yann"]})
    assert {event["coder"] for event in alone["events"]} == {"claire"}
    assert alone["others"] == ["yann"]
    assert len(alone["events"]) == 12
    assert len(beside["events"]) == 30


def test_an_act_sent_twice_is_done_once(desk):
    acts = [act(desk, "apply", code="S11", **passage(desk, 40, 60))]
    first, again = (desk.handle("perform", {"acts": acts}) for _time in range(2))
    assert first == again
    (event,) = first[0]["events"]
    assert {"id": acts[0]["id"], "by": "claire", "coder": "claire", "code": "S11"}.items() <= (
        event.items()
    )
    assert len(desk.study.codings().where(coder="claire")) == 13


def test_words_that_are_not_those_of_the_text_are_refused(desk):
    before = len(desk.study.codings())
    wrong = act(desk, "apply", code="S11", **{**passage(desk, 40, 60), "quote": "autre"})
    (done,) = desk.handle("perform", {"acts": [wrong]})
    assert done["events"] == []
    assert "not those of the text" in done["refused"]["error"]
    assert len(desk.study.codings()) == before


def test_an_act_that_lacks_something_refuses_the_call(desk):
    for stated, said in (
        ({"kind": "destroy"}, "apply"),
        ({"kind": ["apply"]}, "apply"),
        (act(desk, "apply", code="S11"), "“passage.source” is missing"),
        (act(desk, "apply", code="S11", by="yann", **passage(desk, 1, 2)), "“by” is not expected"),
        (act(desk, "retract", quote="x"), "“quote” is not expected"),
    ):
        with pytest.raises(InvalidInput) as caught:
            desk.handle("perform", {"acts": [stated]})
        assert said in str(caught.value)


def test_markup_in_a_memo_comes_back_as_it_was_written(desk, browser_of):
    words = "<script>alert('memo')</script> <img src=x onerror=alert(1)> &amp;"
    browser = browser_of(desk)
    sent = act(desk, "memo", words=words, memo_kind=None, **passage(desk, 40, 60))
    answer = browser.call("perform", acts=[sent])
    assert answer.json()[0]["events"][0]["words"] == words
    assert answer.headers["content-type"] == "application/json"


def test_what_happened_since_a_mark_is_told_once(desk):
    start = desk.handle("changes", {"since": None})
    assert start["reset"]
    sent = act(desk, "apply", code="S11", **passage(desk, 40, 60))
    desk.handle("perform", {"acts": [sent]})
    changes = desk.handle("changes", {"since": start["mark"]})
    assert [event["id"] for event in changes["events"]] == [sent["id"]]
    assert changes["notes"] == [desk.study.corpus.at(NOTE).id]
    again = desk.handle("changes", {"since": changes["mark"]})
    assert (again["events"], again["notes"], again["reset"]) == ([], [], False)
    assert desk.handle("changes", {"since": "nonsense"})["reset"]


SPOKEN = st.lists(
    st.sampled_from(["le", "la", "L", "d'", "une", "s", "é", "mairie", " ", "'", "-", "\u200b"]),
    min_size=1,
    max_size=4,
).map("".join)


def apart(words):
    """The words folded, whatever stands between two of them."""
    bare = re.sub(r"\s+", " ", fold(re.sub(r"[\u00ad\u200b-\u200d\u2060]", "", words))).strip()
    return re.sub(r"(?<=[^ '-])[ '-]+(?=[^ '-])", " ", bare)


@given(SPOKEN | st.text(min_size=1, max_size=6), st.integers(0, 30))
@example("`", 1)
@example("d'une", 3)
def test_a_hit_stands_where_it_says(desk_of_all, words, limit):
    answer = desk_of_all.handle("search", {"words": words, "limit": limit})
    assert len(answer["hits"]) == min(limit, answer["total"])
    for hit in answer["hits"]:
        text = desk_of_all.study.corpus[hit["source"]].text
        found = text[hit["start"] : hit["end"]].replace("\n", " ")
        assert hit["line"][slice(*hit["at"])] == found
        assert apart(found) == apart(words)


def test_search_counts_what_it_does_not_show(desk):
    few, all_ = (desk.handle("search", {"words": "le", "limit": n}) for n in (3, 500))
    assert few["total"] == all_["total"] > 3
    assert few["hits"] == all_["hits"][:3]
    assert desk.handle("search", {"words": "  "}) == {"hits": [], "total": 0}


@given(limit=st.integers(1, 60), first=st.integers(-3, 400))
def test_pages_of_a_search_follow_each_other(desk_of_all, limit, first):
    whole = desk_of_all.handle("search", {"words": "le", "limit": 500})
    page = desk_of_all.handle("search", {"words": "le", "first": first, "limit": limit})
    assert page["total"] == whole["total"]
    begin = max(0, first)
    assert page["hits"] == whole["hits"][begin : begin + limit]


def test_the_codebook_says_what_the_grid_says(desk):
    grid = desk.study.grid()
    book = desk.handle("codebook", {})
    codes = {code["id"]: code for code in book["codes"]}
    assert list(codes) == [code.id for code in grid]
    assert {key for key, code in codes.items() if code["usable"]} == {
        code.id for code in grid.leaves()
    }
    assert codes["S11"]["exclude"][0] == {
        "when": "le rôle est clair mais n'est pas reconnu", "instead": "S12",
    }  # fmt: skip
    assert sum(code["used"] for code in codes.values()) == 12
    assert [facet["id"] for facet in book["facets"] if facet["asked"]] == ["effectivity"]


def test_families_of_an_axis_have_ranks(desk):
    book = desk.handle("codebook", {})
    for axis in book["axes"]:
        tops = [c for c in book["codes"] if c["axis"] == axis["id"] and c["parent"] is None]
        assert [code["family"] for code in tops] == list(range(len(tops)))
    codes = {code["id"]: code for code in book["codes"]}
    for code in codes.values():
        assert code["parent"] is None or codes[code["parent"]]["family"] == code["family"]


def test_a_row_counts_what_its_coder_did(desk):
    key = desk.study.corpus.at(NOTE).id
    before = {row["source"]: row for row in desk.handle("notes", {})}
    assert (before[key]["codings"], before[key]["memos"]) == (12, 0)
    desk.handle("perform", {"acts": [
        act(desk, "memo", words="à voir", memo_kind=None, **passage(desk, 40, 60)),
        act(desk, "propose", name="Négocier", words="", **passage(desk, 40, 60)),
        act(desk, "read", source=key, through=100, finished=False),
    ]})  # fmt: skip
    after = {row["source"]: row for row in desk.handle("notes", {})}
    text = desk.study.corpus[key].text
    assert (after[key]["memos"], after[key]["proposals"]) == (1, 1)
    assert after[key]["words_left"] == len(text[100:].split())
    assert {k: row for k, row in after.items() if k != key} == {
        k: row for k, row in before.items() if k != key
    }


def test_one_who_has_finished_has_no_words_left(desk):
    key = desk.study.corpus.at(NOTE).id
    desk.study.read(key, coder="claire")
    row = next(row for row in desk.handle("notes", {}) if row["source"] == key)
    assert (row["finished"], row["words_left"]) == (True, 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["apply", "retract", "recode", "resize", "memo", "propose", "read", "other", "correct"]
        ),
        st.integers(0, 400),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory):
    with make_study(tmp_path_factory.mktemp("all") / "study") as study:
        study.code_all(marks(study, 8), coder="claire")
        yield Desk(study, coder="claire")


@given(STEPS)
def test_what_is_counted_on_all_notes_is_what_is_counted_on_each(desk_of_all, steps):
    desk, study = desk_of_all, desk_of_all.study
    source = study.corpus.at(NOTE)
    for kind, at in steps:
        codings = list(study.codings().where(coder="claire"))
        chosen = codings[at % len(codings)] if codings else None
        where = passage(desk, at, at + 15)
        sent = {
            "apply": act(desk, "apply", code="S12", **where),
            "memo": act(desk, "memo", words="bon", memo_kind=None, **where),
            "propose": act(desk, "propose", name="Neuf", words="", **where),
            "read": act(desk, "read", source=source.id, through=at, finished=at % 2 == 0),
        }.get(kind)
        if kind == "correct":
            correct_a_word(study, at)
        elif kind == "other":
            study.code_all([(codings[0].segment, "S11")] if codings else [], coder="yann")
        elif sent is not None:
            desk.handle("perform", {"acts": [sent]})
        elif chosen is not None:
            said = {"retract": {}, "recode": {"code": "S14"}, "resize": where}[kind]
            stated = act(desk, kind, **said)
            stated |= {"subject": str(chosen.id), "seen": [str(chosen.id)]}
            (done,) = desk.handle("perform", {"acts": [stated]})
            assert "refused" not in done
        desk.handle("notes", {})
    whole = all_work(study, "claire")
    assert {one.id: work_on(study, one, "claire") for one in study.corpus} == whole
    again = Desk(study, coder="claire")
    assert desk.handle("notes", {}) == again.handle("notes", {})
    assert desk.handle("codebook", {}) == again.handle("codebook", {})
    bore = Counter(coding.code for coding in study.codings().where(coder="claire", decided=False))
    used = {code["id"]: code["used"] for code in again.handle("codebook", {})["codes"]}
    assert {key: n for key, n in used.items() if n} == bore


def correct_a_word(study, at):
    """Correct the first word after a place, where the structure of the note lets it be."""
    source = study.corpus.at(NOTE)
    word = re.compile(r"\w{4,}").search(source.text, at)
    with suppress(CpitError):
        study.correct(Segment(source.id, *word.span()), f"{word[0]}s", coder="claire")


def test_a_note_that_does_not_exist_is_told(desk):
    with pytest.raises(CpitError):
        desk.handle("note", {"source": "nowhere"})
