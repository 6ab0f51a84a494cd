"""What stands is told whole, what came since is told once, and what is hidden is told nowhere."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keeping.windows import Window, fresh, passage

from cpit_research.model import act as acts
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested
from cpit_research.study.acts.standing import Changes, mark_now, since, standing
from cpit_research.study.rounds.blind import hidden_coders
from cpit_research.study.study import Study

NOTES = {
    "V01 note.md": "Le maire tient seul l’agenda du projet. La secrétaire prépare les dossiers.\n",
    "V02 autre.md": "On attend la réponse du département. Les habitants viennent.\n",
}


@pytest.fixture
def study(new_study):
    return new_study(NOTES)


@pytest.fixture
def source(study):
    return study.corpus.sources[0]


def worked(study, source, coder):
    """Do one thing of each kind in somebody's name; return the ids of all of them."""
    keys = {name: fresh() for name in ("coding", "memo", "proposal", "episode")}
    coding, memo, proposal, group = keys.values()
    hers = study.codings().where(coder=coder)
    start = 1 + max((one.segment.start for one in hers), default=2)  # where nothing of hers stands
    place = passage(source, start, start + 5)
    done = study.perform(
        [
            acts.Apply(id=coding, subject=coding, passage=place, code="S1"),
            acts.WriteMemo(id=memo, subject=memo, passage=place, words=f"Mémo de {coder}."),
            acts.Propose(id=proposal, subject=proposal, passage=place, name=f"Nom de {coder}"),
            acts.Group(id=group, subject=group, source=source.id, codings=(coding,),
                       label=f"Épisode {group} de {coder}"),
            acts.Read(id=fresh(), subject=fresh(), source=source.id, through=9, finished=True),
        ],
        coder=coder,
    )  # fmt: skip
    assert [one.refused for one in done] == [None] * 5
    return keys


def told(events):
    """All that events say, as words."""
    return json.dumps([asdict(one) for one in events], default=str, ensure_ascii=False)


def in_round(study, source, *coders):
    """Open a round on one note."""
    opened = study.round_open(coders or ("claire", "yann"), coder="claire", sample=2, stratify=())
    assert source.id in {key for key, _version in opened.round.sources}
    return opened.round


def test_a_note_is_told_whole_and_without_the_others(study, source):
    keys = worked(study, source, "claire")
    other = study.corpus.sources[1]
    worked(study, other, "claire")
    events = standing(study, source.id, coder="claire")
    assert {one.of: one.subject for one in events if one.of != "reading"} == keys
    assert {one.source for one in events} == {source.id}
    assert [one.through for one in events if one.of == "reading"] == [9]


def test_others_are_there_when_asked_for_and_their_readings_never(study, source):
    worked(study, source, "claire")
    keys = worked(study, source, "yann")
    hers = standing(study, source.id, coder="claire", coders=())
    assert {one.coder for one in hers} == {"claire"}
    both = standing(study, source.id, coder="claire", coders=("yann",))
    assert {one.subject for one in both if one.coder == "yann"} == set(keys.values())
    assert standing(study, source.id, coder="claire") == both


def test_what_was_taken_back_is_not_there_and_is_told_once_since(study, source):
    window = Window(study, source)
    keys = worked(study, source, "claire")
    window.hear()
    window.do(acts.Retract(id=fresh(), subject=keys["memo"], seen=(keys["memo"],)))
    assert keys["memo"] not in {one.subject for one in standing(study, source.id, coder="claire")}
    changes = since(study, window.mark, coder="claire")
    assert [(one.subject, one.gone) for one in changes.events] == [(keys["memo"], True)]
    assert changes.sources == {source.id}
    assert since(study, changes.mark, coder="claire").events == ()


def test_whoever_missed_a_change_between_hears_that_all_before_is_replaced(study, source):
    window = Window(study, source)
    key, second, third = fresh(), fresh(), fresh()
    place = passage(source, 0, 5)
    done = study.perform(
        [
            acts.Apply(id=key, subject=key, passage=place, code="S1"),
            acts.Recode(id=second, subject=key, seen=(key,), code="S2"),
            acts.Recode(id=third, subject=key, seen=(second,), code="S1"),
        ],
        coder="claire",
    )
    assert set(done[-1].events[0].replaces) == {key, second}
    window.hear()
    assert window.heads(key) == (third,)


def test_a_mark_outlives_the_program(study, source):
    mark = mark_now(study, coder="claire")
    keys = worked(study, source, "claire")
    study.close()
    with Study(study.folder, occasion=study.occasion) as again:
        changes = since(again, mark, coder="claire")
    assert not changes.reset
    assert {one.subject for one in changes.events} >= set(keys.values())


