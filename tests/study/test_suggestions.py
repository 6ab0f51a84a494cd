"""A suggestion is no coding: each coder answers for herself, and nobody sees what another said."""

import json
import shutil
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cpit_research as cpit
from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.segment import Segment
from cpit_research.model.suggestion import Suggested
from cpit_research.store.suggestions import (
    append_answer,
    append_suggestions,
    fold_answers,
    stored_answers,
    stored_suggestions,
)
from cpit_research.study.answers import accept, reject, reopen
from cpit_research.study.sharing.payloads import payload_fault
from cpit_research.study.study import Study
from cpit_research.study.writing import writing
from cpit_research.text.digest import passage_digest

NOTE = (
    "Le maire tient seul l’agenda du projet depuis trois ans.\n\n"
    "La secrétaire 🌾 prépare les dossiers et relance les partenaires.\n\n"
    "On attend la réponse du département pour le financement.\n"
)
MACHINE = "lexique/1"


@pytest.fixture
def study(new_study):
    return new_study({"V01.md": NOTE})


def on(study, words):
    source = study.corpus.at("V01.md")
    start = source.text.index(words)
    return Segment(source.id, start, start + len(words))


@pytest.fixture
def suggested(study):
    """Two suggestions of a machine, one of a colleague."""
    marks = [
        Suggested(on(study, "tient seul l’agenda"), "S1", 0.8, ((11, 19),)),
        Suggested(on(study, "relance les partenaires"), "S2", 0.4),
    ]
    assert study.suggest(marks, coder=MACHINE) == 2
    assert study.suggest([Suggested(on(study, "On attend"), "S1")], coder="yann") == 1
    return study.suggestions()


def test_a_suggestion_says_who_where_what_and_why_and_codes_nothing(study, suggested):
    first, second, third = suggested
    assert (first.by, first.code, first.grid, first.score) == (MACHINE, "S1", "v1", 0.8)
    ((start, end),) = first.terms
    assert study.corpus.quote(first.segment)[start:end] == "l’agenda"
    assert (second.score, second.terms, third.by) == (0.4, (), "yann")
    assert not len(study.codings())
    assert study.memos == ()
    assert study.conflict_list() == ()
    assert study.check().sound


def test_the_same_suggestion_made_again_is_not_there_twice(study, suggested):
    again = [Suggested(one.segment, one.code, one.score) for one in suggested]
    assert study.suggest([*again[:2], *again[:2]], coder=MACHINE) == 0
    assert study.suggest(again[:1], coder="lexique/2") == 1
    assert len(study.suggestions()) == 4


def test_what_could_not_be_coded_is_not_suggested(study):
    segment = on(study, "On attend")
    with pytest.raises(InvalidInput):
        study.suggest([Suggested(segment, "F1")], coder=MACHINE)
    with pytest.raises(NotFound):
        study.suggest([Suggested(segment, "S9")], coder=MACHINE)
    with pytest.raises(NotFound):
        study.suggest([Suggested(segment, "S1")], coder="clara")
    with pytest.raises(InvalidInput):
        study.suggest([Suggested(Segment(segment.source, 3, 9000), "S1")], coder=MACHINE)
    assert study.suggestions() == ()


@pytest.mark.parametrize(
    ("score", "terms"),
    [(1.1, ()), (float("nan"), ()), (None, ((0, 10),)), (None, ((3, 5), (4, 6))), (0, ((2, 2),))],
)
def test_a_score_or_terms_that_mean_nothing_are_refused(score, terms):
    with pytest.raises(ValueError, match="Suggested"):
        Suggested(Segment("s", 10, 19), "S1", score, terms)


