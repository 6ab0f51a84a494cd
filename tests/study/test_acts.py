"""What a coder means becomes events: once, on what stands, and nothing is lost on the way."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keeping.windows import THEN, Window, fresh, passage, said

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model import act as acts
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested
from cpit_research.study.acts.standing import standing

NOTE = (
    "Le maire tient seul l’agenda du projet 😀. La secrétaire prépare les dossiers.\r\n\r\n"
    "On attend la réponse du département. Les habitants viennent à la réunion.\r\n"
)
CODES = ("S1", "S2")
FACETS = ({}, {"phase": "early"}, {"phase": "late"})


@pytest.fixture(scope="module")
def _in_english(in_english):
    return in_english


@pytest.fixture
def study(new_study):
    return new_study({"V01 note.md": NOTE})


@pytest.fixture
def window(study):
    return Window(study, study.corpus.sources[0])


def record_of(study):
    """All that is written, whatever the order."""
    with closing(sqlite3.connect(study.shelf.database_path)) as connection:
        events = connection.execute("SELECT * FROM event").fetchall()
        return set(events), set(connection.execute("SELECT * FROM event_replaces").fetchall())


def applied(window, start=0, end=8, code="S1", **facets):
    """Put a code, and return the coding's id."""
    key = fresh()
    place = passage(window.source, start, end)
    (done,) = window.do(acts.Apply(id=key, subject=key, passage=place, code=code, facets=facets))
    assert done.refused is None
    return key


def meant(window, draw, subjects):
    """Draw something that a coder may mean about what a window shows."""
    start = draw(st.integers(0, len(window.source.text) - 12))
    place = passage(window.source, start, start + draw(st.integers(1, 12)))
    id = fresh()
    if not subjects or draw(st.integers(0, 3)) == 0:
        kind = draw(st.sampled_from(["apply", "memo", "propose"]))
        subject, seen = id, ()
    else:
        subject, of = draw(st.sampled_from(subjects))
        seen = window.heads(subject)
        also = {"coding": ["recode", "resize", "facet"], "memo": ["memo"], "proposal": ["propose"]}
        kind = draw(st.sampled_from([*also[of], "retract", "restore"]))
    given = {"id": id, "subject": subject, "seen": seen}
    return {
        "apply": lambda: acts.Apply(**given, passage=place, code=draw(st.sampled_from(CODES)),
                                    facets=draw(st.sampled_from(FACETS))),
        "memo": lambda: acts.WriteMemo(**given, passage=place, words=draw(st.sampled_from("ab"))),
        "propose": lambda: acts.Propose(**given, passage=place, name=draw(st.sampled_from("xy"))),
        "recode": lambda: acts.Recode(**given, code=draw(st.sampled_from(CODES))),
        "resize": lambda: acts.Resize(**given, passage=place),
        "facet": lambda: acts.Refacet(**given, facets=draw(st.sampled_from(FACETS))),
        "retract": lambda: acts.Retract(**given),
        "restore": lambda: acts.Restore(**given),
    }[kind]()  # fmt: skip


OF = {acts.Apply: "coding", acts.WriteMemo: "memo", acts.Propose: "proposal"}


def live(windows, draw, most=12):
    """Let windows of one coder act by turns, each on what it last heard; return all the acts."""
    listed, subjects = [], []
    for _time in range(draw(st.integers(1, most))):
        window = draw(st.sampled_from(windows))
        known = [one for one in subjects if window.heads(one[0])]
        act = meant(window, draw, known)
        (done,) = window.do(act)
        assert done.refused is None, done.refused
        listed.append(act)
        if act.begins:
            subjects.append((act.subject, OF[type(act)]))
        if draw(st.booleans()):
            draw(st.sampled_from(windows)).hear()
    return listed


def two_windows(study):
    """Two windows on the note, where no coding stands any more: what was put is not put again."""
    source = study.corpus.sources[0]
    window = Window(study, source)
    there = [*(one.id for one in study.episodes), *(one.id for one in study.codings())]
    window.do(*(acts.Retract(id=fresh(), subject=key) for key in there))
    return window, Window(study, source)


