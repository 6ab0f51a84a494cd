"""A corrected note carries its codings along, or asks; nothing is moved silently, nothing lost."""

from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpit_research.errors import Conflict, InvalidInput, NotFound
from cpit_research.model.memo import Memo
from cpit_research.model.segment import Segment
from cpit_research.store.memos import append_memos
from cpit_research.text.digest import passage_digest

LINES = [
    "Le maire attend devant la mairie, il est neuf heures et demie.",
    "L’école ferme en juin. Personne ne le dit devant les parents.",
    "La secrétaire ouvre la salle du conseil et allume le chauffage.",
    "On parle du pont, puis de la friche, puis encore du pont.",
    "Une habitante demande qui tiendra le café l’hiver prochain.",
    "Le chef de projet note la question et ne répond pas.",
    "À midi tout le monde sort, la pluie a cessé sur la place.",
]
NOTE = "\n\n".join(LINES)


@pytest.fixture
def study(new_study):
    return new_study({"V01.md": NOTE})


def on(study, words):
    source = study.corpus.at("V01.md")
    start = source.text.index(words)
    return Segment(source.id, start, start + len(words))


def correct(study, text):
    (study.shelf.raw / "V01.md").write_text(text, encoding="utf-8")
    (row,) = study.ingest().rows
    return row


def test_what_the_correction_did_not_touch_goes_along(study):
    coding = study.code(on(study, "L’école ferme en juin."), "S1", coder="claire")
    row = correct(study, f"Ajouté au début, une ligne.\n\n{NOTE}")
    assert (row.state, row.exact, row.moved, row.to_confirm) == ("new_version", 1, 0, 0)
    (moved,) = study.codings()
    assert study.codings().quote(moved) == "L’école ferme en juin."
    assert (moved.id, moved.coder, moved.code) == (coding.id, "claire", "S1")
    assert study.check().sound
    assert study.anchors_list() == ()


def test_facets_go_along(study):
    study.code(on(study, LINES[3]), "S2", coder="yann", facets={"phase": "early"})
    correct(study, f"Avant.\n\n{NOTE}")
    (moved,) = study.codings()
    assert (dict(moved.facets), moved.coder) == ({"phase": "early"}, "yann")


def test_what_the_correction_changed_waits_with_a_proposed_place(study):
    study.code(on(study, LINES[4]), "S1", coder="claire")
    row = correct(study, NOTE.replace("tiendra le café", "gardera le café"))
    assert (row.exact, row.to_confirm) == (0, 1)
    assert len(study.codings()) == 0
    assert study.codings().left_out == {"other_version": 1}
    (waiting,) = study.anchors_list()
    assert (waiting.reason, waiting.code, waiting.coder) == ("changed", "S1", "claire")
    assert waiting.words == LINES[4]
    assert waiting.proposed_words == LINES[4].replace("tiendra", "gardera")
    assert study.check().sound


def test_a_proposed_place_is_accepted_and_taken_back(study):
    study.code(on(study, LINES[4]), "S1", coder="claire")
    correct(study, NOTE.replace("tiendra", "gardera"))
    (waiting,) = study.anchors_list()
    assert study.anchors_accept(coder="yann") == 1
    (coding,) = study.codings()
    assert study.codings().quote(coding) == LINES[4].replace("tiendra", "gardera")
    assert coding.coder == "claire"
    assert study.anchors_list() == ()
    study.anchors_undo(waiting.id, coder="yann")
    assert len(study.codings()) == 0
    assert study.anchors_list() == (waiting,)
    assert study.check().sound


def test_no_id_named_accepts_nothing_and_one_named_twice_counts_once(study):
    study.code(on(study, LINES[4]), "S1", coder="claire")
    study.code(on(study, LINES[5]), "S2", coder="yann")
    correct(study, NOTE.replace("tiendra", "gardera").replace("note la question", "écrit"))
    first, second = study.anchors_list()
    assert study.anchors_accept([], coder="claire") == 0
    assert len(study.anchors_list()) == 2
    assert study.anchors_accept([first.id, first.id, first.id[-7:]], coder="claire") == 1
    assert study.anchors_list() == (second,)
    assert study.codings().left_out == {"other_version": 1}
    assert study.check().sound


def test_two_versions_at_once_carry_each_coding_once(study):
    study.code(on(study, LINES[1]), "S1", coder="claire")
    for n in (2, 3):
        path = study.shelf.raw / f"V01.v{n}.md"
        path.write_text(f"Ajout {n}.\n\n{NOTE}", encoding="utf-8")
    report = study.ingest()
    new = [row for row in report.rows if row.state == "new_version"]
    assert [(row.path, row.exact) for row in new] == [("V01.v2.md", 0), ("V01.v3.md", 1)]
    (coding,) = study.codings()
    assert study.codings().quote(coding) == LINES[1]


def test_what_moved_by_itself_can_be_brought_back(study):
    coding = study.code(on(study, LINES[1]), "S1", coder="claire")
    correct(study, f"Avant.\n\n{NOTE}")
    study.anchors_undo(coding.id.hex, coder="claire")
    (waiting,) = study.anchors_list()
    assert waiting.words == waiting.proposed_words == LINES[1]
    assert waiting.reason == ""