def test_an_unknown_mark_asks_to_read_everything_again(study, source):
    mark = mark_now(study, coder="claire")
    for word in (None, "", "?", "é", "A" * 88, mark[:-4] + "AAA=", mark + mark):
        changes = since(study, word, coder="claire")
        assert changes.reset, word
        assert changes.events == ()
        assert not since(study, changes.mark, coder="claire").reset
    assert since(study, mark, coder="yann").reset  # each has her own


def test_an_older_copy_put_back_is_noticed(study, source):
    place = study.shelf.database_path
    older = study.folder / "older.sqlite"
    worked(study, source, "claire")
    study.close()
    shutil.copyfile(place, older)
    worked(study, source, "claire")
    mark = mark_now(study, coder="claire")
    study.close()
    shutil.copyfile(older, place)
    assert since(study, mark, coder="claire").reset
    for _time in range(3):  # as many rows again, and other ones
        worked(study, source, "claire")
    assert since(study, mark, coder="claire").reset


def test_a_file_written_anew_by_an_erasure_is_noticed(study, source):
    keys = worked(study, source, "claire")
    mark = mark_now(study, coder="claire")
    study.close()
    with closing(sqlite3.connect(study.shelf.database_path)) as connection:
        connection.execute("PRAGMA recursive_triggers=OFF")
        sql = connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
        guards = sql.fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM event WHERE id = ?", (keys["memo"].bytes,))
        for _name, guard in guards:
            connection.execute(guard)
        connection.commit()
        connection.execute("VACUUM")
    assert since(study, mark, coder="claire").reset


def test_a_new_grid_asks_to_read_everything_again(study, source, add_grid):
    mark = mark_now(study, coder="claire")
    add_grid(study, "v2")
    assert since(study, mark, coder="claire").reset


def codes(*ids):
    """Codes of a grid, in YAML."""
    return "[" + ", ".join(f"{{id: {id}, name: Nom de {id}}}" for id in ids) + "]"


def test_a_code_put_under_a_former_grid_says_what_became_of_it(study, source):
    path = study.folder / "grids" / "v1.yaml"
    head, _codes, _rest = path.read_text(encoding="utf-8").rpartition("codes:")
    path.write_text(f"{head}codes: {codes('S1', 'S2', 'S6')}\n", encoding="utf-8")
    for code in ("S1", "S2"):
        study.code(Segment(source.id, 3, 8), code, coder="claire")
    study.suggest([Suggested(Segment(source.id, 20, 25), "S1", 0.5)], coder="lexique/1")
    newer = head.replace("version: v1", "version: v2\nprevious: v1")
    changes = """\
changes:
  - {kind: split, from: [S1], into: [S3, S4], reason: deux gestes, author: claire}
  - {kind: merged, from: [S2, S6], into: [S5], reason: un geste, author: yann, follows: true}
"""
    newer += f"codes: {codes('S3', 'S4', 'S5')}\n{changes}"
    path.with_name("v2.yaml").write_text(newer, encoding="utf-8")
    events = standing(study, source.id, coder="claire")
    assert {(one.code, one.put, one.grid, one.debt) for one in events} == {
        ("S1", None, "v1", True),
        ("S5", "S2", "v1", False),
    }
    assert {one.subject for one in events if one.debt} == {
        one.coding.id for one in study.grid_debt()
    }


def test_suggestions_come_with_her_answers_alone(study, source):
    marks = [Suggested(Segment(source.id, at, at + 5), "S1", 0.5, ((0, 2),)) for at in (0, 10)]
    study.suggest(marks, coder="lexique/1")
    one, two = study.suggestions("claire")
    study.suggestion_reject(one, coder="claire", reason="Non.")
    study.suggestion_reject(two, coder="yann", reason="Secret.")
    events = standing(study, source.id, coder="claire")
    assert {event.subject: event.terms for event in events if event.of == "suggestion"} == {
        one.id: ((0, 2),),
        two.id: ((0, 2),),
    }
    (answer,) = (event for event in events if event.of == "answer")
    assert (answer.suggestion, answer.answer, answer.words) == (one.id, "rejected", "Non.")
    assert "Secret." not in told(events)


def test_what_two_copies_suggested_alike_is_told_once_with_its_answer(study, source, tmp_path):
    study.close()
    copy = tmp_path / "copy"
    shutil.copytree(study.folder, copy)
    marks = [Suggested(Segment(source.id, 0, 5), "S1", 0.5)]
    mark = mark_now(study, coder="claire")
    study.suggest(marks, coder="lexique/1")
    assert since(study, mark, coder="claire").reset
    study.close()
    with Study(copy, occasion=study.occasion) as there:
        there.suggest(marks, coder="lexique/1")
        (one,) = there.suggestions("claire")
        there.suggestion_reject(one, coder="claire")
    study.merge([copy])
    events = standing(study, source.id, coder="claire")
    (shown,) = (event.subject for event in events if event.of == "suggestion")
    assert [event.suggestion for event in events if event.of == "answer"] == [shown]
    assert study.suggestions("claire") == ()