LAWS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAWS
@given(data=st.data())
def test_windows_of_one_coder_end_in_the_same_state_and_never_in_conflict(study, data):
    source, windows = study.corpus.sources[0], two_windows(study)
    live(windows, data.draw)
    for window in windows:
        window.hear()
    states = [window.state() for window in windows]
    assert states[0] == states[1] == Window(study, source).state()
    assert not any(isinstance(state, set) for state in states[0].values())
    assert study.conflict_list() == ()
    codings = study.codings()
    assert {c.id: (c.segment.start, c.segment.end, c.code) for c in codings} == {
        one.subject: (one.start, one.end, one.code)
        for one in standing(study, source.id, coder="claire")
        if one.of == "coding"
    }


@LAWS
@given(data=st.data())
def test_acts_sent_twice_are_done_once(study, data):
    windows = two_windows(study)
    listed = live(windows, data.draw)
    before = record_of(study)
    again = data.draw(st.lists(st.sampled_from(listed)))
    done = windows[0].do(*again)
    assert record_of(study) == before
    assert all(one.refused is None and one.rebased == "" for one in done)
    for one, act in zip(done, again, strict=True):
        (subject,) = {event.subject for event in one.events}
        assert subject == act.subject or act.id in {*one.events[0].replaces, one.events[0].id}


def undone(window, act, before):
    """The act that undoes another one, from the state that stood before it."""
    given = {"id": fresh(), "subject": act.subject, "seen": window.heads(act.subject)}
    if act.begins:
        return acts.Retract(**given)
    place = passage(window.source, before.start, before.end)
    if isinstance(act, acts.Retract):
        return acts.Restore(**given) if not before.gone else acts.Retract(**given)
    if before.gone:
        return acts.Retract(**given)
    match act:
        case acts.Recode():
            return acts.Recode(**given, code=before.code)
        case acts.Resize():
            return acts.Resize(**given, passage=place)
        case acts.Refacet():
            return acts.Refacet(**given, facets=before.facets)
        case acts.WriteMemo():
            return acts.WriteMemo(**given, passage=place, words=before.words)
        case acts.Propose():
            return acts.Propose(**given, passage=place, name=before.name)
    return acts.Restore(**given)


@LAWS
@given(data=st.data())
def test_undoing_everything_returns_to_the_start(study, data):
    window, _other = two_windows(study)
    start = window.state()
    steps, subjects = [], []
    for _time in range(data.draw(st.integers(1, 10))):
        act = meant(window, data.draw, subjects)
        (head,) = window.heads(act.subject) or (None,)
        steps.append((act, window.events.get(head)))
        window.do(act)
        if act.begins:
            subjects.append((act.subject, OF[type(act)]))
    for act, before in reversed(steps):
        (done,) = window.do(undone(window, act, before))
        assert (done.refused, done.rebased) == (None, "")
    assert window.state() == start == Window(study, study.corpus.sources[0]).state()


@LAWS
@given(data=st.data())
def test_a_batch_is_the_same_as_its_acts_one_by_one(study, data):
    window = Window(study, study.corpus.sources[0])
    key, memo = fresh(), fresh()
    place = passage(window.source, 0, 5)
    other = passage(window.source, 5, 9)
    listed = [
        acts.Apply(id=key, subject=key, passage=place, code="S1"),
        acts.Recode(id=fresh(), subject=key, seen=(key,), code="S2"),
        acts.WriteMemo(id=memo, subject=memo, passage=other, words="Vu."),
        acts.Retract(id=fresh(), subject=memo, seen=(memo,)),
    ]
    cut = data.draw(st.integers(0, len(listed)))
    window.do(*listed[:cut])
    window.do(*listed[cut:])
    assert said(window.events[window.heads(key)[0]])[:3] == (0, 5, "S2")
    assert memo not in window.state()


PLACES = ((0, 8), (3, 12), (48, 60))


def put_again(window, key, start=0, end=8, code="S1", **facets):
    """Put a code under an id, as a window that knows of no other coding there does."""
    return acts.Apply(
        id=key, subject=key, passage=passage(window.source, start, end), code=code, facets=facets
    )