def test_accepting_codes_in_ones_own_name_and_leaves_the_others_their_answer(study, suggested):
    coding = study.suggestion_accept(suggested[0], coder="claire", facets={"phase": "early"})
    (held,) = study.codings()
    assert held == coding
    assert (held.coder, held.code, dict(held.facets)) == ("claire", "S1", {"phase": "early"})
    with study.shelf.database.reading() as connection:
        (payload,) = connection.exec_driver_sql(
            "SELECT payload FROM event WHERE id = ?", (coding.id.bytes,)
        ).one()
    assert str(suggested[0].id) in payload
    assert [one.id for one in study.suggestions("claire")] == [one.id for one in suggested[1:]]
    assert study.suggestions("yann") == suggested
    (answered,) = study.suggestions("claire", answered=True)
    assert answered.answer is not None
    assert (answered.answer.accepted, answered.answer.coding) == (True, coding.id)
    assert study.suggestions("yann", answered=True) == ()
    other = study.suggestion_reject(suggested[0].id, coder="yann", reason="Trop vague.")
    assert other.answer.reason == "Trop vague."
    assert study.conflict_list() == ()
    assert study.check().sound


def test_an_answer_is_undone_and_given_otherwise(study, suggested):
    study.suggestion_accept(suggested[1], coder="claire")
    with pytest.raises(Conflict):
        study.suggestion_accept(suggested[1], coder="claire")
    assert study.suggestion_reopen(suggested[1], coder="claire").answer is None
    assert not len(study.codings())
    assert study.suggestions("claire") == suggested
    with pytest.raises(Conflict):
        study.suggestion_reopen(suggested[1], coder="claire")
    study.suggestion_reject(suggested[1], coder="claire")
    coding = study.suggestion_accept(suggested[1].id.hex[-8:], coder="claire")
    assert list(study.codings()) == [coding]
    assert not study.suggestion_reject(suggested[1], coder="claire").answer.accepted
    assert not len(study.codings())
    assert study.check().sound


def test_undoing_an_answer_whose_coding_was_taken_back_already_takes_nothing_more(study, suggested):
    coding = study.suggestion_accept(suggested[0], coder="claire")
    study.retract(coding, coder="claire")
    assert suggested[0] not in study.suggestions("claire")  # she answered
    study.suggestion_reopen(suggested[0], coder="claire")
    assert study.suggestions("claire") == suggested
    assert study.check().sound


def test_what_a_coder_has_coded_so_is_not_suggested_to_her(study, suggested):
    study.code(suggested[0].segment, "S1", coder="claire")
    study.code(suggested[1].segment, "S1", coder="claire")
    assert study.suggestions("claire") == suggested[1:]
    assert study.suggestions("yann") == suggested


def test_in_a_blind_round_coders_do_not_read_what_the_other_suggests(study, suggested):
    study.round_open(("claire", "yann"), coder="claire", sample=1, stratify=())
    assert [one.by for one in study.suggestions("claire")] == [MACHINE, MACHINE]
    assert study.suggestions("yann") == suggested
    with pytest.raises(NotFound):
        study.suggestion_accept(suggested[2], coder="claire")
    for coder in ("claire", "yann"):
        study.round_finish(study.round_list()[0], coder=coder)
    assert study.suggestions("claire") == suggested


def test_suggestions_go_with_a_corrected_text_and_ask_nobody(study, suggested):
    text = NOTE.replace("On attend la", "Ils attendent la")
    (study.shelf.raw / "V01.md").write_text(f"Relu.\n\n{text}", encoding="utf-8")
    (row,) = study.ingest().rows
    assert (row.state, row.exact, row.to_confirm) == ("new_version", 0, 0)
    one, two = study.suggestions("claire")
    assert study.corpus.quote(one.segment) == "tient seul l’agenda"
    assert (one.id, one.score, one.terms) == (suggested[0].id, 0.8, ((11, 19),))
    assert study.anchors_list() == ()
    assert study.suggest([Suggested(two.segment, "S2", 0.5)], coder=MACHINE) == 1
    assert len(study.suggestions()) == 2  # said again on the newer text, it is one
    study.suggestion_reject(two, coder="claire")
    assert study.suggestions("claire") == (one,)
    assert study.check().sound