# ── Blind ───────────────────────────────────────────────────────────────────────────────────────


def answers(study, source, coder, mark):
    """Everything that one coder can be told, in one string."""
    changes = since(study, mark, coder=coder)
    return told(
        [
            *standing(study, source.id, coder=coder),
            *standing(study, source.id, coder=coder, coders=("claire", "yann")),
            *changes.events,
        ]
    )


def test_a_round_hides_everything_of_its_other_coders(study, source):
    in_round(study, source)
    mark = mark_now(study, coder="claire")
    keys = worked(study, source, "yann")
    study.suggest([Suggested(Segment(source.id, 20, 25), "S2", 0.5)], coder="yann")
    heard = answers(study, source, "claire", mark)
    assert "yann" not in heard
    assert not any(str(key) in heard for key in keys.values())
    assert hidden_coders(study, source.id, "claire") == {"yann"}


def test_a_mark_does_not_tell_how_much_others_write(study, source):
    in_round(study, source)
    mark = mark_now(study, coder="claire")
    for _time in range(3):
        worked(study, source, "yann")
        changes = since(study, mark, coder="claire")
        assert (changes.mark, changes.events, changes.sources) == (mark, (), frozenset())
    keys = worked(study, source, "claire")
    changes = since(study, mark, coder="claire")
    assert {one.subject for one in changes.events} >= set(keys.values())
    assert {one.coder for one in changes.events} == {"claire"}


def test_those_who_have_finished_are_hidden_until_all_have(study, source):
    worked(study, source, "yann")
    found = in_round(study, source)
    for coder, hides in (("yann", True), ("claire", False)):
        study.round_finish(found, coder=coder)
        for one, other in (("claire", "yann"), ("yann", "claire")):
            assert (hidden_coders(study, source.id, one) == {other}) == hides
    assert "yann" in told(standing(study, source.id, coder="claire"))


def test_who_is_no_coder_of_the_round_sees_all(new_study, register_of):
    study = new_study(NOTES)
    people = [["claire", "chercheuse"], ["yann", "chercheur"], ["ana", "chercheuse"]]
    register_of(study.folder, Chercheurs=[["id", "rôle"], *people])
    source = study.corpus.sources[0]
    in_round(study, source)
    worked(study, source, "yann")
    worked(study, source, "claire")
    assert hidden_coders(study, source.id, "ana") == frozenset()
    assert {one.coder for one in standing(study, source.id, coder="ana")} == {"claire", "yann"}


def test_what_a_round_hid_is_heard_once_it_no_longer_does(study, source):
    found = in_round(study, source)
    mark = mark_now(study, coder="claire")
    worked(study, source, "yann")
    assert not since(study, mark, coder="claire").reset
    study.round_cancel(found, reason="Décidé ensemble.", coder="claire")
    assert since(study, mark, coder="claire").reset


def test_another_note_is_not_hidden(study):
    one, two = study.corpus.sources
    found = study.round_open(("claire", "yann"), coder="claire", sample=1, stratify=()).round
    ((drawn, _version),) = found.sources
    other = next(source for source in (one, two) if source.id != drawn)
    worked(study, other, "yann")
    assert "yann" in told(standing(study, other.id, coder="claire"))


def test_acting_on_what_is_hidden_is_acting_on_nothing(study, source):
    keys = worked(study, source, "yann")
    in_round(study, source)
    mine = worked(study, source, "claire")
    ghost = fresh()
    place = passage(source, 0, 5)

    def refused(subject, coding):
        tried = [
            acts.Recode(id=fresh(), subject=subject["coding"], code="S2"),
            acts.Resize(id=fresh(), subject=subject["coding"], passage=place),
            acts.Retract(id=fresh(), subject=subject["coding"]),
            acts.Restore(id=fresh(), subject=subject["memo"]),
            acts.WriteMemo(id=fresh(), subject=subject["memo"], passage=place, words="Vu."),
            acts.Propose(id=fresh(), subject=subject["proposal"], passage=place, name="Vu"),
            acts.Retract(id=fresh(), subject=subject["episode"]),
            acts.Group(id=(group := fresh()), subject=group, source=source.id,
                       codings=(coding,)),
            acts.Group(id=(again := fresh()), subject=again, source=source.id,
                       codings=(mine["coding"],), same_as=(subject["episode"],)),
        ]  # fmt: skip
        done = study.perform(tried, coder="claire")
        return [(type(one.refused), str(one.refused)) for one in done], subject, coding

    def plain(answer):
        """The refusals, without the ids that were asked about."""
        found, subject, coding = answer
        ids = sorted({key.hex[-8:] for key in (*subject.values(), coding)}, key=len)
        return [(kind, _without(sentence, ids)) for kind, sentence in found]

    there = plain(refused(keys, keys["coding"]))
    nothing = plain(refused(dict.fromkeys(keys, ghost), ghost))
    assert there == nothing
    assert "yann" not in str(there)