def test_a_passage_is_placed_by_hand(study):
    study.code(on(study, LINES[5]), "S1", coder="claire")
    correct(study, NOTE.replace(LINES[5], "Le chef de projet écrit."))
    (waiting,) = study.anchors_list()
    with pytest.raises(InvalidInput, match="0"):
        study.anchors_place(waiting.id, "n’est pas là", coder="claire")
    segment = study.anchors_place(waiting.id, "Le chef de projet écrit.", coder="claire")
    (coding,) = study.codings()
    assert coding.segment == segment
    assert study.check().sound


def test_what_is_gone_has_no_place_and_is_discarded_with_the_reason(study):
    study.code(on(study, LINES[6]), "S1", coder="claire")
    correct(study, "\n\n".join(LINES[:6]))
    (waiting,) = study.anchors_list()
    assert (waiting.reason, waiting.proposed) == ("gone", None)
    assert study.anchors_accept(coder="claire") == 0
    with pytest.raises(Conflict):
        study.anchors_accept([waiting.id], coder="claire")
    with pytest.raises(InvalidInput):
        study.anchors_discard(waiting.id, "  ", coder="claire")
    study.anchors_discard(waiting.id, "la phrase était une erreur", coder="claire")
    assert study.anchors_list() == ()
    assert study.codings().left_out == {}
    study.anchors_undo(waiting.id, coder="claire")
    assert study.anchors_list() == (waiting,)


def test_an_id_that_waits_nowhere_is_told_with_those_that_do(study):
    study.code(on(study, LINES[6]), "S1", coder="claire")
    correct(study, "\n\n".join(LINES[:6]))
    (waiting,) = study.anchors_list()
    with pytest.raises(NotFound, match=waiting.id):
        study.anchors_discard("ffffffff", "erreur", coder="claire")
    with pytest.raises(NotFound):
        study.anchors_undo("ffffffff", coder="claire")


def test_a_later_correction_carries_what_still_waited(study):
    study.code(on(study, LINES[4]), "S1", coder="claire")
    correct(study, NOTE.replace("tiendra", "gardera"))
    row = correct(study, f"{NOTE}\n\nAjouté à la fin.")
    assert (row.exact, row.to_confirm) == (1, 0)
    (coding,) = study.codings()
    assert study.codings().quote(coding) == LINES[4]


def test_memos_go_along(study):
    segment = on(study, LINES[2])
    source = study.corpus.at("V01.md")
    memo = Memo(
        UUID(int=3), segment, source.version, "Froid ?", "claire", datetime(2023, 2, 9, tzinfo=UTC)
    )
    with study.shelf.database.writing() as connection:
        append_memos(connection, [(memo, passage_digest(LINES[2], study.identity.key))])
    row = correct(study, f"Avant.\n\n{NOTE}")
    assert row.exact == 1
    (moved,) = study.memos
    assert (moved.id, moved.words, moved.author) == (memo.id, "Froid ?", "claire")
    assert study.corpus.quote(moved.segment) == LINES[2]
    assert moved.version == study.corpus.at("V01.md").version
    assert study.check().sound
    study.anchors_undo(memo.id.hex, coder="claire")
    assert study.memos == (memo,)
    (waiting,) = study.anchors_list()
    assert waiting.code is None


def test_a_coding_taken_back_before_the_correction_stays_so(study):
    coding = study.code(on(study, LINES[1]), "S1", coder="claire")
    study.retract(coding, coder="claire")
    row = correct(study, f"Avant.\n\n{NOTE}")
    assert (row.exact, row.to_confirm) == (0, 0)
    assert len(study.codings()) == 0


def test_a_coding_that_moved_can_be_taken_back(study):
    study.code(on(study, LINES[1]), "S1", coder="claire")
    correct(study, f"Avant.\n\n{NOTE}")
    (moved,) = study.codings()
    study.retract(moved, coder="claire")
    assert len(study.codings()) == 0
    assert study.check().sound


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(seed=st.integers(0, 1_000))
def test_whatever_the_correction_every_coding_stands_or_waits(new_study, seed):
    draw = Random(seed)
    study = new_study({"V01.md": NOTE})
    source = study.corpus.at("V01.md")
    for _n in range(12):
        start = draw.randrange(len(source.text) - 2)
        end = draw.randrange(start + 1, min(len(source.text), start + 120) + 1)
        study.code(Segment(source.id, start, end), draw.choice(["S1", "S2"]), coder="claire")
    words = {coding.id: study.codings().quote(coding) for coding in study.codings()}
    for _version in range(2):
        lines = [line for line in LINES if draw.random() < 0.9]
        draw.shuffle(lines) if draw.random() < 0.3 else None
        row = correct(study, "\n\n".join([*lines, str(draw.random())]))
        if row.state == "refused":
            return
    codings = study.codings()
    assert len(codings) + len(study.anchors_list()) == len(words)
    assert all(codings.quote(coding) == words[coding.id] for coding in codings)
    assert study.check().sound