def test_a_suggestion_follows_the_grid_or_stands_no_more(study, suggested):
    path = study.folder / "grids" / "v2.yaml"
    text = (study.folder / "grids" / "v1.yaml").read_text(encoding="utf-8")
    path.write_text(
        text.replace("version: v1", "version: v2\nprevious: v1").replace(
            "connaître}", "connaître, status: retired}"
        )
        + "changes:\n  - {kind: retired, from: [S2], reason: trop large, author: claire}\n",
        encoding="utf-8",
    )
    assert [one.code for one in study.suggestions("claire")] == ["S1", "S1"]
    assert [one.code for one in study.suggestions("claire", grid="v1")] == ["S1", "S2", "S1"]
    coding = study.suggestion_accept(suggested[0], coder="claire")
    assert (coding.grid, study.suggestions()[0].grid) == ("v2", "v1")
    with pytest.raises(NotFound):
        study.suggestion_accept(suggested[1], coder="claire")


def test_a_lot_holds_suggestions_and_ones_own_answers_and_a_bundle_brings_them_back(
    study, suggested, tmp_path
):
    study.suggestion_accept(suggested[0], coder="yann")
    study.suggestion_reject(suggested[1], coder="claire", reason="Non.")
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        assert opened.check().faults == ()
        assert [one.id for one in opened.suggestions("claire")] == [
            suggested[0].id, suggested[2].id,
        ]  # fmt: skip
        assert not len(opened.codings())  # nothing tells that yann accepted
        opened.suggestion_accept(suggested[0], coder="claire")
        opened.suggestion_reopen(suggested[1], coder="claire")
        here = Suggested(Segment(suggested[0].segment.source, 0, 8), "S2")
        assert opened.suggest([here, Suggested(here.segment, "S1")], coder="local/1") == 2
        mine = next(one for one in opened.suggestions("claire") if one.by == "local/1")
        opened.suggestion_accept(mine, coder="claire")
        bundle = opened.bundle_export("claire", to=tmp_path / "envoi.zip")
    assert bundle.events["suggest"] == 3  # those of machines that she answered
    report = study.merge([bundle.path])
    assert (report.refused, report.conflicts) == ((), 0)
    assert sorted((c.coder, c.code) for c in study.codings()) == [
        ("claire", "S1"), ("claire", mine.code), ("yann", "S1"),
    ]  # fmt: skip
    assert [one.id for one in study.suggestions("claire")] == [suggested[1].id, suggested[2].id]
    assert study.merge([bundle.path]).is_empty
    assert study.merge([lot.path]).is_empty
    assert study.check().sound


def test_a_lot_of_a_blind_round_leaves_out_what_the_other_coder_suggests(
    study, suggested, tmp_path
):
    study.round_open(("claire", "yann"), coder="claire", sample=1, stratify=())
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        assert opened.check().faults == ()
        assert [one.by for one in opened.suggestions()] == [MACHINE, MACHINE]


def test_a_lot_of_a_corrected_note_does_not_bring_the_former_text_for_suggestions(
    study, suggested, tmp_path
):
    (study.shelf.raw / "V01.md").write_text(f"Relu.\n\n{NOTE}", encoding="utf-8")
    study.ingest()
    study.suggest([Suggested(on(study, "l’agenda"), "S1")], coder=MACHINE)
    lot = study.lot_export("claire", to=tmp_path / "lot.zip")
    with cpit.open_lot(lot.path, tmp_path / "chez claire") as opened:
        assert opened.check().faults == ()
        assert [opened.corpus.quote(one.segment) for one in opened.suggestions()] == ["l’agenda"]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("suggest", "{}"), ("suggest", '{"suggested": 3}'), ("accept", "{}"),
        ("suggest", '{"suggested": "S1", "score": 2}'),
        ("suggest", '{"suggested": "S1", "score": "haut"}'),
        ("suggest", '{"suggested": "S1", "terms": [[3, 2]]}'),
        ("suggest", '{"suggested": "S1", "terms": [[1, 2, 3]]}'),
        ("suggest", '{"suggested": "S1", "terms": 4}'),
        ("reject", '{"of": []}'), ("reject", '{"of": ["pas un identifiant"]}'),
        ("reject", json.dumps({"of": ["0" * 32, "1" * 32]})),
        ("reject", '{"of": ["%s"], "reason": 3}' % ("0" * 32)),
        ("accept", '{"of": ["%s"]}' % ("0" * 32)),
    ],
)  # fmt: skip
def test_what_could_not_be_read_again_does_not_enter(kind, payload):
    assert payload_fault(kind, payload, placed=kind == "suggest")