@LAWS
@given(data=st.data())
def test_windows_that_put_the_same_code_on_the_same_words_put_one_coding(study, data):
    """The oracle: places and codes, a set. A window hears of nothing but what it does."""
    windows, wanted, done = two_windows(study), {}, []
    for _time in range(data.draw(st.integers(1, 12))):
        window = data.draw(st.sampled_from(windows))
        place = (*data.draw(st.sampled_from(PLACES)), data.draw(st.sampled_from(CODES)))
        if place in wanted and data.draw(st.integers(0, 2)) == 0:
            key = wanted.pop(place)
            act = acts.Retract(id=fresh(), subject=key, seen=window.heads(key))
        else:
            act = put_again(window, fresh(), *place)
            assert bool(window.do(act)[0].rebased) == (place in wanted)
            wanted.setdefault(place, act.id)
        done.append(act)
        assert window.do(act)[0].refused is None
    assert {
        coding.id: (coding.segment.start, coding.segment.end, coding.code)
        for coding in study.codings()
    } == {key: place for place, key in wanted.items()}
    kept = record_of(study)
    windows[0].do(*done)
    assert record_of(study) == kept
    assert study.conflict_list() == ()
    assert study.check().faults == ()
    for key in wanted.values():
        windows[1].do(acts.Retract(id=fresh(), subject=key))
    assert len(study.codings()) == 0


@LAWS
@given(data=st.data())
def test_what_a_window_does_with_a_code_that_the_other_had_put_is_done_to_that_coding(study, data):
    one, other = two_windows(study)
    source = one.source
    key, again = applied(one, code="S1", phase="early"), fresh()
    place = passage(source, 20, 30)
    sent, seen = [put_again(other, again)], again
    for kind in data.draw(st.lists(st.sampled_from(["recode", "resize", "facet", "episode"]))):
        about = {"id": fresh(), "subject": again, "seen": (seen,)}
        sent.append(
            {
                "recode": lambda about=about: acts.Recode(**about, code="S2"),
                "resize": lambda about=about: acts.Resize(**about, passage=place),
                "facet": lambda about=about: acts.Refacet(**about, facets={"phase": "late"}),
                "episode": lambda: acts.Group(
                    **dict.fromkeys(("id", "subject"), fresh()), source=source.id,
                    codings=(again,), principal=again, label=str(fresh()),
                ),
            }[kind]()
        )  # fmt: skip
        seen = sent[-1].id if kind != "episode" else seen
        if kind == "episode":
            break
    cut = data.draw(st.integers(0, len(sent)))
    answers = [*other.do(*sent[:cut]), *other.do(*sent[cut:])]
    assert [done.refused for done in answers] == [None] * len(sent)
    kinds = {act.kind for act in sent}
    (coding,) = study.codings().where(coder="claire")
    assert coding.id == key
    assert coding.code == ("S2" if "recode" in kinds else "S1")
    assert coding.segment.start == (20 if "resize" in kinds else 0)
    if "episode" not in kinds:  # which says its facets
        assert coding.facets == {"phase": "late" if "facet" in kinds else "early"}
    assert [one.codings for one in study.episodes] == [(key,)] * ("episode" in kinds)
    kept = record_of(study)
    other.do(*sent, acts.Retract(id=fresh(), subject=again, seen=(seen,)))
    assert record_of(study) == kept
    for window in (one, other):
        window.hear()
    assert one.state() == other.state()


def test_what_a_window_takes_back_at_once_is_not_what_the_other_had_put(study):
    one, other = two_windows(study)
    key, again = applied(one), fresh()
    put, back = put_again(other, again), acts.Retract(id=fresh(), subject=again, seen=(again,))
    done = other.do(put, back, acts.Restore(id=fresh(), subject=again, seen=(back.id,)))
    assert [{event.subject for event in one.events} for one in done] == [{key}] * 3
    assert not any(one.gone for one in done[-1].events)
    assert [coding.id for coding in study.codings()] == [key]


@pytest.mark.parametrize(
    "said",
    [{"code": "S2"}, {"end": 9}, {"start": 3}, {"phase": "late"}],
)
def test_what_differs_in_anything_is_another_coding(window, study, said):
    applied(window, phase="early")
    applied(window, **said)
    assert len(study.codings()) == 2


def test_facets_said_alike_or_not_at_all_are_those_of_the_coding(window, study):
    key = applied(window, phase="early")
    applied(window)
    applied(window, phase="early")
    (coding,) = study.codings()
    assert (coding.id, coding.facets) == (key, {"phase": "early"})


def test_what_was_taken_back_or_is_in_conflict_or_anothers_is_not_there(window, study, tmp_path):
    key = applied(window)
    window.do(acts.Retract(id=fresh(), subject=key))
    second = applied(window)
    place = passage(window.source, 0, 8)
    third = fresh()
    study.perform([acts.Apply(id=third, subject=third, passage=place, code="S1")], coder="yann")
    assert {coding.id for coding in study.codings()} == {second, third}
    other = Window(study, window.source, coder="yann")
    (done,) = other.do(acts.Retract(id=fresh(), subject=second))
    assert done.refused is not None