def _without(sentence, ids):
    for key in ids:
        sentence = sentence.replace(key, "…")
    return sentence


def test_a_decision_about_hidden_codings_is_hidden_with_them(new_study, register_of):
    study = new_study(NOTES)
    people = [["claire", "chercheuse"], ["yann", "chercheur"], ["ana", "chercheuse"]]
    register_of(study.folder, Chercheurs=[["id", "rôle"], *people])
    source = study.corpus.sources[0]
    worked(study, source, "yann")
    decided = study.adjudicate(
        list(study.codings()), code="S2", reason="slip", why="Vu.", coder="ana"
    )
    assert decided.id in {one.subject for one in standing(study, source.id, coder="claire")}
    in_round(study, source)
    assert decided.id not in {one.subject for one in standing(study, source.id, coder="claire")}


def test_links_to_episodes_that_are_hidden_are_not_told(study, source):
    mine, theirs = worked(study, source, "claire"), worked(study, source, "yann")
    one, other = sorted(study.episodes, key=lambda episode: episode.coder)
    study.episode_link(one, other, coder="claire")
    (before,) = (e for e in standing(study, source.id, coder="claire") if e.subject == one.id)
    assert before.same_as == (theirs["episode"],)
    in_round(study, source)
    (after,) = (e for e in standing(study, source.id, coder="claire") if e.subject == one.id)
    assert after.same_as == ()
    assert one.id == mine["episode"]


def test_a_merge_of_hidden_work_is_not_heard(study, source, tmp_path: Path):
    in_round(study, source)
    copy = tmp_path / "copy"
    study.close()
    shutil.copytree(study.folder, copy)
    with Study(copy, occasion=study.occasion) as there:
        keys = worked(there, source, "yann")
        bundle = there.bundle_export("yann", to=tmp_path / "envoi.zip")
    mark = mark_now(study, coder="claire")
    study.merge([bundle.path])
    heard = answers(study, source, "claire", mark)
    assert not any(str(key) in heard for key in keys.values())
    assert keys["coding"] in {coding.id for coding in study.codings()}


STEPS = ("hers", "theirs", "hers back", "theirs back", "begin", "she ends", "he ends", "decide")


class Story:
    """What happens to a note that two people code, step by step."""

    def __init__(self, study, source):
        self.study, self.source, self.round = study, source, None
        for coding in study.codings():
            study.retract(coding, coder=coding.coder)

    def go(self, step):
        whose = "claire" if step in {"hers", "hers back", "she ends"} else "yann"
        codings = list(self.study.codings().where(coder=whose, decided=False))
        if step in {"hers", "theirs"}:
            worked(self.study, self.source, whose)
        elif step.endswith("back") and codings:
            self.study.retract(codings[0], coder=whose)
        elif step == "begin" and self.round is None:
            self.round = in_round(self.study, self.source)
            self.left = {"claire", "yann"}
        elif step.endswith("ends") and self.round is not None and whose in self.left:
            self.study.round_finish(self.round, coder=whose)
            self.left.remove(whose)
        elif step == "decide":
            of = {key for made in self.study.adjudications for key in made.of}
            undecided = [one for one in codings if one.id not in of]
            if undecided:
                said = {"code": "S2", "reason": "slip", "why": "Vu."}
                self.study.adjudicate(undecided, **said, coder="claire")

    def end(self):
        if self.round is not None:
            self.study.round_cancel(self.round, reason="Fini.", coder="claire")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    steps=st.lists(st.sampled_from(STEPS), max_size=10),
    beside=st.sampled_from([(), ("yann",), None]),
)
def test_who_listens_knows_what_reading_again_would_tell_and_is_told_nothing_hidden(
    study, source, steps, beside
):
    story = Story(study, source)
    window = Window(study, source, coders=beside)
    try:
        for step in steps:
            story.go(step)
            heard = window.listen()
            hidden = hidden_coders(study, source.id, "claire")
            assert hidden.isdisjoint({one.coder for one in heard.events if one.source == source.id})
            assert window.state() == Window(study, source, coders=beside).state()
            assert window.listen() == Changes(window.mark)
    finally:
        story.end()