@given(st.lists(st.sampled_from(["accept", "reject", "reopen"]), min_size=1, max_size=5), st.data())
def test_where_answers_stand_depends_on_no_order(kinds, data):
    of = UUID(int=9)
    rows = []
    for rank, kind in enumerate(kinds):
        said = {"of": [str(of)], **({"coding": str(UUID(int=rank))} if kind == "accept" else {})}
        rows.append((bytes([rank] * 16), b"s" * 16, kind, "claire", rank, json.dumps(said)))
    replaced = [row[0] for row in rows if data.draw(st.booleans())]
    one = fold_answers(rows, replaced)
    other = fold_answers(data.draw(st.permutations(rows)), replaced)
    assert one == other
    left = {row[2] for row in rows if row[0] not in replaced}
    if not left:
        assert one == {}
    elif "accept" in left:
        assert one[of].answer.accepted
    else:
        assert (one[of].answer is None) == (left == {"reopen"})


def test_the_record_tells_an_answer_to_nothing_and_a_code_that_no_grid_has(study, suggested):
    with study.shelf.database.writing() as connection:
        append_answer(
            connection, "reject", UUID(int=5), event=b"a" * 16, subject=b"b" * 16, at=1,
            coder="claire",
        )  # fmt: skip
        (stored,) = [one for one in stored_suggestions(connection) if one.by == "yann"]
        passage = study.corpus.quote(suggested[2].segment)
        digest = passage_digest(passage, study.identity.key)
        forged = replace(stored, subject=b"c" * 16, code="S9")
        append_suggestions(connection, [(forged, digest)])
    assert len(study.check().faults) == 2


def test_two_copies_that_suggest_the_same_show_one_and_one_answer_is_enough(
    study, suggested, tmp_path, new_occasion
):
    shutil.copytree(study.folder, tmp_path / "copie")
    here = Suggested(on(study, "dossiers"), "S1", 0.2)
    study.suggest([here], coder=MACHINE)
    with Study(tmp_path / "copie") as copy:
        copy.suggest([here], coder=MACHINE)
        copy.suggestion_accept(suggested[0], coder="claire")
        twin = next(one for one in copy.suggestions() if one.segment == here.segment)
        copy.suggestion_reject(twin, coder="claire")
        study.suggestion_reject(suggested[0], coder="claire")
        assert study.merge([copy.folder]).conflicts == 0
    assert len(study.suggestions()) == 4
    assert [one.by for one in study.suggestions("claire")] == [MACHINE, "yann"]
    accepted, rejected = study.suggestions("claire", answered=True)
    assert (accepted.answer.accepted, rejected.answer.accepted) == (True, False)
    assert (accepted.segment, rejected.segment) == (suggested[0].segment, here.segment)
    study.suggestion_reopen(accepted, coder="claire")
    assert not len(study.codings())
    assert study.check().faults == ()


def test_an_answer_may_be_one_act_among_others_under_an_id_given(study, suggested):
    with writing(study) as connection:
        coding = accept(
            study, connection, suggested[0], coder="claire", id=b"c" * 16, event=b"a" * 16
        )
        reject(study, connection, suggested[1].id, coder="claire", id=b"d" * 16)
        reopen(study, connection, suggested[1].id, coder="claire", id=b"e" * 16)
    assert coding.id.bytes == b"c" * 16
    assert list(study.codings()) == [coding]
    assert suggested[1] in study.suggestions("claire")
    with study.shelf.database.reading() as connection:
        answers = stored_answers(connection, "claire")
    assert answers[suggested[0].id].heads == (b"a" * 16,)
    assert answers[suggested[1].id].heads == (b"e" * 16,)