def test_an_act_done_already_is_answered_with_what_stands_now(window, study):
    key = applied(window)
    first = acts.Apply(id=key, subject=key, passage=passage(window.source, 0, 8), code="S1")
    recoded = acts.Recode(id=fresh(), subject=key, seen=(key,), code="S2")
    window.do(recoded)
    (done,) = window.do(first)
    assert [(one.id, one.code) for one in done.events] == [(recoded.id, "S2")]
    assert key in done.events[0].replaces


def test_an_id_that_bears_another_act_is_refused(window, study):
    key = applied(window)
    place = passage(window.source, 0, 8)
    others = [
        acts.Apply(id=key, subject=key, passage=place, code="S2"),
        acts.Apply(id=key, subject=key, passage=passage(window.source, 0, 9), code="S1"),
        acts.Apply(id=key, subject=key, passage=place, code="S1", facets={"phase": "late"}),
        acts.WriteMemo(id=key, subject=key, passage=place, words="Vu."),
        acts.Retract(id=key, subject=key),
    ]
    before = record_of(study)
    for done in window.do(*others):
        assert isinstance(done.refused, Conflict)
        assert done.events == ()
    same = acts.Apply(id=key, subject=key, passage=place, code="S1")
    (done,) = study.perform([same], coder="yann")
    assert isinstance(done.refused, Conflict)
    assert record_of(study) == before


def test_a_refusal_stops_no_other_act_and_leaves_nothing_of_its_own(window, study):
    one, two, three = fresh(), fresh(), fresh()
    place = passage(window.source, 0, 8)
    done = window.do(
        acts.Apply(id=one, subject=one, passage=place, code="S1"),
        acts.Apply(id=two, subject=two, passage=place, code="S9"),
        acts.Recode(id=fresh(), subject=two, seen=(two,), code="S1"),
        acts.Apply(id=three, subject=three, passage=place, code="S2"),
    )
    assert [one.refused is None for one in done] == [True, False, False, True]
    assert {coding.id for coding in study.codings()} == {one, three}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code": "S9"}, NotFound),
        ({"code": "F1"}, InvalidInput),
        ({"facets": {"phase": "never"}}, InvalidInput),
        ({"facets": {"mood": "early"}}, InvalidInput),
        ({"end": 10_000}, InvalidInput),
        ({"start": 8}, InvalidInput),
        ({"start": -1}, InvalidInput),
        ({"quote": "Le mairE"}, InvalidInput),
        ({"version": "0" * 32}, NotFound),
        ({"source": "elsewhere"}, NotFound),
        ({"subject": True}, InvalidInput),
    ],
)
def test_every_rule_of_coding_holds(window, study, change, error):
    key = fresh()
    stretch = {"source": window.source.id, "version": window.source.version, "start": 0, "end": 8,
               "quote": window.source.text[:8]}  # fmt: skip
    stretch |= {name: value for name, value in change.items() if name in stretch}
    act = acts.Apply(
        id=key, subject=fresh() if "subject" in change else key, passage=acts.Passage(**stretch),
        code=change.get("code", "S1"), facets=change.get("facets", {}),
    )  # fmt: skip
    (done,) = window.do(act)
    assert isinstance(done.refused, error)
    assert record_of(study) == (set(), set())


def test_words_that_are_not_those_of_the_text_are_refused_with_those_that_are(window):
    key = fresh()
    other = acts.Passage(window.source.id, window.source.version, 3, 8, "Maire")
    (done,) = window.do(acts.Apply(id=key, subject=key, passage=other, code="S1"))
    assert "maire" in done.refused.exists


@pytest.mark.parametrize(
    "id",
    [
        fresh(version=4),
        fresh(version=1),
        fresh(THEN - 400 * 86_400_000),
        fresh(THEN + 400 * 86_400_000),
    ],
)
def test_ids_of_another_kind_or_of_another_time_are_refused(window, study, id):
    place = passage(window.source, 0, 8)
    (done,) = window.do(acts.Apply(id=id, subject=id, passage=place, code="S1"))
    assert isinstance(done.refused, InvalidInput)
    assert record_of(study) == (set(), set())


def test_nobody_else_performs(window, study):
    with pytest.raises(NotFound):
        study.perform([acts.Retract(id=fresh(), subject=fresh())], coder="salome")


@pytest.mark.usefixtures("_in_english")
def test_a_coding_cut_otherwise_meanwhile_keeps_its_new_limits(study):
    here, there = (Window(study, study.corpus.sources[0]) for _time in range(2))
    key = applied(here)
    there.hear()
    place = passage(here.source, 3, 12)
    here.do(acts.Resize(id=fresh(), subject=key, seen=(key,), passage=place))
    (done,) = there.do(acts.Recode(id=fresh(), subject=key, seen=(key,), code="S2"))
    (event,) = done.events
    assert (event.start, event.end, event.code) == (3, 12, "S2")
    assert done.rebased == (
        "Meanwhile: its limits were moved (in another window). Yours was done on that."
    )


@pytest.mark.parametrize("kind", ["recode", "resize", "facet"])
def test_what_was_taken_back_meanwhile_stands_again_when_changed(study, kind):
    here, there = (Window(study, study.corpus.sources[0]) for _time in range(2))
    key = applied(here, phase="early")
    there.hear()
    here.do(acts.Retract(id=fresh(), subject=key, seen=(key,)))
    given = {"id": fresh(), "subject": key, "seen": (key,)}
    place = passage(here.source, 3, 12)
    (done,) = there.do(
        {
            "recode": lambda: acts.Recode(**given, code="S2"),
            "resize": lambda: acts.Resize(**given, passage=place),
            "facet": lambda: acts.Refacet(**given, facets={"phase": "late"}),
        }[kind]()
    )
    assert done.rebased
    assert [coding.id for coding in study.codings()] == [key]


def test_what_was_changed_meanwhile_is_taken_back_all_the_same(study):
    here, there = (Window(study, study.corpus.sources[0]) for _time in range(2))
    key = applied(here)
    there.hear()
    here.do(acts.Recode(id=fresh(), subject=key, seen=(key,), code="S2"))
    (done,) = there.do(acts.Retract(id=fresh(), subject=key, seen=(key,)))
    assert done.rebased
    assert len(study.codings()) == 0


@pytest.mark.usefixtures("_in_english")
def test_what_another_coder_did_to_it_is_named(window, study):
    key = applied(window)
    study.retract(next(iter(study.codings())), coder="yann")
    (done,) = window.do(acts.Restore(id=fresh(), subject=key, seen=(key,)))
    assert "taken back (yann)" in done.rebased
    assert [coding.coder for coding in study.codings()] == ["claire"]


def test_nothing_is_told_of_what_she_brings_back_herself(window):
    key = applied(window)
    window.do(acts.Retract(id=fresh(), subject=key, seen=(key,)))
    (done,) = window.do(acts.Restore(id=fresh(), subject=key))
    assert (done.refused, done.rebased) == (None, "")


def test_nothing_is_told_of_acts_that_follow_each_other_in_one_window(window):
    key = applied(window)
    one, two = fresh(), fresh()
    done = window.do(
        acts.Recode(id=one, subject=key, seen=(key,), code="S2"),
        acts.Refacet(id=two, subject=key, seen=(one,), facets={"phase": "early"}),
        acts.Retract(id=fresh(), subject=key, seen=(two,)),
    )
    assert {one.rebased for one in done} == {""}


def test_nothing_is_told_of_an_act_that_was_refused_just_before(window):
    key = applied(window)
    one = fresh()
    done = window.do(
        acts.Recode(id=one, subject=key, seen=(key,), code="S9"),
        acts.Refacet(id=fresh(), subject=key, seen=(one,), facets={"phase": "early"}),
    )
    assert done[0].refused is not None
    assert (done[1].refused, done[1].rebased) == (None, "")


def test_two_states_in_conflict_are_both_replaced(window, study, tmp_path):
    key = applied(window)
    _fork(study, key)
    assert len(study.conflict_list()) == 1
    window.hear()
    seen = window.heads(key)
    assert len(seen) == 2
    (done,) = window.do(acts.Recode(id=fresh(), subject=key, seen=seen, code="S1"))
    assert set(seen) <= set(done.events[0].replaces)
    assert study.conflict_list() == ()
    assert [coding.code for coding in study.codings()] == ["S1"]


def _fork(study, key):
    """Leave two last states of a coding, as a merge does."""
    from cpit_research.study.acts.hand import Hand
    from cpit_research.study.writing import writing

    with writing(study) as connection:
        hand = Hand(study, connection, "claire")
        heads = hand.standing(key, "coding")
        for code in CODES:
            hand.follow(heads[0], heads, "recode", id=fresh(), code=code)


def test_nobody_touches_the_work_of_others(window, study):
    key = applied(window)
    memo = fresh()
    place = passage(window.source, 0, 8)
    window.do(acts.WriteMemo(id=memo, subject=memo, passage=place, words="À moi."))
    before = record_of(study)
    done = study.perform(
        [
            acts.Retract(id=fresh(), subject=key, seen=(key,)),
            acts.Recode(id=fresh(), subject=key, seen=(key,), code="S2"),
            acts.WriteMemo(id=fresh(), subject=memo, seen=(memo,), passage=place, words="Non."),
            acts.Group(id=(group := fresh()), subject=group, source=window.source.id,
                       codings=(key,)),
        ],
        coder="yann",
    )  # fmt: skip
    assert all(isinstance(one.refused, InvalidInput) for one in done)
    assert record_of(study) == before


def test_a_decision_is_nobodys_to_change(window, study):
    applied(window)
    decided = study.adjudicate(list(study.codings()), code="S2", reason="slip", why="Vu.",
                               coder="claire")  # fmt: skip
    (done,) = window.do(acts.Recode(id=fresh(), subject=decided.id, code="S1"))
    assert isinstance(done.refused, InvalidInput)


def corrected(study, old, new):
    """Put a new text in the place of the note."""
    source = study.corpus.sources[0]
    place = study.folder / "V01 note corrigée.md"
    place.write_bytes(source.text.replace(old, new).encode())
    assert not study.ingest([place], replaces=source.path).refused


@pytest.mark.usefixtures("_in_english")
def test_a_passage_seen_on_a_former_text_is_carried_when_it_is_the_same(window, study):
    at = window.source.text.index("La secrétaire")
    place = passage(window.source, at, at + len("La secrétaire"))
    corrected(study, "Le maire tient", "Relu. Le maire tient")
    key = fresh()
    (done,) = window.do(acts.Apply(id=key, subject=key, passage=place, code="S1"))
    assert "corrected meanwhile" in done.rebased
    (coding,) = study.codings()
    assert study.codings().quote(coding) == "La secrétaire"
    again = acts.Apply(id=key, subject=key, passage=place, code="S1")
    assert window.do(again)[0].refused is None


def test_a_passage_that_was_itself_corrected_is_refused_not_guessed(window, study):
    at = window.source.text.index("La secrétaire")
    place = passage(window.source, at, at + len("La secrétaire prépare"))
    corrected(study, "La secrétaire prépare", "La secrétaire relance")
    key = fresh()
    (done,) = window.do(acts.Apply(id=key, subject=key, passage=place, code="S1"))
    assert isinstance(done.refused, Conflict)
    assert "La secrétaire prépare" in done.refused.what


@pytest.mark.parametrize("again", ["restore", "recode"])
def test_what_comes_back_after_a_correction_comes_back_on_the_new_text(window, study, again):
    key = applied(window, 9, 18)
    window.do(acts.Retract(id=fresh(), subject=key, seen=window.heads(key)))
    corrected(study, "La secrétaire prépare", "La secrétaire relance")
    back = {
        "restore": acts.Restore(id=fresh(), subject=key),
        "recode": acts.Recode(id=fresh(), subject=key, code="S2"),
    }[again]
    (done,) = window.do(back)
    (coding,) = study.codings()
    assert study.corpus.quote(coding.segment) == "tient seu"
    assert [one.version for one in done.events] == [study.corpus.sources[0].version]
    assert window.do(back)[0].events == done.events
    assert study.check().sound


def test_a_memo_that_python_brings_back_after_a_correction_is_on_the_new_text(study):
    segment = Segment(study.corpus.sources[0].id, 9, 18)
    memo = study.memo(segment, "À relire", coder="claire")
    study.memo_retract(memo, coder="claire")
    corrected(study, "Le maire tient", "Relu. Le maire tient")
    study.reinstate(memo, coder="claire")
    assert [study.corpus.quote(one.segment) for one in study.memos] == ["tient seu"]


def test_an_episode_is_made_changed_dissolved_and_brought_back(window, study):
    keys = tuple(sorted((applied(window), applied(window, 10, 20, "S2"))))
    made = fresh()
    group = acts.Group(id=made, subject=made, source=window.source.id, codings=keys, label="Un")
    window.do(group)
    other = acts.Group(
        id=fresh(), subject=made, seen=(made,), source=window.source.id, codings=keys[:1],
        label="Deux", words="Vu.", facets={"phase": "late"},
    )  # fmt: skip
    window.do(other)
    (episode,) = study.episodes
    assert (episode.id, episode.codings, episode.label) == (made, keys[:1], "Deux")
    window.do(acts.Retract(id=fresh(), subject=made, seen=(other.id,)))
    assert study.episodes == ()
    (done,) = window.do(acts.Restore(id=fresh(), subject=made, seen=window.heads(made)))
    assert (done.refused, done.rebased) == (None, "")
    assert study.episodes == (episode,)
    assert [window.do(one)[0].refused for one in (group, other)] == [None, None]


def test_an_episode_whose_codings_are_elsewhere_since_stays_dissolved(window, study):
    key = applied(window)
    one, two = fresh(), fresh()
    source = window.source.id
    window.do(
        acts.Group(id=one, subject=one, source=source, codings=(key,)),
        acts.Retract(id=fresh(), subject=one, seen=(one,)),
        acts.Group(id=two, subject=two, source=source, codings=(key,)),
    )
    (done,) = window.do(acts.Restore(id=fresh(), subject=one))
    assert isinstance(done.refused, Conflict)
    assert [episode.id for episode in study.episodes] == [two]


def test_suggestions_are_accepted_rejected_and_opened_again(window, study):
    source = window.source
    study.suggest([Suggested(Segment(source.id, 0, 8), "S1", 0.5)], coder="lexique/1")
    (one,) = study.suggestions("claire")
    coding = fresh()
    accept = acts.Accept(id=fresh(), subject=one.id, coding=coding, facets={"phase": "early"})
    (done,) = window.do(accept)
    assert done.refused is None, done.refused
    assert {event.of for event in done.events} == {"coding", "answer"}
    assert [found.id for found in study.codings()] == [coding]
    before = record_of(study)
    assert {event.of for event in window.do(accept)[0].events} == {"coding", "answer"}
    assert record_of(study) == before
    reopen = acts.Reopen(id=fresh(), subject=one.id)
    (done,) = window.do(reopen)
    gone = {event.of: event.gone for event in done.events}
    assert gone == {"coding": True, "answer": False}
    assert len(study.codings()) == 0
    (done,) = window.do(acts.Reject(id=fresh(), subject=one.id, words="Non."))
    assert done.events[0].answer == "rejected"
    assert study.suggestions("claire") == ()


def test_an_acceptance_and_its_coding_are_two_events_and_a_batch_outlives_their_confusion(
    window, study
):
    study.suggest([Suggested(Segment(window.source.id, 9, 18), "S1")], coder="lexique/1")
    (one,) = study.suggestions("claire")
    key, put = fresh(), fresh()
    done = window.do(
        acts.Apply(id=put, subject=put, passage=passage(window.source, 0, 8), code="S1"),
        acts.Accept(id=key, subject=one.id, coding=key),
    )
    assert done[0].refused is None
    assert isinstance(done[1].refused, Conflict)
    assert [coding.id for coding in study.codings()] == [put]


def test_the_clock_and_the_actor_are_those_of_the_study(window, study):
    key = applied(window)
    event = window.events[key]
    assert event.by == event.coder == "claire"
    assert datetime.fromtimestamp(event.at / 1000, UTC).year == 2023


def test_a_lot_is_worked_in_by_its_coder_alone(window, study, tmp_path):
    import cpit_research as cpit

    sent = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(sent.path, tmp_path / "lot") as lot:
        place = passage(lot.corpus.sources[0], 0, 8)
        key = fresh(int(datetime.now(UTC).timestamp() * 1000))
        act = acts.Apply(id=key, subject=key, passage=place, code="S1")
        with pytest.raises(NotFound):
            lot.perform([act], coder="yann")
        (done,) = lot.perform([act], coder="claire")
        assert done.refused is None
        bundle = lot.bundle_export("claire", to=tmp_path / "envoi.zip")
    study.merge([bundle.path])
    assert [coding.id for coding in study.codings()] == [key]
